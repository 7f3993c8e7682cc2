using System.Globalization;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Maps values to positions: a linear or logarithmic scale with round ticks.</summary>
/// <param name="Label">What is shown, with its unit.</param>
/// <param name="Minimum">The value at the beginning; positive for a logarithmic scale.</param>
/// <param name="Maximum">The value at the end, larger.</param>
/// <param name="IsLogarithmic">Whether equal ratios get equal lengths.</param>
internal sealed record Axis(string Label, double Minimum, double Maximum, bool IsLogarithmic = false)
{
    /// <summary>Shares as percentages.</summary>
    public bool IsShare { get; init; }

    /// <summary>All values with some room around them; a single value gets room too.</summary>
    public static Axis Around(string label, IEnumerable<double> values, double room = 0.04)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        double minimum = finite.Min(), maximum = finite.Max();
        // Each is halved first: the difference of two large numbers of opposite signs would overflow to infinity.
        double margin = minimum == maximum ? (minimum == 0 ? 1 : 0.1 * Math.Abs(minimum)) : 2 * room * (maximum / 2 - minimum / 2);
        return new Axis(label, minimum - margin, maximum + margin);
    }

    /// <summary>Where a value lies, 0 at the beginning and 1 at the end; values outside are moved to the nearer end.</summary>
    public double Place(double value)
    {
        double place = IsLogarithmic
            ? Math.Log(Math.Max(value, double.Epsilon) / Minimum) / Math.Log(Maximum / Minimum)
            : (value / 2 - Minimum / 2) / (Maximum / 2 - Minimum / 2);
        return double.IsNaN(place) ? 0 : Math.Clamp(place, 0, 1);
    }

    /// <summary>Round values within the axis, lowest first.</summary>
    /// <param name="count">About how many.</param>
    public IReadOnlyList<(double Value, string Text)> Ticks(int count)
    {
        double[] values = [.. IsLogarithmic ? LogarithmicTicks(count) : LinearTicks(count)];
        return [.. values.Select(value => (value, TextOf(value)))];
    }

    private string TextOf(double value) =>
        IsShare ? $"{Math.Round(100 * value, 1).ToString("0.#", CultureInfo.InvariantCulture)}\u202F%" : Texts.Short(value);

    private IEnumerable<double> LinearTicks(int count)
    {
        double step = RoundStep((Maximum / 2 - Minimum / 2) / count * 2);
        for (double tick = Math.Ceiling(Minimum / step - 1e-9); tick * step <= Maximum + 1e-9 * step; tick++)
            yield return tick == 0 ? 0 : tick * step;
    }

    private IEnumerable<double> LogarithmicTicks(int count)
    {
        int first = (int)Math.Ceiling(Math.Log10(Minimum) - 1e-9), last = (int)Math.Floor(Math.Log10(Maximum) + 1e-9);
        if (last - first < 1)
        {
            foreach (double tick in LinearTicks(count).Where(tick => tick > 0))
                yield return tick;
            yield break;
        }
        int stride = Math.Max(1, (last - first + count) / count);
        for (int power = first; power <= last; power += stride)
            yield return Math.Pow(10, power);
    }

    /// <summary>The next larger 1, 2 or 5 times a power of ten.</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * ((step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
