using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>Intervals and sets as columns of a CSV.</summary>
/// <remarks>Score.Lower and Score.Upper, for each of several levels Score.Lower.0.9 and so on; PredictedLabelSet with the names of its
/// classes and semicolons between them.</remarks>
internal static class CoverageFields
{
    private const string SlotNames = "SlotNames";

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
}
