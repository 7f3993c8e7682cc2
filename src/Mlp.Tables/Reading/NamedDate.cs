namespace Mlp.Tables.Reading;

/// <summary>Reads dates with the name of the month.</summary>
internal static class NamedDate
{
    /// <summary>Reads day, month and year in any order, or month and year; the day is the first then.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, ref int length, out int year, out int month, out int date)
    {
        (year, month, date) = (0, 0, 0);
        bool isShort = false;
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            while (at < text.Length && " ,.-/'’".Contains(text[at]))
                at++;
            // What is left where a time begins belongs to the time, with the blank in front.
            if (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                int end = at;
                DateFields.ReadNumber(text, ref end, 1, 4, out int number);
                bool isTime = end < text.Length && text[end] == ':';
                bool isYear = end - at == 4 && year == 0, isDate = end - at <= 2 && date == 0;
                bool isShortYear = end - at == 2 && date > 0 && month > 0 && year == 0;
                // Jan-18 is a month of a year; 18-Jan is a day of no year.
                isShort |= !isTime && end - at == 2 && date == 0 && month > 0 && year == 0 && at > start && "-'’".Contains(text[at - 1]);
                if (isTime || !isYear && !isDate && !isShortYear)
                    return End(start, ref length, ref year, ref date, month, isShort);
                (year, date) = isYear ? (number, date) : isDate ? (year, number) : (DateFields.YearOf(number), date);
                at = end;
                continue;
            }
            int letters = at;
            while (letters < text.Length && char.IsLetter(text[letters]))
                letters++;
            if (letters == at)
                return at == text.Length && End(at, ref length, ref year, ref date, month, isShort);
            ReadOnlySpan<char> word = text[at..letters];
            if (!ReadWord(word, text, ref letters, ref month, isFirst: year + date + month == 0))
                return End(start, ref length, ref year, ref date, month, isShort);
            at = letters;
        }
        return End(at, ref length, ref year, ref date, month, isShort);
    }

    private static bool ReadWord(ReadOnlySpan<char> word, ReadOnlySpan<char> text, ref int end, ref int month, bool isFirst)
    {
        if (isFirst && MonthNames.IsWeekday(word) || MonthNames.IsFiller(word))
            return true;
        int found = MonthNames.Find(word);
        if (found == 0 && word is "Q" && end < text.Length && text[end] is >= '1' and <= '4')
            found = 3 * (text[end++] - '0') - 2;
        if (found == 0 || month != 0)
            return false;
        month = found;
        return true;
    }

    private static bool End(int at, ref int length, ref int year, ref int date, int month, bool isShort)
    {
        length = at;
        if (year == 0 && isShort)
            (year, date) = (DateFields.YearOf(date), 1);
        date = Math.Max(date, 1);
        return month > 0 && year > 0;
    }
}
