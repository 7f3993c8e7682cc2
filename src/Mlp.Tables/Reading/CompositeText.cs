using System.Globalization;

namespace Mlp.Tables.Reading;

/// <summary>Reads quantities in several units of one kind: 2h 15m, 1 hr 30 min, 1h05, PT2H15M, 6'2", 7 lb 3 oz.</summary>
internal static class CompositeText
{
    private const int LongestNumber = 9, MostBareDigits = 2;

    private const string Foot = "ft";

    /// <summary>Reads one with at least two parts, the larger unit first.</summary>
    /// <param name="text">In the characters of <see cref="QuantityText"/>, without blanks around it.</param>
    /// <param name="value">In <paramref name="unit"/>.</param>
    /// <param name="unit">Hours of a time, otherwise the first unit.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out double value, out ReadOnlySpan<char> unit)
    {
        value = 0;
        unit = default;
        if (text.Length < 3)
            return false;
        bool isIso = text[0] is 'P' or 'p';
        ReadOnlySpan<char> rest = isIso ? text[1..] : text;
        if (isIso ? !rest.ContainsAnyInRange('0', '9') : !char.IsAsciiDigit(text[0]))
            return false;
        string? kind = null;
        double before = double.PositiveInfinity;
        int parts = 0;
        while (!rest.IsEmpty)
        {
            if (isIso)
                rest = rest.TrimStart("Tt");
            bool mayBeBare = parts == 1 && rest.Length <= MostBareDigits;
            if (!TakeNumber(ref rest, out double number))
                return false;
            ReadOnlySpan<char> name = TakeUnit(ref rest, isIso ? 1 : rest.Length);
            // m is a metre, but not behind hours and not before seconds.
            bool isMinutes = name is "m" or "M" && (isIso || kind == ClockText.Unit || kind == null && rest is [.., 's']);
            ReadOnlySpan<char> known = isMinutes ? UnitScale.Minutes
                : isIso ? name switch { "D" or "d" => "d", "H" or "h" => "h", "S" or "s" => "s", _ => default }
                : name.IsEmpty && rest.IsEmpty && mayBeBare ? UnitBehind(unit, number) : name;
            if (UnitScale.Find(known) is not { Size: > 0 } of || kind != null && of.Kind != kind || of.Size >= before)
                return false;
            if (parts++ == 0)
                unit = name is "'" or "′" ? Foot : known;
            kind = of.Kind;
            before = of.Size;
            value += number * of.Size;
        }
        if (parts == 0 || parts == 1 && !isIso)
            return false;
        if (kind == ClockText.Unit)
            unit = ClockText.Unit;
        else
            value /= UnitScale.Find(unit)!.Value.Size;
        return true;
    }

    private static bool TakeNumber(scoped ref ReadOnlySpan<char> text, out double number)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || length > 0 && text[length] is '.' or ','))
            length++;
        number = double.NaN;
        if (length is 0 or > LongestNumber || !char.IsAsciiDigit(text[length - 1]))
            return false;
        Span<char> digits = stackalloc char[length];
        text[..length].Replace(digits, ',', '.');
        text = text[length..].TrimStart(' ');
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Takes letters, or one sign, and what parts it from the next number: a blank, a comma, "and".</summary>
    private static ReadOnlySpan<char> TakeUnit(scoped ref ReadOnlySpan<char> text, int longest)
    {
        int length = 0;
        while (length < Math.Min(text.Length, longest) && char.IsLetter(text[length]))
            length++;
        if (length == 0 && text.Length > 0 && !char.IsAsciiDigit(text[0]))
            length = 1;
        ReadOnlySpan<char> unit = text[..length];
        text = text[length..].TrimStart('.').TrimStart(' ').TrimStart(',').TrimStart(' ');
        if (text.StartsWith("and ", StringComparison.OrdinalIgnoreCase))
            text = text[4..].TrimStart(' ');
        return unit;
    }

    /// <summary>What two digits without a unit are: minutes in 1h05, inches in 5'11.</summary>
    private static ReadOnlySpan<char> UnitBehind(ReadOnlySpan<char> unit, double number) =>
        UnitScale.Ratio(unit, ClockText.Unit) == 1 && number < 60 ? UnitScale.Minutes : unit is Foot && number < 12 ? "in" : default;
}
