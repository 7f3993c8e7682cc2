using System.Globalization;
using System.Text;

// Compiled into each project of src. The compiler makes $"..." of the type of this name and prefers the one of the project, so that no
// text of ours depends on the culture of the machine: 0.5 is "0.5" everywhere, not "0,5" in one half of a message.

namespace Microsoft.CodeAnalysis
{
    /// <summary>Known to the compiler by its name: hides a type from friend assemblies, which keep the handler of .NET.</summary>
    internal sealed partial class EmbeddedAttribute : Attribute
    {
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>What the compiler makes an interpolated string with; numbers and dates in the invariant culture.</summary>
    [Microsoft.CodeAnalysis.Embedded]
    [InterpolatedStringHandler]
    internal ref struct DefaultInterpolatedStringHandler
    {
        private readonly StringBuilder _text;
        private StringBuilder.AppendInterpolatedStringHandler _handler;

        public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
        {
            _text = new StringBuilder();
            _handler = new StringBuilder.AppendInterpolatedStringHandler(
                literalLength, formattedCount, _text, CultureInfo.InvariantCulture);
        }

        public void AppendLiteral(string value) => _handler.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => _handler.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string? format) => _handler.AppendFormatted(value, format);

        public void AppendFormatted<T>(T value, int alignment) => _handler.AppendFormatted(value, alignment);

        public void AppendFormatted<T>(T value, int alignment, string? format) => _handler.AppendFormatted(value, alignment, format);

        public void AppendFormatted(string? value) => _handler.AppendFormatted(value);

        public void AppendFormatted(scoped ReadOnlySpan<char> value) => _handler.AppendFormatted(value);

        public readonly string ToStringAndClear() => _text.ToString();
    }
}
