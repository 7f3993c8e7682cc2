using Mlp.Reports.Content;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>ROC and precision-recall curves: what other thresholds would do.</summary>
internal static class RankingFigures
{
    private const int MaxCurves = 6, MaxPoints = 200, TablePoints = 11;
    private const string OwnDot = " The dot is the model's own threshold.";

    /// <param name="page">To write to.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="each">What each curve is of, in words.</param>
    public static void Write(ReportPage page, ScoredRows rows, string each)
    {
        Curve[] curves = [.. Curves(rows)];
        if (curves.Length == 0)
            return;
        string limit = curves.Length > MaxCurves ? $" The {MaxCurves} hardest of {curves.Length} are drawn." : "";
        Curve[] drawn = [.. curves.OrderBy(curve => curve.Area).Take(MaxCurves).OrderBy(curve => curve.Index)];
        page.Figure(
            "ROC curve",
            $"{each}. Up: the share of its rows that are found. Right: the share of other rows that are mistaken for it. The closer to "
            + $"the upper left corner, the better; the dashed line is guessing.{(curves.Length == 1 ? OwnDot : "")}{limit}",
            (markup, id) => DrawRoc(markup, id, drawn),
            new ReportTable("Area under the ROC curve", ["Class", "Area", "Rows"], [.. curves.Select(curve =>
                (string[])[curve.Name, Texts.Short(curve.Area), Texts.Count(curve.Positives)])]));
        page.Figure(
            "Precision and recall",
            $"{each}. Up: the share of rows predicted as positive that are positive. Right: the share of positive rows that are found. "
            + $"{(rows.ClassCount == 2 ? OwnDot.TrimStart() : "Marks are at the threshold 0.5.")}{limit}",
            (markup, id) => DrawPrecision(markup, id, drawn),
            curves.Length == 1 ? Thresholds(curves[0]) : new ReportTable("Area under precision-recall", ["Class", "Area", "Rows"],
                [.. curves.Select(curve => (string[])[curve.Name, Texts.Short(curve.Precision), Texts.Count(curve.Positives)])]));
    }

    private static IEnumerable<Curve> Curves(ScoredRows rows)
    {
        TestPredictions predictions = rows.Predictions;
        int[] all = [.. Enumerable.Repeat(1, predictions.RowCount)];
        for (int index = rows.Task.NameIndexOf(0); index < rows.OutputNames.Count; index++)
        {
            bool[] applies = rows.ClassCount > 0
                ? [.. predictions.Actual.Select(actual => actual == index)]
                : [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Target(row, index) > 0)];
            double[] scores = [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Probability(row, index))];
            var ranked = new RankedScores(scores, applies);
            double area = ranked.AreaUnderRoc(all);
            if (double.IsFinite(area))
            {
                yield return new Curve(
                    index, rows.OutputNames[index], area, ranked.AreaUnderPrecisionRecall(all), ranked.Steps(), scores, applies,
                    [.. rows.ClassCount == 2 ? predictions.Predicted.Select(each => each == index) : scores.Select(score => score > 0.5)]);
            }
        }
    }

    private static void DrawRoc(Markup markup, string id, Curve[] curves)
    {
        var chart = new Chart(
            markup, id, "ROC curve", string.Join("; ", curves.Select(curve => $"{curve.Name}: area {Texts.Short(curve.Area)}")),
            height: 300);
        chart.Frame(
            new Axis("false positive rate", 0, 1) { IsShare = true }, new Axis("true positive rate", 0, 1) { IsShare = true },
            Room(curves));
        chart.Line([(chart.X(0), chart.Y(0)), (chart.X(1), chart.Y(1))], "guide");
        for (int index = 0; index < curves.Length; index++)
        {
            Curve curve = curves[index];
            chart.Line(
                Thin(curve.Steps).Select(step => (chart.X(step.Negatives / curve.Negatives), chart.Y(step.Positives / curve.Positives))),
                $"s{index}", curve.Name);
        }
        if (curves is [var only])
            chart.Mark(only.Own.Negatives / only.Negatives, only.Own.Positives / only.Positives, 0, "f0 own roc", size: 4);
        if (curves.Length == 1)
            chart.Text(chart.Right - 8, chart.Bottom - 12, $"area {Texts.Short(curves[0].Area)}", "label", "end");
        else
            chart.EndLabels([.. curves.Select((curve, index) => (MiddleOf(curve), curve.Name, $"t{index}"))]);
        chart.End();
    }

    private static void DrawPrecision(Markup markup, string id, Curve[] curves)
    {
        var chart = new Chart(
            markup, id, "Precision and recall",
            string.Join("; ", curves.Select(curve => $"{curve.Name}: area {Texts.Short(curve.Precision)}")), height: 300);
        chart.Frame(new Axis("recall", 0, 1) { IsShare = true }, new Axis("precision", 0, 1) { IsShare = true }, Room(curves));
        for (int index = 0; index < curves.Length; index++)
        {
            Curve curve = curves[index];
            chart.Line(
                RankedScores.PrecisionCurve(Thin(curve.Steps), curve.Positives)
                    .Select(point => (chart.X(point.Recall), chart.Y(point.Precision))), $"s{index}", curve.Name);
            (double positives, double negatives) = curve.Own;
            if (positives + negatives > 0)
            {
                chart.Mark(
                    positives / curve.Positives, positives / (positives + negatives), index,
                    curves.Length == 1 ? "f0 own" : $"f{index} point", size: 4);
            }
        }
        if (curves.Length > 1)
            chart.EndLabels([.. curves.Select((curve, index) => (curve.Precision, curve.Name, $"t{index}"))]);
        chart.End();
    }

    private static double Room(Curve[] curves) => curves.Length == 1
        ? 14 : Math.Clamp(12 + curves.Max(curve => Texts.Width(curve.Name, Chart.FontSize)), 40, 110);

    private static double MiddleOf(Curve curve) => 1 - (1 - curve.Area) / 2;

    /// <summary>A subset of the points, small enough to draw, with the first and the last.</summary>
    private static IEnumerable<(double Positives, double Negatives)> Thin(List<(double Positives, double Negatives)> steps)
    {
        // Points inside a vertical or horizontal segment add nothing; of the others every n-th is enough.
        (double, double)[] corners = [.. steps.Where((step, index) => index == 0 || index == steps.Count - 1
            || !((step.Positives == steps[index - 1].Positives && step.Positives == steps[index + 1].Positives)
                || (step.Negatives == steps[index - 1].Negatives && step.Negatives == steps[index + 1].Negatives)))];
        int stride = Math.Max(1, corners.Length / MaxPoints);
        return corners.Where((_, index) => index % stride == 0 || index == corners.Length - 1);
    }

    private static ReportTable Thresholds(Curve curve) => new(
        "Precision and recall by threshold", ["Threshold", "Precision", "Recall", "Predicted as positive"],
        [.. Enumerable.Range(0, TablePoints).Select(index => index / (double)(TablePoints - 1)).Select(threshold =>
        {
            (double positives, double negatives) = curve.At(threshold);
            return (string[])
            [
                Texts.Short(threshold), Texts.Percent(positives / (positives + negatives)), Texts.Percent(positives / curve.Positives),
                Texts.Count(positives + negatives),
            ];
        })]);

    private sealed record Curve(
        int Index, string Name, double Area, double Precision, List<(double Positives, double Negatives)> Steps, double[] Scores,
        bool[] Applies, bool[] Predicted)
    {
        public double Positives => Steps[^1].Positives;

        public double Negatives => Steps[^1].Negatives;

        /// <summary>Rows that are predicted as the class: those of it, and others.</summary>
        public (double Positives, double Negatives) Own => Count(row => Predicted[row]);

        /// <summary>Rows above a threshold: those of the class, and others.</summary>
        public (double Positives, double Negatives) At(double threshold) => Count(row => Scores[row] > threshold);

        private (double Positives, double Negatives) Count(Func<int, bool> isSelected)
        {
            double positives = 0, negatives = 0;
            for (int row = 0; row < Scores.Length; row++)
            {
                if (isSelected(row))
                    (positives, negatives) = Applies[row] ? (positives + 1, negatives) : (positives, negatives + 1);
            }
            return (positives, negatives);
        }
    }
}
