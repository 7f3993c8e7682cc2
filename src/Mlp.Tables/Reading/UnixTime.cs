using System.Buffers.Text;

namespace Mlp.Tables.Reading;

/// <summary>Reads seconds and milliseconds since 1970.</summary>
internal static class UnixTime
{
    private const double SecondsOf2001 = 1e9, SecondsOf2065 = 3e9;

    private const int SecondDigits = 10, MillisecondDigits = 13;

    /// <summary>The form that a number may have, by its digits; none if it is no time of the years 2001 to 2065.</summary>
    public static DateForm FormOf(ReadOnlySpan<byte> text)
    {
        DateForm form = text.Length == MillisecondDigits && !text.Contains((byte)'.') ? DateForm.UnixMilliseconds : DateForm.UnixSeconds;
        return TryParse(text, form, out _) ? form : DateForm.None;
    }

    /// <summary>Reads a time of one of the two forms.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, DateForm form, out FoundDate date)
    {
        date = default;
        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and int mark ? mark : text.Length;
        bool isSeconds = form == DateForm.UnixSeconds;
        // Seconds may have a fraction.
        if (digits != (isSeconds ? SecondDigits : MillisecondDigits) || digits < text.Length && (!isSeconds || text[digits] != '.')
            || !Utf8Parser.TryParse(text, out double value, out int length) || length != text.Length)
            return false;
        double seconds = isSeconds ? value : value / 1000;
        if (seconds is < SecondsOf2001 or > SecondsOf2065)
            return false;
        date = new FoundDate(DateTime.UnixEpoch.AddSeconds(seconds), TimeSpan.Zero, HasTime: true);
        return true;
    }
}
