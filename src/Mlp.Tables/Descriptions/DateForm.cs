namespace Mlp.Tables;

/// <summary>The forms of dates that are recognized. A text such as 05/06/2020 has two; a column is a date when exactly one fits all its
/// values.</summary>
[Flags]
public enum DateForm
{
    /// <summary>No date, or not known.</summary>
    None = 0,

    /// <summary>2020-01-31 or 2020/01/31.</summary>
    YearFirst = 1,

    /// <summary>31.01.2020.</summary>
    DayDot = 2,

    /// <summary>31/01/2020 or 31-01-2020.</summary>
    DayFirst = 4,

    /// <summary>01/31/2020 or 01-31-2020.</summary>
    MonthFirst = 8,

    /// <summary>31 Jan 2020, 31-January-2020 or Jan 31, 2020.</summary>
    MonthName = 16,

    /// <summary>All forms that a column can have before its first value is read.</summary>
    All = YearFirst | DayDot | DayFirst | MonthFirst | MonthName,
}
