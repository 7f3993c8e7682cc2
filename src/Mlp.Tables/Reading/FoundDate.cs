namespace Mlp.Tables.Reading;

/// <summary>A date that was read.</summary>
/// <param name="Local">As it is written.</param>
/// <param name="Offset">From UTC; zero where none is written.</param>
/// <param name="HasTime">Whether a time is written.</param>
internal readonly record struct FoundDate(DateTime Local, TimeSpan Offset, bool HasTime)
{
    /// <summary>Days since 1970-01-01 in UTC; a time is the fraction.</summary>
    public double Days => (Local - DateTime.UnixEpoch - Offset).TotalDays;
}
