using System.Globalization;

namespace Mlp.Tool.Output;

/// <summary>Numbers for people, the same in every culture.</summary>
internal static class Figures
{
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 row", "1,234 rows".</summary>
    public static string Count(long count, string singular, string plural) => $"{Count(count)} {(count == 1 ? singular : plural)}";

    /// <summary>"512 bytes", "12 KB", "3.4 MB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => Count(bytes, "byte", "bytes"),
        < 1024 * 1024 => $"{bytes / 1024.0:F0} KB",
        _ => $"{bytes / 1024.0 / 1024.0:F1} MB",
    };

    /// <summary>"0.8 s", "42 s", "3:05 min", "1:02:09 h".</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 10 => $"{seconds:F1} s",
        < 60 => $"{seconds:F0} s",
        < 3600 => $"{(int)seconds / 60}:{(int)seconds % 60:00} min",
        _ => $"{(int)seconds / 3600}:{(int)seconds / 60 % 60:00}:{(int)seconds % 60:00} h",
    };

    /// <summary>Five digits, or all of a larger whole number: "12.346", "798516".</summary>
    public static string Rounded(double value) =>
        value.ToString(Math.Abs(value) is >= 1e5 and < 1e15 ? "F0" : "G5", CultureInfo.InvariantCulture);

    public static string Value(double value, string format) =>
        double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
