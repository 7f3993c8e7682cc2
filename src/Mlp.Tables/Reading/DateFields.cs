namespace Mlp.Tables.Reading;

/// <summary>Reads the day of a date, without the time behind it.</summary>
internal static class DateFields
{
    // Eight digits are a date only within these years; other numbers have eight digits, too.
    private const int FirstYearOfDigits = 1900, LastYearOfDigits = 2100;

    // Two digits from this on are of the last century.
    private const int FirstOfLastCentury = 50;

    /// <summary>Reads a date of one form.</summary>
    /// <param name="text">Without blanks around it.</param>
    /// <param name="form">One form.</param>
    /// <param name="day">The day.</param>
    /// <param name="length">Characters of the date; what follows is a time.</param>
    public static bool TryRead(ReadOnlySpan<char> text, DateForm form, out DateTime day, out int length)
    {
        int year = 0, month = 0, date = 1;
        length = 0;
        bool isRead = form switch
        {
            DateForm.YearFirst => ReadYearFirst(text, ref length, out year, out month, ref date),
            DateForm.Compact => ReadCompact(text, ref length, out year, out month, ref date),
            DateForm.MonthYear => ReadNumber(text, ref length, 1, 2, out month) && ReadMark(text, ref length, "/-")
                && ReadNumber(text, ref length, 4, 4, out year),
            DateForm.DayDot => ReadThree(text, ref length, ".", mayBeShort: true, out date, out month, out year),
            DateForm.DayFirst => ReadThree(text, ref length, "/-", mayBeShort: true, out date, out month, out year),
            DateForm.MonthFirst => ReadThree(text, ref length, "/-", mayBeShort: true, out month, out date, out year),
            DateForm.MonthName => NamedDate.TryRead(text, ref length, out year, out month, out date),
            _ => false,
        };
        bool isDay = isRead && year is >= 1 and <= 9999 && month is >= 1 and <= 12
            && date >= 1 && date <= DateTime.DaysInMonth(year, month);
        day = isDay ? new DateTime(year, month, date) : default;
        return isDay;
    }

    /// <summary>The year that two digits stand for.</summary>
    public static int YearOf(int twoDigits) => twoDigits + (twoDigits < FirstOfLastCentury ? 2000 : 1900);

    /// <summary>Reads digits; false if there are not as many as there may be.</summary>
    public static bool ReadNumber(ReadOnlySpan<char> text, ref int at, int fewest, int most, out int number)
    {
        number = 0;
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start <= most)
            number = 10 * number + text[at++] - '0';
        return at - start >= fewest && at - start <= most;
    }

    private static bool ReadYearFirst(ReadOnlySpan<char> text, ref int at, out int year, out int month, ref int date)
    {
        month = 0;
        if (!ReadNumber(text, ref at, 4, 4, out year) || at >= text.Length)
            return false;
        char mark = text[at];
        if (!ReadMark(text, ref at, "-/.年") || !ReadNumber(text, ref at, 1, 2, out month))
            return false;
        if (mark == '年')
            return ReadMark(text, ref at, "月") && (
                at == text.Length || ReadNumber(text, ref at, 1, 2, out date) && ReadMark(text, ref at, "日"));
        // 2023.03 is a number.
        bool isMonth = at >= text.Length || text[at] != mark;
        return isMonth ? mark != '.' : ReadMark(text, ref at, "-/.") && ReadNumber(text, ref at, 1, 2, out date);
    }

    private static bool ReadCompact(ReadOnlySpan<char> text, ref int at, out int year, out int month, ref int date)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        (year, month) = (0, 0);
        if (digits is not (6 or 8 or 12 or 14) || digits is 6 or 12 or 14 && digits < text.Length)
            return false;
        year = int.Parse(text[..4], System.Globalization.CultureInfo.InvariantCulture);
        month = int.Parse(text[4..6], System.Globalization.CultureInfo.InvariantCulture);
        if (digits > 6)
            date = int.Parse(text[6..8], System.Globalization.CultureInfo.InvariantCulture);
        at = Math.Min(digits, 8);
        return year is >= FirstYearOfDigits and <= LastYearOfDigits;
    }

    private static bool ReadThree(
        ReadOnlySpan<char> text, ref int at, string marks, bool mayBeShort, out int first, out int second, out int year)
    {
        (second, year) = (0, 0);
        if (!ReadNumber(text, ref at, 1, 2, out first) || at >= text.Length)
            return false;
        char mark = text[at];
        if (!ReadMark(text, ref at, marks) || !ReadNumber(text, ref at, 1, 2, out second) || at >= text.Length || text[at] != mark)
            return false;
        int start = ++at;
        if (!ReadNumber(text, ref at, 2, 4, out year) || at - start == 3)
            return false;
        // 15-01-02 may begin with the year.
        if (at - start == 2 && (!mayBeShort || mark == '-'))
            return false;
        year = at - start == 2 ? YearOf(year) : year;
        return true;
    }

    private static bool ReadMark(ReadOnlySpan<char> text, ref int at, string marks)
    {
        if (at >= text.Length || !marks.Contains(text[at]))
            return false;
        at++;
        return true;
    }
}
