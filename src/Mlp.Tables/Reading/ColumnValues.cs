using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mlp.Tables.Reading;

/// <summary>Some values of a column with a type: those of a group of rows, or a single one.</summary>
internal abstract class ColumnValues
{
    /// <summary>The value as text in UTF-8; empty where there is none.</summary>
    /// <param name="row">Index of the value.</param>
    /// <param name="buffer">Memory for it; replaced where it is too small.</param>
    public abstract ReadOnlySpan<byte> Text(int row, ref byte[] buffer);

    /// <summary>The text of a row as a string.</summary>
    public virtual string String(int row, ref byte[] buffer) => Encoding.UTF8.GetString(Text(row, ref buffer));

    /// <summary>False where the values are no numbers.</summary>
    public virtual bool TryNumber(int row, out double value)
    {
        value = double.NaN;
        return false;
    }
}

/// <summary>A column that is not needed.</summary>
internal sealed class NoValues : ColumnValues
{
    public static NoValues Instance { get; } = new();

    public override ReadOnlySpan<byte> Text(int row, ref byte[] buffer) => default;
}

/// <summary>Numbers; those that are not finite count as missing.</summary>
internal sealed class NumberValues<T>(T[] values) : ColumnValues
    where T : struct, INumber<T>
{
    public override bool TryNumber(int row, out double value)
    {
        value = NumberTexts.Finite(values[row]);
        return true;
    }

    public override ReadOnlySpan<byte> Text(int row, ref byte[] buffer) => NumberTexts.Write(values[row], ref buffer);
}

/// <summary>Numbers of which some are missing.</summary>
/// <param name="values">One per row; whatever where it is missing.</param>
/// <param name="levels">One per row.</param>
/// <param name="present">The level of rows with a value.</param>
internal sealed class NullableNumberValues<T>(T[] values, int[] levels, int present) : ColumnValues
    where T : struct, INumber<T>
{
    public override bool TryNumber(int row, out double value)
    {
        value = levels[row] == present ? NumberTexts.Finite(values[row]) : double.NaN;
        return true;
    }

    public override ReadOnlySpan<byte> Text(int row, ref byte[] buffer) =>
        levels[row] == present ? NumberTexts.Write(values[row], ref buffer) : default;
}

/// <summary>Numbers of which some are missing.</summary>
internal sealed class OptionalNumberValues<T>(T?[] values) : ColumnValues
    where T : struct, INumber<T>
{
    public override bool TryNumber(int row, out double value)
    {
        value = values[row] is T number ? NumberTexts.Finite(number) : double.NaN;
        return true;
    }

    public override ReadOnlySpan<byte> Text(int row, ref byte[] buffer) =>
        values[row] is T number ? NumberTexts.Write(number, ref buffer) : default;
}

/// <summary>Texts, of which some are missing.</summary>
internal sealed class TextValues(string?[] values) : ColumnValues
{
    public override string String(int row, ref byte[] buffer) => values[row]?.Trim() ?? "";

    public override ReadOnlySpan<byte> Text(int row, ref byte[] buffer)
    {
        ReadOnlySpan<char> text = (values[row] ?? "").AsSpan().Trim();
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (buffer.Length < most)
            buffer = new byte[most];
        return buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
    }
}

/// <summary>true and false, as text.</summary>
internal sealed class BooleanValues(bool?[] values) : ColumnValues
{
    public override ReadOnlySpan<byte> Text(int row, ref byte[] buffer) =>
        values[row] is not bool value ? default : value ? "true"u8 : "false"u8;
}

/// <summary>Days, with a time or without; as text as ISO 8601 has them.</summary>
/// <param name="values">Of which some are missing.</param>
/// <param name="haveTimes">Whether a time belongs to them.</param>
internal sealed class DateValues(DateTime?[] values, bool haveTimes) : ColumnValues
{
    public override ReadOnlySpan<byte> Text(int row, ref byte[] buffer)
    {
        if (values[row] is not DateTime value)
            return default;
        string format = !haveTimes ? "yyyy-MM-dd" : value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss"
            : "yyyy-MM-ddTHH:mm:ss.FFFFFFF";
        if (buffer.Length < 40)
            buffer = new byte[40];
        value.TryFormat(buffer, out int length, format, CultureInfo.InvariantCulture);
        return buffer.AsSpan(0, length);
    }
}

/// <summary>Numbers as text, whatever the culture, and as <see cref="double"/>.</summary>
internal static class NumberTexts
{
    private const int LongestNumber = 64;

    public static double Finite<T>(T number)
        where T : struct, INumber<T> => T.IsFinite(number) ? double.CreateTruncating(number) : double.NaN;

    public static ReadOnlySpan<byte> Write<T>(T number, ref byte[] buffer)
        where T : struct, INumber<T>
    {
        if (!T.IsFinite(number))
            return default;
        if (buffer.Length < LongestNumber)
            buffer = new byte[LongestNumber];
        return number.TryFormat(buffer, out int length, default, CultureInfo.InvariantCulture) ? buffer.AsSpan(0, length)
            : throw new InvalidOperationException($"A number takes more than {LongestNumber} characters.");
    }
}
