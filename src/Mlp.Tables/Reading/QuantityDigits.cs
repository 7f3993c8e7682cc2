using System.Globalization;

namespace Mlp.Tables.Reading;

/// <summary>Digits with marks between them: a decimal mark, and marks that group digits.</summary>
internal static class QuantityDigits
{
    private const string Marks = ".,' _";

    /// <summary>How many characters from the first on are digits and marks; a mark at the end is not among them.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        int length = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
                length = at + 1;
            else if (!Marks.Contains(text[at]) || at > length)
                break;
        }
        return length;
    }

    /// <summary>Reads the digits with one of the two decimal marks; NaN if they cannot be read so.</summary>
    /// <param name="digits">What <see cref="Length"/> found.</param>
    /// <param name="decimalMark">'.' or ','.</param>
    public static double Read(ReadOnlySpan<char> digits, char decimalMark)
    {
        int end = digits.LastIndexOf(decimalMark);
        ReadOnlySpan<char> whole = end < 0 ? digits : digits[..end];
        ReadOnlySpan<char> fraction = end < 0 ? default : digits[(end + 1)..];
        if (fraction.IndexOfAnyExceptInRange('0', '9') >= 0 || end == 0 && fraction.IsEmpty || !IsWhole(whole, decimalMark))
            return double.NaN;
        Span<char> plain = stackalloc char[digits.Length + 1];
        int length = 0;
        foreach (char character in whole)
        {
            if (char.IsAsciiDigit(character))
                plain[length++] = character;
        }
        plain[length++] = '.';
        fraction.CopyTo(plain[length..]);
        return double.Parse(plain[..(length + fraction.Length)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether there is one point or comma with three digits behind it, such that it may be either mark.</summary>
    public static bool IsAmbiguous(ReadOnlySpan<char> digits) =>
        digits.IndexOfAny('.', ',') is >= 0 and int mark && digits[(mark + 1)..].IndexOfAnyExceptInRange('0', '9') < 0
        && !double.IsNaN(Read(digits, '.')) && !double.IsNaN(Read(digits, ','));

    /// <summary>Whether a mark groups digits whichever mark is the decimal one.</summary>
    public static bool HasGroups(ReadOnlySpan<char> digits)
    {
        int mark = digits.IndexOfAny(Marks);
        return mark >= 0 && (digits[mark] is not ('.' or ',') || digits[(mark + 1)..].IndexOfAny(Marks) >= 0);
    }

    /// <summary>Digits without a mark, or in groups of three behind the same mark, or, as in India, in groups of two before the last
    /// three. A zero in front is part of a code, not of a number.</summary>
    private static bool IsWhole(ReadOnlySpan<char> whole, char decimalMark)
    {
        int first = whole.IndexOfAnyExceptInRange('0', '9');
        if (first < 0)
            return whole.Length <= 1 || whole[0] != '0';
        char mark = whole[first];
        if (first is 0 or > 3 || whole[0] == '0' || mark == decimalMark)
            return false;
        ReadOnlySpan<char> rest = whole[first..];
        bool isIndian = mark == ',' && first <= 2 && rest.Length > 4 && (rest.Length - 4) % 3 == 0;
        bool isUsual = rest.Length % 4 == 0;
        for (int at = 0; at < rest.Length; at++)
        {
            int fromEnd = rest.Length - 1 - at;
            isUsual &= fromEnd % 4 == 3 ? rest[at] == mark : char.IsAsciiDigit(rest[at]);
            isIndian &= fromEnd >= 3 && (fromEnd - 3) % 3 == 0 ? rest[at] == mark : char.IsAsciiDigit(rest[at]);
        }
        return isUsual || isIndian;
    }
}
