using System.Globalization;

namespace Mlp.Scoring;

/// <summary>What is learnt of dates. A time is taken as it stands, in UTC. Thread-safe.</summary>
public static class DateFeatures
{
    /// <summary>Days since 1970-01-01, a time being the fraction; NaN for a missing date.</summary>
    public static float Days(DateTime? date) => date is { } known ? (float)DaysOf(known) : float.NaN;

    /// <summary>Days from one date to another; NaN where one is missing.</summary>
    /// <param name="date">Usually the later one.</param>
    /// <param name="since">Usually the earlier one.</param>
    public static float DaysSince(DateTime? date, DateTime? since) =>
        date is { } known && since is { } first ? (float)(DaysOf(known) - DaysOf(first)) : float.NaN;

    /// <summary>The time of day, in hours; NaN for a missing date.</summary>
    public static float Hour(DateTime? date) => date is { } known ? (float)known.TimeOfDay.TotalHours : float.NaN;

    /// <summary>"Monday" to "Sunday"; empty for a missing date.</summary>
    public static string Weekday(DateTime? date) =>
        date is { } known ? CultureInfo.InvariantCulture.DateTimeFormat.DayNames[(int)known.DayOfWeek] : "";

    /// <summary>"January" to "December"; empty for a missing date.</summary>
    public static string Month(DateTime? date) =>
        date is { } known ? CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[known.Month - 1] : "";

    private static double DaysOf(DateTime date) => (date - DateTime.UnixEpoch).TotalDays;
}
