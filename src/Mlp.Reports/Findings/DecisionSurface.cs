using Mlp.Data;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Findings;

/// <summary>Predictions over one or two features, the others held at one value.</summary>
/// <param name="XFeature">From left to right.</param>
/// <param name="YFeature">From bottom to top; null when there is only one feature.</param>
/// <param name="Still">The values at which the other features are held, one per feature; those of the two are not used.</param>
/// <param name="Note">Why these two, in words.</param>
internal sealed record DecisionSurface(int XFeature, int? YFeature, double[] Still, string Note)
{
    // Two features are drawn alone if they reach this share of the quality of all features.
    private const double SufficientShare = 0.9;

    /// <summary>Null where more than two features are needed, or the task has several outputs at once.</summary>
    public static DecisionSurface? Find(ReportContent content, ReportFindings findings)
    {
        if ((content.Test ?? content.Train) is not { RowCount: > 0 } rows || !content.Task.CanBeDrawn(content.Model.Network.OutputCount))
            return null;
        RowBlocks<double> known = content.Train is { RowCount: > 0 } train ? train.Features : rows.Features;
        double[] still = RobustStatistics.Compute(known).Medians;
        foreach (CategorySlots category in content.Model.Layout?.Categories ?? [])
            HoldAtMostCommon(known, still.AsSpan(category.First, category.ValueCount), category.First);
        for (int key = content.Model.FeatureCount; key < still.Length; key++)
            still[key] = Enumerable.Range(0, known.RowCount).CountBy(row => known[row][key]).MaxBy(pair => pair.Value).Key;
        bool hasCategories = content.KeyCounts.Length > 0 || content.Model.Layout is { Categories.Length: > 0 };
        if (content.FeatureNames.Count == 1)
            return new DecisionSurface(0, null, still, "");
        // Of two features that are the values of one category, or one of them a key, no points between them mean anything.
        if (content.FeatureNames.Count == 2 && hasCategories)
            return null;
        if (content.FeatureNames.Count == 2)
            return new DecisionSurface(0, 1, still, "");
        int[] single = [.. findings.Importances.Where(importance => importance.FeatureCount == 1 && importance.Mean > 0
                && importance.FirstFeature < content.Model.FeatureCount).Take(2)
            .Select(importance => importance.FirstFeature)];
        if (single.Length < 2)
            return null;
        double sufficient = QualityWith(content, still, single), all = Quality(content, content.Predictions!.Values);
        return all > 0 && sufficient >= SufficientShare * all
            ? new DecisionSurface(
                single[0], single[1], still,
                $"With the other {content.FeatureNames.Count - 2} features held at their medians"
                    + (hasCategories ? " or most common values" : "") + ", these two reach "
                + $"{Texts.Percent(sufficient / all)} of the quality of all features together.")
            : null;
    }

    /// <summary>The medians of a category's flags are mostly 0 in all of them, which is none of its values.</summary>
    private static void HoldAtMostCommon(RowBlocks<double> rows, Span<double> flags, int first)
    {
        var counts = new int[flags.Length];
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (rows[row].Slice(first, flags.Length).IndexOf(1) is >= 0 and int value)
                counts[value]++;
        }
        flags.Clear();
        flags[Array.IndexOf(counts, counts.Max())] = 1;
    }

    private static double QualityWith(ReportContent content, double[] still, int[] features)
    {
        RowBlocks<double> rows = content.Test!.Features;
        var held = new RowBlocks<double>(rows.RowLength, rows.RowCount);
        for (int row = 0; row < rows.RowCount; row++)
        {
            Span<double> values = held.Add();
            still.CopyTo(values);
            foreach (int feature in features)
                values[feature] = rows[row][feature];
        }
        return Quality(content, TestPredictions.Predict(content, held));
    }

    /// <summary>1 minus the loss relative to that of always predicting the same; at most 1.</summary>
    private static double Quality(ReportContent content, double[] values)
    {
        TestPredictions predictions = content.Predictions!;
        double loss = predictions.RowLosses(values).Average();
        double without = content.Task.LossWithoutFeatures(predictions);
        return without == 0 ? 0 : 1 - loss / without;
    }
}
