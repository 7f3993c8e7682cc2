using Mlp.Evaluation;
using Mlp.Reports.Content;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Tasks;

/// <summary>How well each of several labels is predicted.</summary>
internal static class LabelTable
{
    public static void Write(ReportPage page, ScoredRows scored)
    {
        TestPredictions predictions = scored.Predictions;
        var rows = new List<string[]>();
        int[] all = [.. Enumerable.Repeat(1, predictions.RowCount)];
        for (int label = 0; label < predictions.OutputCount; label++)
        {
            var counts = new LabelCounts();
            for (int row = 0; row < predictions.RowCount; row++)
                counts.Add(predictions.Target(row, label) > 0, predictions.Value(row, label) > 0.5);
            rows.Add([
                scored.OutputNames[label], Texts.Count(counts.TruePositives + counts.FalseNegatives), Texts.Percent(counts.Accuracy),
                Texts.Percent(counts.Precision), Texts.Percent(counts.Recall), Texts.Percent(counts.F1Score),
                Texts.Percent(Rank(predictions, label).AreaUnderRoc(all)),
            ]);
        }
        new ReportTable(
            "Label by label", ["Label", "Rows", "Accuracy", "Precision", "Recall", "F1 score", "Area under the ROC curve"], rows).Write(
            page.Markup);
    }

    /// <summary>The rows in the order of a label's probability.</summary>
    private static RankedScores Rank(TestPredictions predictions, int label) => new(
        [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Value(row, label))],
        [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Target(row, label) > 0)]);
}
