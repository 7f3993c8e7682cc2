using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Class by class: how many of its rows are found, and how many of the rows that are predicted as it are of it.</summary>
internal static class ClassFigure
{
    private const int MaxBars = 12;

    /// <param name="page">To write to.</param>
    /// <param name="rows">Of several classes.</param>
    public static void Write(ReportPage page, ScoredRows rows)
    {
        TestPredictions predictions = rows.Predictions;
        ClassCounts[] classes =
            [.. Enumerable.Range(0, rows.ClassCount).Select(index => CountsOf(predictions, index, rows.OutputNames[index]))];
        ClassCounts[] drawn = [.. classes.Where(each => each.Actual > 0).OrderBy(each => each.F1).Take(MaxBars)];
        if (drawn.Length == 0)
            return;
        page.Figure(
            "Class by class",
            "The F1 score of each class, the harmonic mean of its precision and recall; the lowest first."
            + (drawn.Length < classes.Length ? $" {drawn.Length} of {classes.Length} are drawn." : ""),
            (markup, id) => Draw(markup, id, drawn),
            new ReportTable(
                "Precision, recall and F1", ["Class", "Precision", "Recall", "F1", "Rows", "Predicted"],
                [.. classes.Select(each => (string[])
                [
                    each.Name, Texts.Percent(each.Right / (double)each.Predicted), Texts.Percent(each.Right / (double)each.Actual),
                    Texts.Percent(each.F1), Texts.Count(each.Actual), Texts.Count(each.Predicted),
                ])]));
    }

    private static ClassCounts CountsOf(TestPredictions predictions, int index, string name) => new(
        name,
        predictions.Actual.Where((actual, row) => actual == index && predictions.Predicted[row] == index).Count(),
        predictions.Actual.Count(actual => actual == index), predictions.Predicted.Count(predicted => predicted == index));

    private static void Draw(Markup markup, string id, ClassCounts[] classes)
    {
        var bars = new BarChart(
            markup, id, "Class by class", $"Lowest: {classes[0].Name}, {Texts.Percent(classes[0].F1)}", classes.Length, "F1 score", 0, 1,
            hasNegative: false);
        for (int index = 0; index < classes.Length; index++)
            bars.Add(index, classes[index].Name, "", classes[index].F1, Texts.Percent(classes[index].F1), "f0 soft");
        bars.End();
    }

    private sealed record ClassCounts(string Name, int Right, int Actual, int Predicted)
    {
        /// <summary>NaN for a class that neither occurs nor is predicted.</summary>
        public double F1 => 2.0 * Right / (Actual + Predicted);
    }
}
