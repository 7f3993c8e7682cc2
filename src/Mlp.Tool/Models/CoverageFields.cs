using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>Intervals and sets as columns of a CSV.</summary>
/// <remarks>Score.Lower and Score.Upper, for each of several levels Score.Lower.0.9 and so on; PredictedLabelSet with the names of its
/// classes and semicolons between them.</remarks>
internal static class CoverageFields
{
    private const string SlotNames = "SlotNames", Separator = ";";

    /// <summary>The columns of the scored rows that are there.</summary>
    public static IReadOnlyList<DataViewSchema.Column> Sources(DataViewSchema schema) =>
        [.. ((string[])[MLNetColumns.Lower, MLNetColumns.Upper, MLNetColumns.PredictedLabelSet])
            .Select(schema.GetColumnOrNull).OfType<DataViewSchema.Column>()];

    /// <summary>The names of a source's columns.</summary>
    public static IEnumerable<string> NamesOf(DataViewSchema.Column source)
    {
        if (source.Name == MLNetColumns.PredictedLabelSet || source.Type is not VectorDataViewType vector)
            return [source.Name];
        if (source.Annotations.Schema.GetColumnOrNull(SlotNames) is null)
            return Enumerable.Range(0, vector.Size).Select(slot => $"{source.Name}.{slot}");
        VBuffer<ReadOnlyMemory<char>> names = default;
        source.Annotations.GetValue(SlotNames, ref names);
        return [.. names.DenseValues().Select(name => $"{source.Name}.{name}")];
    }

    /// <summary>Reads the fields of a source.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">Of it.</param>
    /// <param name="classes">Their names.</param>
    /// <param name="toText">Of a number.</param>
    public static Func<IEnumerable<string>> CreateReader(
        DataViewRow row, DataViewSchema.Column source, IReadOnlyList<string> classes, Func<float, string> toText)
    {
        if (source.Name == MLNetColumns.PredictedLabelSet)
        {
            ValueGetter<VBuffer<bool>> getSet = row.GetGetter<VBuffer<bool>>(source);
            VBuffer<bool> set = default;
            return () =>
            {
                getSet(ref set);
                return [string.Join(Separator, set.DenseValues().Zip(classes).Where(pair => pair.First).Select(pair => pair.Second))];
            };
        }
        if (source.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<float>> getBounds = row.GetGetter<VBuffer<float>>(source);
            VBuffer<float> bounds = default;
            return () =>
            {
                getBounds(ref bounds);
                return bounds.DenseValues().Select(toText);
            };
        }
        ValueGetter<float> getBound = row.GetGetter<float>(source);
        return () =>
        {
            float bound = 0;
            getBound(ref bound);
            return [toText(bound)];
        };
    }
}
