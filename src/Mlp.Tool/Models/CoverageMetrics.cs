using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>How often intervals, or sets of classes, hold the true label, and how large they are.</summary>
/// <remarks>Nothing for a model without. A zip of several levels is judged by its highest; several targets are not judged.</remarks>
internal static class CoverageMetrics
{
    private const string Levels = "Levels";

    /// <param name="task">Of the model.</param>
    /// <param name="scored">With predictions and the label.</param>
    /// <param name="labelColumn">Its name.</param>
    public static IEnumerable<Metric> Of(TableTask task, IDataView scored, string labelColumn)
    {
        bool isNumber = task == TableTask.Regression;
        if (scored.Schema.GetColumnOrNull(isNumber ? MLNetColumns.Lower : MLNetColumns.PredictedLabelSet) is not { } column)
            return [];
        double level = LevelsOf(column)[^1];
        return isNumber ? OfIntervals(scored, labelColumn, level) : OfSets(task, scored, labelColumn, level);
    }

    /// <summary>Those of a column of intervals or sets.</summary>
    public static double[] LevelsOf(DataViewSchema.Column column)
    {
        VBuffer<double> levels = default;
        column.Annotations.GetValue(Levels, ref levels);
        return [.. levels.DenseValues()];
    }

    private static Metric[] OfIntervals(IDataView scored, string labelColumn, double level)
    {
        (float[] lower, float[] upper) = (Highest(scored, MLNetColumns.Lower), Highest(scored, MLNetColumns.Upper));
        float[] labels = [.. scored.GetColumn<float>(labelColumn)];
        if (lower.Length == 0 || labels.Length == 0)
            return [];
        return Both(
            level, labels.Select((label, row) => label >= lower[row] && label <= upper[row]),
            new Metric(
                "meanIntervalWidth", "mean width of intervals", lower.Zip(upper, (low, high) => (double)high - low).Average(), double.NaN,
                "G6"));
    }

    private static Metric[] OfSets(TableTask task, IDataView scored, string labelColumn, double level)
    {
        bool[][] sets = [.. scored.GetColumn<bool[]>(MLNetColumns.PredictedLabelSet)];
        int[] labels = task == TableTask.Binary
            ? [.. scored.GetColumn<bool>(labelColumn).Select(label => label ? 1 : 0)]
            : [.. scored.GetColumn<uint>(labelColumn).Select(key => (int)key - 1)];
        if (labels.Length == 0)
            return [];
        return Both(
            level, labels.Select((label, row) => label >= 0 && sets[row][label]),
            new Metric("meanSetSize", "mean number of classes", sets.Average(set => set.Count(isIn => isIn)), double.NaN, "F4"));
    }

    private static Metric[] Both(double level, IEnumerable<bool> holds, Metric size) =>
    [
        new Metric(
            "coverage", FormattableString.Invariant($"hold the label (level {level})"), holds.Average(held => held ? 1.0 : 0), double.NaN,
            "F4"),
        size,
    ];

    /// <summary>The bound of the highest level; empty for several targets.</summary>
    private static float[] Highest(IDataView scored, string name)
    {
        DataViewSchema.Column column = scored.Schema[name];
        if (column.Type is not VectorDataViewType vector)
            return [.. scored.GetColumn<float>(column)];
        return vector.Size == LevelsOf(column).Length ? [.. scored.GetColumn<float[]>(column).Select(row => row[^1])] : [];
    }
}
