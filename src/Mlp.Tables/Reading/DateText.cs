using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mlp.Tables.Reading;

/// <summary>Reads dates, with or without a time.</summary>
internal static class DateText
{
    /// <summary>Longer texts are not dates.</summary>
    private const int LongestText = 64;

    /// <summary>"HH:mm:ss.fffffff": a clock with as many digits as <see cref="TimeOnly"/> keeps.</summary>
    private const int LongestClock = 16;

    /// <summary>Each form by itself.</summary>
    public static readonly ImmutableArray<DateForm> Forms =
        [.. Enum.GetValues<DateForm>().Where(form => form is not (DateForm.None or DateForm.All))];

    private static readonly string[] Clocks = ["H:mm", "HHmm", "H:mm:ss", "HHmmss", "H:mm:ss.FFFFFFF"];

    private static readonly string[] Clocks12 = ["h:mm tt", "h:mm:ss tt", "h:mm:ss.FFFFFFF tt", "h:mmtt", "h:mm:sstt", "h tt", "htt"];

    private static readonly string[] Offsets = [@"hh\:mm", "hhmm", "hh"];

    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    /// <summary>Every form of date that fits a text.</summary>
    /// <param name="text">UTF-8 without blanks around it.</param>
    /// <param name="among">Only these forms are tried.</param>
    public static DateForm FormsOf(ReadOnlySpan<byte> text, DateForm among = DateForm.All)
    {
        var forms = DateForm.None;
        foreach (DateForm form in Forms)
        {
            if ((among & form) != 0 && TryParse(text, form, out FoundDate _))
                forms |= form;
        }
        return forms;
    }

    /// <summary>Reads a date of a form.</summary>
    /// <param name="text">UTF-8 without blanks around it.</param>
    /// <param name="form">One form, or several; with <see cref="DateForm.None"/> no text is a date.</param>
    /// <param name="date">The date; a time without a zone is UTC.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, DateForm form, out FoundDate date)
    {
        date = default;
        if (form == DateForm.None || text.Length is < 4 or > LongestText)
            return false;
        if (form is DateForm.UnixSeconds or DateForm.UnixMilliseconds)
            return UnixTime.TryParse(text, form, out date);
        if (!BitOperations.IsPow2((int)form))
        {
            foreach (DateForm one in Forms)
            {
                if ((form & one) != 0 && TryParse(text, one, out date))
                    return true;
            }
            return false;
        }
        Span<char> buffer = stackalloc char[LongestText];
        Span<char> characters = buffer[..Encoding.UTF8.GetChars(text, buffer)];
        if (!DateFields.TryRead(characters, form, out DateTime day, out int length))
            return false;
        ReadOnlySpan<char> rest = characters[length..];
        if (rest.IsEmpty)
        {
            date = new FoundDate(day, TimeSpan.Zero, HasTime: false);
            return true;
        }
        if (!TryReadTime(rest, isDigits: form == DateForm.Compact && char.IsAsciiDigit(rest[0]), out TimeSpan time, out TimeSpan offset))
            return false;
        date = new FoundDate(day + time, offset, HasTime: true);
        return true;
    }

    /// <summary>Reads T or a blank, hours and minutes, optionally seconds with a fraction, AM or PM, and optionally Z, UTC or an offset
    /// such as +02:00; in a compact date hours, minutes and seconds follow at once.</summary>
    private static bool TryReadTime(ReadOnlySpan<char> text, bool isDigits, out TimeSpan time, out TimeSpan offset)
    {
        (time, offset) = (TimeSpan.Zero, TimeSpan.Zero);
        if (text.Length > 1 && text[0] == ',')
            text = text[1..];
        if (!isDigits && text[0] is not ('T' or 't' or ' '))
            return false;
        ReadOnlySpan<char> clock = isDigits ? text : text[1..].TrimStart(' ');
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
        else if (clock.EndsWith("UTC", StringComparison.Ordinal) || clock.EndsWith("GMT", StringComparison.Ordinal))
        {
            clock = clock[..^3].TrimEnd(' ');
        }
        // Some programs write nanoseconds.
        if (clock.Length > LongestClock && clock[LongestClock..].IndexOfAnyExceptInRange('0', '9') < 0)
            clock = clock[..LongestClock];
        string[] forms = clock.EndsWith("m", StringComparison.OrdinalIgnoreCase) ? Clocks12 : Clocks;
        bool isTime = TimeOnly.TryParseExact(clock, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly found);
        time = found.ToTimeSpan();
        return isTime;
    }
}
