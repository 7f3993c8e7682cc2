using System.Numerics;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>What differs between the dates of a column.</summary>
internal sealed class DateSpread
{
    private uint _weekdays, _months, _hours;

    /// <summary>Days since 1970-01-01.</summary>
    public double First { get; private set; } = double.PositiveInfinity;

    public double Last { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether some date is not the first of its month: where all are, months are meant.</summary>
    public bool HasDays { get; private set; }

    public int WeekdayCount => BitOperations.PopCount(_weekdays);

    public int MonthCount => BitOperations.PopCount(_months);

    public int HourCount => BitOperations.PopCount(_hours);

    public void Add(DateSpread other)
    {
        First = Math.Min(First, other.First);
        Last = Math.Max(Last, other.Last);
        HasDays |= other.HasDays;
        _weekdays |= other._weekdays;
        _months |= other._months;
        _hours |= other._hours;
    }

    public void Add(FoundDate date)
    {
        First = Math.Min(First, date.Days);
        Last = Math.Max(Last, date.Days);
        HasDays |= date.Local.Day > 1;
        _weekdays |= 1u << (int)date.Local.DayOfWeek;
        _months |= 1u << date.Local.Month;
        _hours |= 1u << date.Local.Hour;
    }
}
