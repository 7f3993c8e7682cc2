using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Output;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>How often intervals, or sets of classes, hold the true label, and how large they are.</summary>
/// <remarks>Nothing for a model without. Of several levels the highest comes first, and the others have their level in the name; several
/// targets are not judged.</remarks>
internal static class CoverageMetrics
{
    private const string Levels = "Levels";

    /// <param name="task">Of the model.</param>
    /// <param name="scored">With predictions and the label.</param>
    /// <param name="labelColumn">Its name.</param>
    public static IEnumerable<Metric> Of(ModelTask task, IDataView scored, string labelColumn)
    {
        if (scored.Schema.GetColumnOrNull(task.HasClasses ? MLNetColumns.PredictedLabelSet : MLNetColumns.Lower) is not { } column)
            return [];
        double[] levels = LevelsOf(column);
        return task.HasClasses ? OfSets(task, scored, labelColumn, levels[^1]) : OfIntervals(scored, labelColumn, levels);
    }

    /// <summary>The levels of a column of intervals or sets.</summary>
    public static double[] LevelsOf(DataViewSchema.Column column)
    {
        VBuffer<double> levels = default;
        column.Annotations.GetValue(Levels, ref levels);
        return [.. levels.DenseValues()];
    }

    private static Metric[] OfIntervals(IDataView scored, string labelColumn, double[] levels)
    {
        (float[][] lower, float[][] upper) = (Bounds(scored, MLNetColumns.Lower), Bounds(scored, MLNetColumns.Upper));
        float[] labels = [.. scored.GetColumn<float>(labelColumn)];
        if (labels.Length == 0 || lower[0].Length != levels.Length)
            return [];
        return [.. Enumerable.Range(0, levels.Length).Reverse().SelectMany(index =>
        {
            string level = levels[index].ToString(CultureInfo.InvariantCulture);
            (string ending, string title) = index == levels.Length - 1 ? ("", "") : ($".{level}", $" (level {level})");
            return Both(
                level, ending, labels.Select((label, row) => label >= lower[row][index] && label <= upper[row][index]),
                new Metric(
                    $"meanIntervalWidth{ending}", $"mean width of intervals{title}",
                    lower.Zip(upper, (low, high) => (double)high[index] - low[index]).Average(), double.NaN, "G6"));
        })];
    }

    private static Metric[] OfSets(ModelTask task, IDataView scored, string labelColumn, double level)
    {
        bool[][] sets = [.. scored.GetColumn<bool[]>(MLNetColumns.PredictedLabelSet)];
        int[] labels = [.. task.ReadClasses(scored, labelColumn)];
        if (labels.Length == 0)
            return [];
        return Both(
            level.ToString(CultureInfo.InvariantCulture), "", labels.Select((label, row) => label >= 0 && sets[row][label]),
            new Metric("meanSetSize", "mean number of classes", sets.Average(set => set.Count(isIn => isIn)), double.NaN, "F4"));
    }

    private static Metric[] Both(string level, string ending, IEnumerable<bool> holds, Metric size) =>
    [
        new Metric($"coverage{ending}", $"hold the label (level {level})", holds.Average(held => held ? 1.0 : 0), double.NaN, "F4"),
        size,
    ];

    /// <summary>One row a row, with a bound for each level and target.</summary>
    private static float[][] Bounds(IDataView scored, string name)
    {
        DataViewSchema.Column column = scored.Schema[name];
        return column.Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>(column)] : [.. scored.GetColumn<float>(column).Select(bound => (float[])[bound])];
    }
}
