using System.Buffers.Text;

namespace Mlp.Tool.Tables;

/// <summary>Reads dates, with or without a time behind them.</summary>
internal static class DateText
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>Longer texts are no dates.</summary>
    private const int LongestText = 40;

    /// <summary>Every form of date that fits a text.</summary>
    /// <param name="text">Without blanks around it.</param>
    /// <param name="among">Only these forms are tried.</param>
    public static DateForm FormsOf(ReadOnlySpan<byte> text, DateForm among = DateForm.All)
    {
        var forms = DateForm.None;
        foreach (var form in (ReadOnlySpan<DateForm>)[DateForm.YearFirst, DateForm.DayDot, DateForm.DayFirst, DateForm.MonthFirst, DateForm.MonthName])
        {
            if ((among & form) != 0 && TryParse(text, form, out _))
                forms |= form;
        }
        return forms;
    }

    /// <summary>Reads a date of one form.</summary>
    /// <param name="text">Without blanks around it.</param>
    /// <param name="form">One form.</param>
    /// <param name="days">Days since 1970-01-01 in UTC; a time is the fraction, and one without zone is taken for UTC.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, DateForm form, out double days)
    {
        days = 0;
        if (text.Length is < 6 or > LongestText)
            return false;
        var rest = text;
        return TryReadDate(ref rest, form, out var date) && TryReadTime(rest, out double time)
            && double.IsFinite(days = (date - DateTime.UnixEpoch).TotalDays + time);
    }

    private static bool TryReadDate(ref ReadOnlySpan<byte> text, DateForm form, out DateTime date)
    {
        date = default;
        if (form == DateForm.MonthName)
            return TryReadNamed(ref text, out date);
        if (!TryReadNumber(ref text, out int first, out int firstDigits) || !TryReadMark(ref text, form, out byte mark)
            || !TryReadNumber(ref text, out int second, out int secondDigits) || text.IsEmpty || text[0] != mark)
            return false;
        text = text[1..];
        if (!TryReadNumber(ref text, out int third, out int thirdDigits) || secondDigits > 2)
            return false;
        return form switch
        {
            DateForm.YearFirst => firstDigits == 4 && thirdDigits <= 2 && TryMake(first, second, third, out date),
            DateForm.MonthFirst => thirdDigits == 4 && firstDigits <= 2 && TryMake(third, first, second, out date),
            _ => thirdDigits == 4 && firstDigits <= 2 && TryMake(third, second, first, out date),
        };
    }

    private static bool TryReadMark(ref ReadOnlySpan<byte> text, DateForm form, out byte mark)
    {
        mark = text.IsEmpty ? (byte)0 : text[0];
        text = text.IsEmpty ? text : text[1..];
        return form == DateForm.DayDot ? mark == '.' : mark is (byte)'-' or (byte)'/';
    }

    /// <summary>Day, month, year or month, day, year, with blanks, hyphens or a comma between them.</summary>
    private static bool TryReadNamed(ref ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        int day, digits, month;
        if (char.IsAsciiDigit((char)text[0]))
        {
            if (!TryReadNumber(ref text, out day, out digits) || digits > 2 || !TrySkipBetween(ref text) || !TryReadMonth(ref text, out month))
                return false;
        }
        else if (!TryReadMonth(ref text, out month) || !TrySkipBetween(ref text) || !TryReadNumber(ref text, out day, out digits) || digits > 2)
        {
            return false;
        }
        return TrySkipBetween(ref text) && TryReadNumber(ref text, out int year, out digits) && digits == 4 && TryMake(year, month, day, out date);
    }

    private static bool TrySkipBetween(ref ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(" -,."u8);
        if (length is < 1 or > 2)
            return false;
        text = text[length..];
        return true;
    }

    private static bool TryReadMonth(ref ReadOnlySpan<byte> text, out int month)
    {
        int length = 0;
        while (length < text.Length && char.IsAsciiLetter((char)text[length]))
            length++;
        month = 0;
        if (length is < 3 or > 9)
            return false;
        Span<char> name = stackalloc char[length];
        for (int i = 0; i < length; i++)
            name[i] = char.ToLowerInvariant((char)text[i]);
        for (int i = 0; i < Months.Length; i++)
        {
            if (name.SequenceEqual(Months[i]) || length == 3 && Months[i].AsSpan().StartsWith(name))
                month = i + 1;
        }
        text = text[length..];
        return month > 0;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, out int number, out int digits)
    {
        number = 0;
        digits = 0;
        while (digits < text.Length && digits < 5 && char.IsAsciiDigit((char)text[digits]))
            number = number * 10 + (text[digits++] - '0');
        text = text[digits..];
        return digits is >= 1 and <= 4;
    }

    private static bool TryMake(int year, int month, int day, out DateTime date)
    {
        bool isValid = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = isValid ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) : default;
        return isValid;
    }

    /// <summary>Nothing, or T or a blank, hours and minutes, perhaps seconds with a fraction, perhaps Z or an offset such as +02:00.</summary>
    /// <param name="text">All that follows the date.</param>
    /// <param name="time">In days.</param>
    private static bool TryReadTime(ReadOnlySpan<byte> text, out double time)
    {
        time = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' '))
            return false;
        text = text[1..];
        if (!TryReadClock(ref text, out int minutes) || minutes >= 24 * 60)
            return false;
        double seconds = 0;
        if (text.Length > 0 && text[0] == ':')
        {
            if (text.Length < 3 || !char.IsAsciiDigit((char)text[1]) || !Utf8Parser.TryParse(text[1..], out seconds, out int length, 'F') || seconds is < 0 or >= 61)
                return false;
            text = text[(1 + length)..];
        }
        if (!TryReadOffset(text, out int offset))
            return false;
        time = (minutes - offset + seconds / 60) / (24 * 60);
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        text = text.TrimStart((byte)' ');
        if (text.IsEmpty || text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || text.SequenceEqual("UTC"u8))
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-'))
            return false;
        int sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        bool isValid = text.Length == 2 && TryReadTwoDigits(ref text, out int hours)
            ? (minutes = 60 * hours) <= 14 * 60
            : TryReadClock(ref text, out minutes) && minutes <= 14 * 60 && text.IsEmpty;
        minutes *= sign;
        return isValid;
    }

    /// <summary>hh:mm or hhmm.</summary>
    private static bool TryReadClock(ref ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (!TryReadTwoDigits(ref text, out int hours))
            return false;
        if (text.Length > 0 && text[0] == ':')
            text = text[1..];
        if (!TryReadTwoDigits(ref text, out int past) || past >= 60)
            return false;
        minutes = 60 * hours + past;
        return true;
    }

    private static bool TryReadTwoDigits(ref ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        if (text.Length < 2 || !char.IsAsciiDigit((char)text[0]) || !char.IsAsciiDigit((char)text[1]))
            return false;
        number = 10 * (text[0] - '0') + (text[1] - '0');
        text = text[2..];
        return true;
    }
}
