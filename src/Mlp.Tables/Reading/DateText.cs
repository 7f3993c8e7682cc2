using System.Globalization;
using System.Text;

namespace Mlp.Tables.Reading;

/// <summary>Reads dates, with or without a time.</summary>
internal static class DateText
{
    /// <summary>Longer texts are not dates.</summary>
    private const int LongestText = 40;

    /// <summary>"HH:mm:ss.fffffff": a clock with as many digits as <see cref="TimeOnly"/> keeps.</summary>
    private const int LongestClock = 16;

    private static readonly Dictionary<DateForm, string[]> Formats = new()
    {
        [DateForm.YearFirst] = ["yyyy-M-d", "yyyy/M/d"],
        [DateForm.DayDot] = ["d.M.yyyy"],
        [DateForm.DayFirst] = ["d/M/yyyy", "d-M-yyyy"],
        [DateForm.MonthFirst] = ["M/d/yyyy", "M-d-yyyy"],
        [DateForm.MonthName] = ["d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy"],
    };

    private static readonly string[] Clocks = ["HH:mm", "HHmm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    private static readonly string[] Offsets = [@"hh\:mm", "hhmm", "hh"];

    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    /// <summary>Every form of date that fits a text.</summary>
    /// <param name="text">UTF-8 without blanks around it.</param>
    /// <param name="among">Only these forms are tried.</param>
    public static DateForm FormsOf(ReadOnlySpan<byte> text, DateForm among = DateForm.All)
    {
        var forms = DateForm.None;
        foreach (DateForm form in Formats.Keys)
        {
            if ((among & form) != 0 && TryParse(text, form, out _))
                forms |= form;
        }
        return forms;
    }

    /// <summary>Reads a date of one form.</summary>
    /// <param name="text">UTF-8 without blanks around it.</param>
    /// <param name="form">One form; with <see cref="DateForm.None"/> no text is a date.</param>
    /// <param name="days">Days since 1970-01-01 in UTC; a time is the fraction; a time without a zone is UTC.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, DateForm form, out double days)
    {
        days = 0;
        Span<char> buffer = stackalloc char[LongestText];
        if (form == DateForm.None || text.Length > LongestText
            || Ascii.ToUtf16(text, buffer, out int length) != System.Buffers.OperationStatus.Done)
            return false;
        Span<char> characters = buffer[..length];
        int end = EndOfDate(characters, form);
        if (end < 0 || !TryReadTime(characters[end..], out TimeSpan time))
            return false;
        Span<char> date = characters[..end];
        if (form == DateForm.MonthName)
            date = SeparateByBlanks(date);
        if (!DateOnly.TryParseExact(date, Formats[form], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return false;
        days = (day.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch + time).TotalDays;
        return true;
    }

    /// <summary>Where a time can begin: after the day if the date begins with the year, else after the four digits of the year; -1 if the
    /// text is not a date.</summary>
    private static int EndOfDate(ReadOnlySpan<char> text, DateForm form)
    {
        if (form == DateForm.YearFirst)
            return text.IndexOfAny("Tt ") is >= 0 and int end ? end : text.Length;
        for (int at = 0; at + 4 <= text.Length; at++)
        {
            if (text.Slice(at, 4).IndexOfAnyExceptInRange('0', '9') < 0)
                return at + 4;
        }
        return -1;
    }

    /// <summary>Replaces one or two of the marks between the parts of "31-Jan-2020" and "Jan. 31, 2020" with one blank.</summary>
    private static Span<char> SeparateByBlanks(Span<char> date)
    {
        int length = 0;
        for (int at = 0; at < date.Length; at++)
        {
            bool isMark = date[at] is ' ' or '-' or ',' or '.';
            date[length++] = isMark ? ' ' : date[at];
            if (isMark && at + 1 < date.Length && date[at + 1] is ' ' or '-' or ',' or '.')
                at++;
        }
        return date[..length];
    }

    /// <summary>Reads nothing, or T or a blank, hours and minutes, optionally seconds with a fraction, and optionally Z, UTC or an offset
    /// such as +02:00.</summary>
    private static bool TryReadTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        if (text.IsEmpty)
            return true;
        if (text[0] is not ('T' or 't' or ' '))
            return false;
        ReadOnlySpan<char> clock = text[1..];
        var offset = TimeSpan.Zero;
        if (clock.IndexOfAny('+', '-') is >= 0 and int sign)
        {
            if (!TimeSpan.TryParseExact(clock[(sign + 1)..], Offsets, CultureInfo.InvariantCulture, out offset) || offset > LargestOffset)
                return false;
            offset = clock[sign] == '-' ? -offset : offset;
            clock = clock[..sign].TrimEnd(' ');
        }
        else if (clock.EndsWith("Z", StringComparison.OrdinalIgnoreCase))
        {
            clock = clock[..^1].TrimEnd(' ');
        }
        else if (clock.EndsWith("UTC", StringComparison.Ordinal))
        {
            clock = clock[..^3].TrimEnd(' ');
        }
        // Some programs write nanoseconds.
        if (clock.Length > LongestClock && clock[LongestClock..].IndexOfAnyExceptInRange('0', '9') < 0)
            clock = clock[..LongestClock];
        bool isTime = TimeOnly.TryParseExact(clock, Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly found);
        time = found.ToTimeSpan() - offset;
        return isTime;
    }
}
