using System.Globalization;

namespace Mlp.Tool.Tables;

/// <summary>Recognizes numbers by the grammar of ML.NET's text loader: sign, digits with one decimal mark, exponent. What it takes for a number
/// the loader reads as one; what it does not, the loader reads as NaN.</summary>
internal static class NumberText
{
    /// <summary>10^0 to 10^22 are exact.</summary>
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <summary>Digits beyond this do not change what the value is used for.</summary>
    private const ulong MantissaLimit = (ulong.MaxValue - 9) / 10;

    private const int LargestExponent = 100_000;

    /// <summary>Reads a number.</summary>
    /// <param name="text">Without blanks around it.</param>
    /// <param name="number">Its value, to about 15 digits, infinite beyond the range of <see cref="double"/>, and how it is written.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out Number number)
    {
        number = default;
        int at = 0;
        bool isNegative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == '-';
            at = 1;
        }
        int whole = at;
        ulong mantissa = 0;
        int exponent = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
            AddDigit(text[at], ref mantissa, ref exponent);
        int wholeDigits = at - whole, fractionDigits = 0;
        if (at < text.Length && text[at] is (byte)'.' or (byte)',')
        {
            number.DecimalMark = (char)text[at++];
            int fraction = at;
            for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
            {
                exponent--;
                AddDigit(text[at], ref mantissa, ref exponent);
            }
            fractionDigits = at - fraction;
        }
        if (wholeDigits + fractionDigits == 0)
            return false;
        bool hasExponent = at < text.Length && text[at] is (byte)'e' or (byte)'E';
        if (hasExponent && !TryParseExponent(text, ref at, ref exponent))
            return false;
        if (at < text.Length)
            return false;
        double value = Scale(mantissa, exponent);
        number.Value = isNegative ? -value : value;
        number.LooksGrouped = fractionDigits == 3 && wholeDigits is >= 1 and <= 3 && text[whole] != '0' && !hasExponent;
        return true;
    }

    /// <summary>Whether the text is digits in groups of three, with or without a fraction: 1,234,567 or 1.234,5 or 12'345.</summary>
    public static bool IsGrouped(ReadOnlySpan<byte> text)
    {
        int at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        int first = CountDigits(text[at..]);
        at += first;
        if (first is < 1 or > 3 || at >= text.Length)
            return false;
        byte mark = text[at];
        if (mark is not ((byte)',' or (byte)'.' or (byte)'\'' or (byte)' ' or (byte)'_'))
            return false;
        int groups = 0;
        while (at < text.Length && text[at] == mark && CountDigits(text[(at + 1)..]) == 3)
        {
            at += 4;
            groups++;
        }
        if (groups == 0)
            return false;
        // A fraction behind the groups has the other mark.
        if (at < text.Length && text[at] is (byte)'.' or (byte)',' && text[at] != mark)
            at += 1 + CountDigits(text[(at + 1)..]);
        return at == text.Length;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }

    private static void AddDigit(byte digit, ref ulong mantissa, ref int exponent)
    {
        if (mantissa < MantissaLimit)
            mantissa = mantissa * 10 + (uint)(digit - '0');
        else
            exponent++;
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, ref int at, ref int exponent)
    {
        at++;
        bool isNegative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
            at++;
        int first = at;
        int power = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
            power = Math.Min(LargestExponent, power * 10 + (text[at] - '0'));
        exponent += isNegative ? -power : power;
        return at > first;
    }

    private static double Scale(ulong mantissa, int exponent)
    {
        if (exponent == 0 || mantissa == 0)
            return mantissa;
        if (Math.Abs(exponent) < PowersOfTen.Length)
            return exponent > 0 ? mantissa * PowersOfTen[exponent] : mantissa / PowersOfTen[-exponent];
        // In two steps, because 10^-330 times a long mantissa is no zero.
        return mantissa * Math.Pow(10, exponent / 2) * Math.Pow(10, exponent - exponent / 2);
    }

    /// <summary>A number and how it is written.</summary>
    internal struct Number
    {
        public double Value;

        /// <summary>'.', ',' or 0 for none.</summary>
        public char DecimalMark;

        /// <summary>One mark with three digits behind it: 1,234 may be 1234.</summary>
        public bool LooksGrouped;

        /// <summary>Whether it has no fraction and is small enough to be exact.</summary>
        public readonly bool IsInteger => Math.Abs(Value) < 1L << 53 && Value == Math.Floor(Value);

        /// <summary>Whether it is infinite as a Single, which is what the loader reads.</summary>
        public readonly bool IsTooLarge => Math.Abs(Value) > float.MaxValue;
    }
}
