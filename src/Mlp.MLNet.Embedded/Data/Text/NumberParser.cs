namespace Microsoft.ML.Data;

/// <summary>Reads floating-point numbers the way ML.NET does: to the bit, and with its idea of what is missing.</summary>
internal sealed class NumberParser(char decimalMarker, bool emptyIsNaN)
{
    private const char Infinity = '\u221E';

    /// <summary>Digits beyond this value are dropped, not rounded.</summary>
    private const ulong MantissaLimit = (ulong.MaxValue - 9) / 10;

    /// <summary>False when the text is no number and not one of the spellings of "missing"; the value is NaN in both cases.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out float value)
    {
        if (!TryParseCore(text, out var number))
        {
            value = float.NaN;
            return IsMissing(text);
        }
        value = number.Kind switch
        {
            NumberKind.Finite => ToSingle(number),
            NumberKind.Empty => emptyIsNaN ? float.NaN : 0,
            _ => (float)number.Special,
        };
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out float)"/>
    public bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (!TryParseCore(text, out var number))
        {
            value = double.NaN;
            return IsMissing(text);
        }
        value = number.Kind switch
        {
            NumberKind.Finite => ToDouble(number),
            NumberKind.Empty => emptyIsNaN ? double.NaN : 0,
            _ => number.Special,
        };
        return true;
    }

    /// <summary>Whether the text is, in any casing, one of ?, NaN, NA and N/A.</summary>
    internal static bool IsMissing(ReadOnlySpan<char> text) =>
        text is "?"
        || text.Equals("NaN", StringComparison.OrdinalIgnoreCase)
        || text.Equals("NA", StringComparison.OrdinalIgnoreCase)
        || text.Equals("N/A", StringComparison.OrdinalIgnoreCase);

    private bool TryParseCore(ReadOnlySpan<char> text, out Number number)
    {
        number = default;
        int given = text.Length;
        text = text.TrimStart();
        if (text.IsEmpty)
            return true;
        // Behind white space ML.NET only reads what is one character long: it looks for the end in the wrong place.
        if (text.Length != given && !(text.Length == 1 && (char.IsAsciiDigit(text[0]) || text[0] == '?')))
            return false;
        text = text.TrimEnd();
        int length = Scan(text, ref number);
        if (length == 0)
        {
            number.Kind = NumberKind.Special;
            length = ScanSpecial(text, out number.Special);
        }
        else
        {
            number.Kind = NumberKind.Finite;
        }
        return length == text.Length;
    }

    /// <summary>Reads sign, digits and exponent; returns how many characters belong to the number, 0 for none.</summary>
    private int Scan(ReadOnlySpan<char> text, ref Number number)
    {
        int at = 0;
        if (text[0] is '-' or '+')
        {
            number.Negative = text[0] == '-';
            at = 1;
        }
        bool digits = false;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            digits = true;
            if (number.Mantissa < MantissaLimit)
                number.Mantissa = number.Mantissa * 10 + (uint)(text[at] - '0');
            else
                number.Exponent++;
        }
        if (at < text.Length && text[at] == decimalMarker)
        {
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            {
                digits = true;
                if (number.Mantissa < MantissaLimit)
                {
                    number.Mantissa = number.Mantissa * 10 + (uint)(text[at] - '0');
                    number.Exponent--;
                }
            }
        }
        if (!digits)
            return 0;
        return ScanExponent(text, at, ref number);
    }

    private static int ScanExponent(ReadOnlySpan<char> text, int end, ref Number number)
    {
        int at = end;
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return end;
        at++;
        bool negative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is '-' or '+')
            at++;
        if (at >= text.Length)
            // "1e" and "1e+" are read as 1 followed by something else.
            return end;
        long exponent = 0;
        int first = at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            // Far beyond every table, and still far from overflowing.
            if (exponent < long.MaxValue / 100)
                exponent = exponent * 10 + (text[at] - '0');
        }
        if (at == first)
            return end;
        number.Exponent += negative ? -exponent : exponent;
        return at;
    }

    private static int ScanSpecial(ReadOnlySpan<char> text, out double value)
    {
        (value, int length) = text switch
        {
            ['?', ..] => (double.NaN, 1),
            ['N', 'a', 'N', ..] => (double.NaN, 3),
            [Infinity, ..] => (double.PositiveInfinity, 1),
            ['-', Infinity, ..] => (double.NegativeInfinity, 2),
            _ when text.StartsWith("Infinity") => (double.PositiveInfinity, 8),
            _ when text.StartsWith("-Infinity") => (double.NegativeInfinity, 9),
            _ => (0, 0),
        };
        return length;
    }

    /// <summary>One multiplication in Double, then one rounding to Single: not always the nearest Single, but ML.NET's.</summary>
    private static float ToSingle(Number number)
    {
        float value;
        if (number.Mantissa == 0 || number.Exponent < -PowersOfTen.MaximumNegativeDouble)
            value = 0;
        else if (number.Exponent > PowersOfTen.MaximumPositiveDouble)
            value = float.PositiveInfinity;
        else
            value = (float)((number.Exponent == 0 ? 1 : PowersOfTen.GetDouble((int)number.Exponent)) * number.Mantissa);
        return number.Negative ? -value : value;
    }

    private static double ToDouble(Number number)
    {
        double value;
        if (number.Mantissa == 0 || number.Exponent < -PowersOfTen.MaximumNegative)
            value = 0;
        else if (number.Exponent > PowersOfTen.MaximumPositive)
            value = double.PositiveInfinity;
        else if (number.Exponent == 0)
            value = number.Mantissa;
        else if (number.Mantissa < 1UL << 53 && Math.Abs(number.Exponent) <= 22)
            // Both factors are exact, so the one operation rounds correctly.
            value = number.Exponent > 0
                ? number.Mantissa * PowersOfTen.GetDouble((int)number.Exponent)
                : number.Mantissa / PowersOfTen.GetDouble(-(int)number.Exponent);
        else
            value = Multiply(number.Mantissa, (int)number.Exponent);
        return number.Negative ? -value : value;
    }

    /// <summary>mantissa * 10^power by way of the upper 64 bits of the product, rounded to nearest.</summary>
    private static double Multiply(ulong mantissa, int power)
    {
        var (factor, exponent) = PowersOfTen.Get(power);
        int shift = System.Numerics.BitOperations.LeadingZeroCount(mantissa);
        ulong high = Math.BigMul(mantissa << shift, factor, out ulong low);
        exponent -= shift;
        // The bits that are dropped only matter as "there was something": they keep a near tie from becoming one.
        double rounded = (double)(long)(high >> 2 | ((high & 3) != 0 || low != 0 ? 1UL : 0));
        return Math.ScaleB(rounded, exponent + 2);
    }

    private enum NumberKind
    {
        Empty,
        Finite,
        Special,
    }

    private struct Number
    {
        public NumberKind Kind;
        public bool Negative;
        public ulong Mantissa;
        public long Exponent;
        public double Special;
    }
}
