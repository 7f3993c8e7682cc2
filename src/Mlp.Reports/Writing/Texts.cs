using System.Globalization;
using System.Text;

namespace Mlp.Reports.Writing;

/// <summary>Numbers and names as text.</summary>
internal static class Texts
{
    // Of an average character, in em; a little wider than in common interface fonts.
    private const double CharacterWidth = 0.6;

    /// <summary>With thousands separators.</summary>
    public static string Count(double value) => Minus(value.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>Four significant digits.</summary>
    public static string Short(double value)
    {
        if (double.IsNaN(value))
            return "–";
        double size = Math.Abs(value);
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "−∞";
        if (size >= 1e6 || (size < 1e-4 && size > 0))
            return Minus(value.ToString("0.###e0", CultureInfo.InvariantCulture));
        if (size >= 1000)
            return Count(value);
        // −0 is 0.
        value += 0.0;
        int decimals = size == 0 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 7);
        return Minus(Math.Round(value, decimals).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture));
    }

    /// <summary>A percentage with one decimal, and a minus sign instead of a hyphen.</summary>
    public static string Percent(double share) =>
        double.IsNaN(share) ? "–" : Minus((100 * share).ToString("0.0", CultureInfo.InvariantCulture)) + "\u202F%";

    /// <summary>Three significant digits with a sign, as beside a bar.</summary>
    public static string Signed(double value)
    {
        double size = Math.Abs(value);
        double rounded = size is 0 or >= 1000 || !double.IsFinite(value) ? value
            : Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 15));
        return (value > 0 ? "+" : "") + Short(rounded);
    }

    /// <summary>A metric's value, or an end of its interval.</summary>
    public static string Of(ReportMetric metric, double value) => metric.IsShare ? Percent(value)
        : metric.Unit.Length > 0 ? $"{Short(value)}\u00A0{metric.Unit}" : Short(value);

    /// <summary>"1 row", "2 rows".</summary>
    public static string Plural(double count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>The largest width that a text can have, in pixels.</summary>
    public static double Width(string text, double fontSize) =>
        fontSize * text.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 ? 1.05 : CharacterWidth);

    /// <summary>The beginning that fits, with an ellipsis where something was left out.</summary>
    public static string Fit(string text, double width, double fontSize)
    {
        if (Width(text, fontSize) <= width)
            return text;
        var fitting = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Width(fitting.ToString() + rune + "…", fontSize) > width)
                break;
            fitting.Append(rune);
        }
        return fitting.Append('…').ToString();
    }

    private static string Minus(string number) => number.Replace('-', '−');
}
