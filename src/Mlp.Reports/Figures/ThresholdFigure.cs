using System.Globalization;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>What another threshold of two classes would do: a table at some thresholds, and a slider that the page's script brings to
/// life.</summary>
internal static class ThresholdFigure
{
    private const int StepCount = 1000, TableStride = 50;

    /// <param name="page">To write to.</param>
    /// <param name="rows">Of two classes, at least one.</param>
    /// <param name="threshold">Of the model, in [0, 1]: above it the second class is predicted.</param>
    public static void Write(ReportPage page, ScoredRows rows, double threshold)
    {
        TestPredictions predictions = rows.Predictions;
        (int[] found, int[] mistaken) = (CountAbove(predictions, classIndex: 1), CountAbove(predictions, classIndex: 0));
        int positiveCount = predictions.Actual.Count(actual => actual == 1);
        var all = new Counts(0, positiveCount, predictions.RowCount - positiveCount);
        if (all.Found == 0 || all.Mistaken == 0)
            return;
        int[] ofPositive = [.. Enumerable.Range(0, predictions.RowCount).Where(row => predictions.Predicted[row] == 1)];
        int ownFound = ofPositive.Count(row => predictions.Actual[row] == 1);
        var own = new Counts(threshold, ownFound, ofPositive.Length - ownFound);
        string positive = rows.OutputNames[1];
        page.Figure(
            "Another threshold",
            $"A row is predicted as {positive} where the probability is above the threshold. A high one gives few false alarms, a low one "
            + "misses few rows. These are test rows: a threshold that is chosen by them looks a little better here than it is.",
            (markup, id) =>
            {
                markup.Open(
                    "div", ("class", "threshold"), ("data-found", Join(found)), ("data-mistaken", Join(mistaken)),
                    ("data-own", FormattableString.Invariant($"{threshold:R} {own.Found} {own.Mistaken}")),
                    ("data-rows", FormattableString.Invariant($"{all.Found} {all.Mistaken}")));
                WriteControls(markup, id, threshold);
                WriteFigures(markup, own, all);
                markup.Close();
            },
            new ReportTable(
                "By threshold", ["Threshold", "Found", "Missed", "False alarms", "Precision", "Recall", "F1 score", "Accuracy"],
                [.. Enumerable.Range(0, StepCount / TableStride + 1).Select(index => index * TableStride)
                    .Select(step => new Counts(step / (double)StepCount, found[step], mistaken[step])).Select(each => (string[])
                    [
                        Texts.Short(each.Threshold), Texts.Count(each.Found), Texts.Count(all.Found - each.Found),
                        Texts.Count(each.Mistaken), Texts.Percent(each.Precision), Texts.Percent(each.Recall(all)),
                        Texts.Percent(each.F1(all)), Texts.Percent(each.Accuracy(all)),
                    ])]));
    }

    /// <summary>Hidden until the script runs.</summary>
    private static void WriteControls(Markup markup, string id, double threshold)
    {
        markup.Open("div", ("class", "controls"), ("data-is", "controls"), ("hidden", "hidden"));
        markup.Open("label", ("for", id + "-s"));
        markup.Text("Threshold ");
        markup.Leaf("output", Texts.Short(threshold), ("data-is", "threshold"), ("for", id + "-s"));
        markup.Close();
        markup.Empty(
            "input", ("type", "range"), ("id", id + "-s"), ("data-is", "slider"), ("min", "0"), ("max", Markup.Number(StepCount)),
            ("value", Markup.Number(Math.Round(StepCount * threshold))), ("autocomplete", "off"));
        WriteCost(markup, id + "-m", "missed-cost", "Cost of a row missed ");
        WriteCost(markup, id + "-a", "alarm-cost", "Cost of a false alarm ");
        markup.Open("div", ("class", "buttons"));
        markup.Leaf("button", "As the model has it", ("type", "button"), ("data-is", "own"));
        markup.Leaf("button", "Best F1 score", ("type", "button"), ("data-is", "best-f1"));
        markup.Leaf("button", "Lowest cost", ("type", "button"), ("data-is", "best-cost"));
        markup.Close();
        markup.CloseBlock();
    }

    private static void WriteCost(Markup markup, string id, string name, string text)
    {
        markup.Open("label", ("for", id));
        markup.Text(text);
        markup.Empty(
            "input", ("type", "number"), ("id", id), ("data-is", name), ("min", "0"), ("step", "any"), ("value", "1"),
            ("inputmode", "decimal"), ("autocomplete", "off"));
        markup.Close();
    }

    /// <summary>At the model's own threshold, where an error costs 1.</summary>
    private static void WriteFigures(Markup markup, Counts own, Counts all)
    {
        markup.Open("table", ("class", "plain"));
        markup.Leaf("caption", $"At the threshold {Texts.Short(own.Threshold)}", ("data-is", "at"));
        markup.Open("tbody");
        foreach ((string name, string value, string header) in ((string, string, string)[])
            [
                ("precision", Texts.Percent(own.Precision), "Precision"), ("recall", Texts.Percent(own.Recall(all)), "Recall"),
                ("f1", Texts.Percent(own.F1(all)), "F1 score"), ("accuracy", Texts.Percent(own.Accuracy(all)), "Accuracy"),
                ("predicted", Texts.Count(own.Found + own.Mistaken), "Rows predicted as positive"),
                ("cost", Texts.Count(all.Found - own.Found + own.Mistaken), "Cost: 1 a row missed, 1 a false alarm"),
            ])
        {
            markup.Open("tr");
            markup.Leaf("th", header, ("scope", "row"), ("class", "text"), ("data-is", name + "-name"));
            markup.Leaf("td", value, ("class", "number"), ("data-is", name));
            markup.Close();
        }
        markup.Close();
        markup.CloseBlock();
    }

    /// <summary>The rows of a class whose probability is above each of the thresholds 0, 0.001, …, 1.</summary>
    private static int[] CountAbove(TestPredictions predictions, int classIndex)
    {
        double[] scores = [.. Enumerable.Range(0, predictions.RowCount).Where(row => predictions.Actual[row] == classIndex)
            .Select(row => predictions.Values[row]).Order()];
        var counts = new int[StepCount + 1];
        int below = 0;
        for (int step = 0; step <= StepCount; step++)
        {
            while (below < scores.Length && scores[below] <= step / (double)StepCount)
                below++;
            counts[step] = scores.Length - below;
        }
        return counts;
    }

    private static string Join(int[] counts) => string.Join(' ', counts.Select(count => count.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Rows that are predicted as positive above a threshold: those that are, and the false alarms.</summary>
    private sealed record Counts(double Threshold, int Found, int Mistaken)
    {
        public double Precision => Found / (double)(Found + Mistaken);

        public double Recall(Counts all) => Found / (double)all.Found;

        public double F1(Counts all) => 2.0 * Found / (all.Found + Found + Mistaken);

        public double Accuracy(Counts all) => (Found + all.Mistaken - Mistaken) / (double)(all.Found + all.Mistaken);
    }
}
