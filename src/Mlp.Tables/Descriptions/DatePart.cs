namespace Mlp.Tables;

/// <summary>What a view gives of a date.</summary>
public enum DatePart
{
    /// <summary>Days since 1970-01-01 UTC, a time being the fraction: <see cref="float"/>.</summary>
    Days,

    /// <summary>"Monday" to "Sunday": text, empty for a missing date.</summary>
    Weekday,

    /// <summary>"January" to "December": text, empty for a missing date.</summary>
    Month,

    /// <summary>The time of day as it is written, in hours from 0 to below 24: <see cref="float"/>.</summary>
    Hour,

    /// <summary>Days since another date of the row: <see cref="float"/>.</summary>
    DaysSince,
}
