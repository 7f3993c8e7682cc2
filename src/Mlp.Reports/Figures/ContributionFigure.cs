using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>What each column adds to the score of a row: bars to either side.</summary>
internal static class ContributionFigure
{
    private const int MaxBars = 8;

    /// <param name="page">To write to.</param>
    /// <param name="title">Of the figure.</param>
    /// <param name="outcome">What was predicted, in words.</param>
    /// <param name="outputName">Of the output that is explained.</param>
    /// <param name="baselineScore">Where the bars begin.</param>
    /// <param name="score">Where they end.</param>
    /// <param name="contributions">Of each column its name, its value and its part; the largest first, and at least one.</param>
    public static void Write(
        ReportPage page, string title, string outcome, string outputName, double baselineScore, double score,
        IReadOnlyList<(string Name, string Value, double Contribution)> contributions)
    {
        (string Name, string Ending, double Value)[] bars = [.. contributions.Take(MaxBars).Select(
            each => (each.Name, $" = {Texts.Fit(each.Value, 80, Chart.FontSize)}", each.Contribution))];
        if (contributions.Count > MaxBars)
        {
            var rest = contributions.Skip(MaxBars).ToArray();
            bars = [.. bars, (Texts.Plural(rest.Length, "other column"), "", rest.Sum(each => each.Contribution))];
        }
        string[][] numbers = [.. contributions.Select(each => (string[])[each.Name, each.Value, Texts.Signed(each.Contribution)])];
        page.Figure(
            title,
            $"The score of {outputName} goes from {Texts.Short(baselineScore)} to "
            + $"{Texts.Short(score)}: blue bars raise it, orange bars lower it.",
            (markup, id) =>
            {
                var chart = new BarChart(
                    markup, id, outcome,
                    $"The largest contribution is that of {bars[0].Name}{bars[0].Ending}, {Texts.Signed(bars[0].Value)}", bars.Length,
                    $"added to the score of {outputName}",
                    Math.Min(0, bars.Min(bar => bar.Value)), Math.Max(bars.Max(bar => bar.Value), bars.All(bar => bar.Value == 0) ? 1 : 0),
                    hasNegative: bars.Any(bar => bar.Value < 0));
                for (int index = 0; index < bars.Length; index++)
                    chart.Add(
                        index, bars[index].Name, bars[index].Ending, bars[index].Value, Texts.Signed(bars[index].Value),
                        bars[index].Value >= 0 ? "f0 soft" : "f1 soft");
                chart.End();
            },
            new ReportTable("All columns", ["Column", "Value", "Contribution"], numbers) { TextColumns = 2 });
    }
}
