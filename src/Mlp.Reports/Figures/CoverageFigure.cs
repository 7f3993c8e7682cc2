using Mlp.Models.Intervals;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Whether prediction intervals hold as many labels as they are to, among low and among high predictions.</summary>
internal static class CoverageFigure
{
    private const int PartCount = CoverageChart.PartCount;

    /// <param name="page">To write to.</param>
    /// <param name="content">Has predictions.</param>
    /// <param name="intervals">Of the model.</param>
    /// <param name="target">Zero-based.</param>
    public static void Write(ReportPage page, ReportContent content, IntervalModel<float> intervals, int target)
    {
        TestPredictions predictions = content.Predictions!;
        (float[] lower, float[] upper) = Compute(content, intervals);
        (int levelCount, double level) = (intervals.Levels.Length, intervals.Levels[^1]);
        int[] order = [.. Enumerable.Range(0, predictions.RowCount).OrderBy(row => predictions.Value(row, target))];
        int partCount = Math.Min(PartCount, order.Length);
        // Level by level.
        CoveragePart[][] parts = [.. Enumerable.Range(0, levelCount).Select(index => Enumerable.Range(0, partCount).Select(part => PartOf(
            order[(part * order.Length / partCount)..((part + 1) * order.Length / partCount)], index)).ToArray())];
        CoveragePart[] all = [.. Enumerable.Range(0, levelCount).Select(index => PartOf(order, index))];
        string name = content.OutputNames[target];
        page.Figure(
            content.OutputNames.Count == 1 ? "Prediction intervals" : $"Prediction intervals: {name}",
            $"{(levelCount == 1 ? "" : $"{levelCount} levels. ")}Intervals of the level {Texts.Percent(level)} hold "
                + $"{Texts.Percent(all[^1].Share)} of the test rows and are {Texts.Short(all[^1].Size)} wide on "
                + "average. Each point is a quarter of the rows, by their prediction; where it is on "
                + $"{(levelCount == 1 ? "the dashed line" : "the dashed line of its level")}, intervals hold what they are to. Vertical "
                + "lines are 95\u202F% intervals of the share.",
            (markup, id) => CoverageChart.Draw(
                markup, id, parts, intervals.Levels, "Prediction intervals",
                $"Share of rows of which the interval holds {name}, by quarter of the prediction",
                "quarter of the rows, lowest predictions first"),
            new ReportTable(
                "Rows by their prediction", ["Rows", "Level", "Count", "Held", "Mean width"],
                [
                    .. parts.SelectMany((ofLevel, each) => ofLevel.Select(
                        (part, index) => ToCells($"quarter {index + 1}", intervals.Levels[each], part))),
                    .. all.Select((part, index) => ToCells("all", intervals.Levels[index], part)),
                ]));

        CoveragePart PartOf(int[] rows, int index)
        {
            int slot = target * levelCount + index, width = intervals.TargetCount * levelCount;
            // Labels are Single; so are the bounds.
            int held = rows.Count(row => (float)predictions.Target(row, target) >= lower[row * width + slot]
                && (float)predictions.Target(row, target) <= upper[row * width + slot]);
            return new CoveragePart(
                rows.Length, held / (double)rows.Length,
                rows.Average(row => (double)upper[row * width + slot] - lower[row * width + slot]));
        }
    }

    private static string[] ToCells(string rows, double level, CoveragePart part) =>
        [rows, Texts.Percent(level), Texts.Count(part.Count), Texts.Percent(part.Share), Texts.Short(part.Size)];

    private static (float[] Lower, float[] Upper) Compute(ReportContent content, IntervalModel<float> intervals)
    {
        TestPredictions predictions = content.Predictions!;
        int width = intervals.TargetCount * intervals.Levels.Length, scaleCount = 2 * intervals.TargetCount;
        float[] scales = intervals.Scales is null ? [] : Scales(content, intervals.Scales);
        var (lower, upper) = (new float[predictions.RowCount * width], new float[predictions.RowCount * width]);
        for (int row = 0; row < predictions.RowCount; row++)
        {
            float[] values = [.. Enumerable.Range(0, intervals.TargetCount).Select(target => (float)predictions.Value(row, target))];
            intervals.Compute(
                values, scales.Length == 0 ? [] : scales.AsSpan(row * scaleCount, scaleCount), lower.AsSpan(row * width, width),
                upper.AsSpan(row * width, width));
        }
        return (lower, upper);
    }

    private static float[] Scales(ReportContent content, Model<float> model)
    {
        using var predictor = new Predictor<float>(model);
        RowBlocks<double> features = content.Test!.Features;
        var scales = new float[features.RowCount * model.Network.OutputCount];
        for (int row = 0; row < features.RowCount; row++)
        {
            (float[] values, int[] keys) = ReportKeys.Split<float>(features[row], model.FeatureCount, content.KeyCounts.Length);
            predictor.Predict(values, keys, scales.AsSpan(row * model.Network.OutputCount, model.Network.OutputCount));
        }
        return scales;
    }
}
