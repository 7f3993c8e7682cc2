using Mlp.Data;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Predicted against actual numbers, and how the errors are spread.</summary>
internal static class ResidualFigures
{
    private const int MaxPoints = 800, TableRows = 12;

    public static void WritePredicted(ReportPage page, ScoredRows rows, int target)
    {
        TestPredictions predictions = rows.Predictions;
        (double Actual, double Predicted)[] pairs = [.. Enumerable.Range(0, predictions.RowCount)
            .Select(row => (predictions.Target(row, target), predictions.Value(row, target)))];
        int stride = 1 + (pairs.Length - 1) / MaxPoints;
        (double Actual, double Predicted)[] drawn = [.. pairs.Where((_, row) => row % stride == 0)];
        string name = rows.OutputNames[target];
        string sample = stride == 1 ? "" : $" {Texts.Count(drawn.Length)} of {Texts.Count(pairs.Length)} rows are drawn.";
        page.Figure(
            Title("Predicted against actual", rows, target),
            $"A row on the dashed line is predicted exactly; above it too high, below it too low.{sample}",
            (markup, id) =>
            {
                var chart = new Chart(
                    markup, id, $"Predicted against actual {name}", $"{Texts.Count(drawn.Length)} test rows", height: 300);
                var axis = Axis.Around($"actual {name}", drawn.SelectMany(pair => (double[])[pair.Actual, pair.Predicted]));
                chart.Frame(axis, axis with { Label = $"predicted {name}" });
                chart.Line([(chart.X(axis.Minimum), chart.Y(axis.Minimum)), (chart.X(axis.Maximum), chart.Y(axis.Maximum))], "guide");
                foreach ((double actual, double predicted) in drawn)
                    chart.Mark(actual, predicted, 0, "point f0", size: drawn.Length > 300 ? 2.4 : 3.2);
                chart.End();
            },
            Deciles(pairs, name));
    }

    public static void WriteHistogram(ReportPage page, ScoredRows rows, int target)
    {
        TestPredictions predictions = rows.Predictions;
        double[] errors =
            [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Value(row, target) - predictions.Target(row, target))];
        var axis = Axis.Around($"error: predicted minus actual {rows.OutputNames[target]}", errors.Append(0), room: 0);
        double[] sorted = [.. errors.Order()];
        page.Figure(
            Title("Errors", rows, target),
            "Rows by their error. A peak away from 0 is a bias; a long tail on one side often means that an important feature is missing.",
            (markup, id) =>
            {
                var chart = new Chart(
                    markup, id, "Errors", $"Median {Texts.Short(RobustStatistics.Quantile<double>(sorted, 0.5))}", height: 300);
                Histogram.Draw(chart, axis, errors);
                chart.Segment(chart.X(0), chart.Top, chart.X(0), chart.Bottom, "guide");
                chart.End();
            },
            new ReportTable("Errors at some ranks", ["Rank", "Error"], [.. ((double[])[0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]).Select(
                part => (string[])[RankName(part), Texts.Short(RobustStatistics.Quantile<double>(sorted, part))])]));
    }

    private static string Title(string title, ScoredRows rows, int target) =>
        rows.OutputNames.Count == 1 ? title : $"{title}: {rows.OutputNames[target]}";

    private static string RankName(double part) => part switch
    {
        0 => "lowest",
        0.5 => "median",
        1 => "highest",
        _ => $"{Texts.Short(100 * part)}\u202F% are lower",
    };

    /// <summary>Means in groups of equal size, by the actual value.</summary>
    private static ReportTable Deciles((double Actual, double Predicted)[] pairs, string name)
    {
        (double Actual, double Predicted)[] sorted = [.. pairs.OrderBy(pair => pair.Actual)];
        int groupCount = Math.Min(TableRows, sorted.Length);
        return new ReportTable(
            $"Rows in {groupCount} groups by their actual {name}", ["Actual, mean", "Predicted, mean", "Rows"],
            [.. Enumerable.Range(0, groupCount)
                .Select(group => sorted[(group * sorted.Length / groupCount)..((group + 1) * sorted.Length / groupCount)])
                .Select(rows => (string[])
                [
                    Texts.Short(rows.Average(row => row.Actual)), Texts.Short(rows.Average(row => row.Predicted)), Texts.Count(rows.Length),
                ])])
        {
            TextColumns = 0,
        };
    }
}
