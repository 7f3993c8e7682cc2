namespace Mlp.Tables.Reading;

/// <summary>Reads times of day and durations: as hours 14:05, 2:05 PM, 5:02:33.5, 31:15, 1 day, 2:30:00; as minutes 1:58.345.</summary>
internal static class ClockText
{
    /// <summary>The unit of what is read.</summary>
    public const string Unit = "h";

    /// <summary>In place of a unit: one colon, so that it may be hours and minutes, or minutes and seconds.</summary>
    public const string Short = ":";

    private const int MostHourDigits = 5, MostDayDigits = 5, HoursOfDay = 24, HoursOfHalfDay = 12;

    /// <summary>Whether a text that has digits may be a time.</summary>
    public static bool MayBe(ReadOnlySpan<byte> text) => text.Contains((byte)':');

    /// <summary>Reads a time; minutes and seconds have two digits.</summary>
    /// <param name="text">In the characters of <see cref="QuantityText"/>, without blanks around it.</param>
    /// <param name="value">In the unit; with <see cref="Short"/> what stands behind the colon are sixtieths.</param>
    /// <param name="unit"><see cref="Unit"/>, <see cref="Short"/> or <see cref="UnitScale.Minutes"/>.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out double value, out string unit)
    {
        (value, unit) = (double.NaN, Unit);
        bool isNegative = text.Length > 0 && text[0] == '-';
        text = isNegative ? text[1..] : text;
        int? half = TakeHalfOfDay(ref text);
        if (!TakeDays(ref text, out int days) || days > 0 && half != null)
            return false;
        int at = 0;
        if (!DateFields.ReadNumber(text, ref at, 1, MostHourDigits, out int hour) || !ReadSixtieth(text, ref at, out int minutes)
            || half != null && hour is < 1 or > HoursOfHalfDay)
            return false;
        double seconds = 0;
        bool isPlain = half == null && days == 0;
        // Only seconds have a fraction.
        if (at < text.Length && isPlain && text[at] != ':')
        {
            if (!ReadFraction(text[at..], minutes, out seconds))
                return false;
            (value, unit) = (hour + seconds / 60, UnitScale.Minutes);
        }
        else
        {
            if (at < text.Length && (!ReadSixtieth(text, ref at, out int whole) || !ReadFraction(text[at..], whole, out seconds)))
                return false;
            unit = isPlain && text.Count(':') == 1 ? Short : Unit;
            hour = half is int noon ? hour % HoursOfHalfDay + noon : hour;
            value = HoursOfDay * days + hour + (minutes + seconds / 60) / 60;
        }
        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>Takes AM or PM: the hours until then; null for neither.</summary>
    private static int? TakeHalfOfDay(scoped ref ReadOnlySpan<char> text)
    {
        foreach (string ending in (ReadOnlySpan<string>)["am", "pm", "a.m.", "p.m."])
        {
            if (!text.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                continue;
            text = text[..^ending.Length].TrimEnd(' ');
            return ending[0] == 'p' ? HoursOfHalfDay : 0;
        }
        return null;
    }

    /// <summary>Takes what programs write in front of a duration: "2 days ", "1 day, ".</summary>
    private static bool TakeDays(scoped ref ReadOnlySpan<char> text, out int days)
    {
        days = 0;
        int word = text.IndexOf("day", StringComparison.OrdinalIgnoreCase), at = 0;
        if (word < 0)
            return true;
        bool isRead = DateFields.ReadNumber(text, ref at, 1, MostDayDigits, out days) && text[at..word].Trim(' ').IsEmpty;
        text = text[(word + 3)..].TrimStart("sS").TrimStart(',').TrimStart(' ');
        return isRead;
    }

    private static bool ReadSixtieth(ReadOnlySpan<char> text, ref int at, out int number)
    {
        number = 0;
        if (at >= text.Length || text[at] != ':')
            return false;
        at++;
        return DateFields.ReadNumber(text, ref at, 2, 2, out number) && number < 60;
    }

    /// <summary>Reads what stands behind whole seconds: nothing, or a mark and digits.</summary>
    private static bool ReadFraction(ReadOnlySpan<char> text, int whole, out double seconds)
    {
        seconds = whole;
        if (text.IsEmpty)
            return true;
        ReadOnlySpan<char> digits = text[1..];
        if (text[0] is not ('.' or ',') || digits.IsEmpty || digits.IndexOfAnyExceptInRange('0', '9') >= 0)
            return false;
        double place = 1;
        foreach (char digit in digits)
            seconds += (digit - '0') * (place /= 10);
        return true;
    }
}
