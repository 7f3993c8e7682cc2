using System.Buffers.Text;
using System.Globalization;

namespace Mlp.Tables.Reading;

/// <summary>Reads numbers: sign, digits with one decimal mark, exponent. NaN and Infinity are not read as numbers; what else people write
/// around digits is that of <see cref="QuantityText"/>.</summary>
internal static class NumberText
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private const int LongestWhole = 9;

    private static readonly NumberFormatInfo WithComma = new() { NumberDecimalSeparator = "," };

    /// <summary>Reads a number.</summary>
    /// <param name="text">UTF-8 without blanks around it.</param>
    /// <param name="number">Its value, infinite beyond the range of <see cref="double"/>, and how it is written.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out Number number)
    {
        number = default;
        // The first byte rejects most texts, also the words for infinity and NaN, which double.TryParse accepts.
        if (text.IsEmpty || !IsOfNumber(text[0]) || !IsOfNumber(text[^1]))
            return false;
        // Many tables have mostly short whole numbers, and this is the faster way to read them.
        if (text.Length <= LongestWhole && Utf8Parser.TryParse(text, out uint whole, out int length) && length == text.Length)
        {
            number = new Number { Value = whole };
            return true;
        }
        int mark = text.IndexOfAny((byte)'.', (byte)',');
        bool hasComma = mark >= 0 && text[mark] == ',';
        if (!double.TryParse(text, Styles, hasComma ? WithComma : NumberFormatInfo.InvariantInfo, out double value))
            return false;
        number = new Number { Value = value, DecimalMark = mark < 0 ? '\0' : (char)text[mark], LooksGrouped = LooksGrouped(text, mark) };
        return true;
    }

    private static bool IsOfNumber(byte value) =>
        value is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)',' or (byte)'-' or (byte)'+';

    private static bool LooksGrouped(ReadOnlySpan<byte> number, int mark)
    {
        int first = SignLength(number);
        return mark - first is >= 1 and <= 3 && number[first] != '0' && CountDigits(number[(mark + 1)..]) == 3 && number.Length == mark + 4;
    }

    private static int SignLength(ReadOnlySpan<byte> text) => text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }

    /// <summary>A number and how it is written.</summary>
    internal readonly struct Number
    {
        public double Value { get; init; }

        /// <summary>'.', ',' or 0 for none.</summary>
        public char DecimalMark { get; init; }

        /// <summary>One mark with three digits behind it: 1,234 may be 1234.</summary>
        public bool LooksGrouped { get; init; }

        /// <summary>The value if the point is the decimal mark; NaN if it cannot be.</summary>
        public double WithPoint => DecimalMark != ',' ? Value : Grouped;

        /// <summary>The value if the comma is the decimal mark; NaN if it cannot be.</summary>
        public double WithComma => DecimalMark != '.' ? Value : Grouped;

        /// <summary>The same number where its point cannot group digits.</summary>
        public Number AsTyped() => new() { Value = Value, DecimalMark = DecimalMark };

        private double Grouped => LooksGrouped ? Math.Round(Value * 1000) : double.NaN;
    }
}
