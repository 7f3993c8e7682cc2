using Mlp.Models.Intervals;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Whether sets of classes hold the true one as often as they are to, where the model is sure and where it is not.</summary>
internal static class SetFigure
{
    private const string Title = "Sets of classes";

    /// <param name="page">To write to.</param>
    /// <param name="rows">With classes.</param>
    /// <param name="sets">Of the model.</param>
    public static void Write(ReportPage page, ScoredRows rows, LabelSets sets)
    {
        TestPredictions predictions = rows.Predictions;
        int classCount = rows.ClassCount;
        // Probabilities are Single; so is the threshold.
        float[][] probabilities = [.. Enumerable.Range(0, predictions.RowCount).Select(row => Enumerable.Range(0, classCount)
            .Select(index => (float)predictions.Probability(row, index)).ToArray())];
        float[] largest = [.. probabilities.Select(each => each.Max())];
        int[] order = [.. Enumerable.Range(0, predictions.RowCount).OrderBy(row => largest[row])];
        int partCount = Math.Min(CoverageChart.PartCount, order.Length);
        CoveragePart[] parts = [.. Enumerable.Range(0, partCount).Select(part => PartOf(
            order[(part * order.Length / partCount)..((part + 1) * order.Length / partCount)]))];
        CoveragePart all = PartOf(order);
        page.Figure(
            Title,
            $"Sets of the level {Texts.Percent(sets.Level)} hold the class of {Texts.Percent(all.Share)} of the test rows and are of "
                + $"{Texts.Short(all.Size)} classes on average. They are to hold that share of all rows: more of those where the model is "
                + "sure, fewer of the others. Each point is a quarter of the rows, by the largest probability; vertical lines are "
                + "95\u202F% intervals of the share.",
            (markup, id) => CoverageChart.Draw(
                markup, id, [parts], [sets.Level], Title,
                "Share of rows of which the set holds the class, by quarter of the largest probability",
                "quarter of the rows, least sure first"),
            new ReportTable(
                "Rows by how sure the model is", ["Rows", "Level", "Count", "Held", "Mean size"],
                [.. parts.Select((part, index) => ToCells($"quarter {index + 1}", part)), ToCells("all", all)]));

        CoveragePart PartOf(int[] own) => new(
            own.Length, own.Average(row => Holds(row, predictions.Actual[row]) ? 1.0 : 0),
            own.Average(row => (double)Enumerable.Range(0, classCount).Count(index => Holds(row, index))));

        bool Holds(int row, int classIndex) => sets.Contains(probabilities[row][classIndex], largest[row]);

        string[] ToCells(string name, CoveragePart part) =>
            [name, Texts.Percent(sets.Level), Texts.Count(part.Count), Texts.Percent(part.Share), Texts.Short(part.Size)];
    }
}
