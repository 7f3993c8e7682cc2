namespace Mlp.Tables;

/// <summary>The forms of dates that are recognized. A text such as 05/06/2020 has two; a column is a date when exactly one fits all its
/// values, or when each value has one of several that cannot be confused: 2020-01-31 and 31.01.2020.</summary>
[Flags]
public enum DateForm
{
    /// <summary>No date, or not known.</summary>
    None = 0,

    /// <summary>2020-01-31, 2020/01/31 or 2020.01.31; 2020-01 is the first day.</summary>
    YearFirst = 1,

    /// <summary>31.01.2020 or 31.1.20.</summary>
    DayDot = 2,

    /// <summary>31/01/2020, 31-01-2020 or 31/1/20.</summary>
    DayFirst = 4,

    /// <summary>01/31/2020, 01-31-2020 or 1/31/20.</summary>
    MonthFirst = 8,

    /// <summary>31 Jan 2020, 31-January-2020, Jan 31, 2020, Jan-2020 or 2020-Q1, also with the months of some other languages.</summary>
    MonthName = 16,

    /// <summary>20200131, 20200131T235959 or 20200131235959; 202001 is the first day.</summary>
    Compact = 32,

    /// <summary>01/2020 or 1-2020: the first day.</summary>
    MonthYear = 64,

    /// <summary>All forms that can be told from the values alone.</summary>
    All = YearFirst | DayDot | DayFirst | MonthFirst | MonthName | Compact | MonthYear,

    /// <summary>1580428800 or 1580428800.5: seconds since 1970-01-01 UTC, of the years 2001 to 2065.</summary>
    UnixSeconds = 128,

    /// <summary>1580428800000: milliseconds since 1970-01-01 UTC, of the years 2001 to 2065.</summary>
    UnixMilliseconds = 256,
}
