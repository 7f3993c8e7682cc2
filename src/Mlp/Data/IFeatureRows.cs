using System.Numerics;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.Data;

/// <summary>A source whose rows may have categories and sparse slots beside their numbers.</summary>
internal interface IFeatureRows<T> : IRowSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What a row consists of: counts alone.</summary>
    InputDescription Inputs { get; }

    /// <summary>Appends rows to a batch, and copies their targets and weights.</summary>
    /// <param name="rowIndices">Zero-based, in any order.</param>
    /// <param name="features">Gets the rows.</param>
    /// <param name="targets">Row-major, rowIndices.Length x targets; overwritten.</param>
    /// <param name="exampleWeights">One per row; overwritten.</param>
    void Read(ReadOnlySpan<int> rowIndices, FeatureBatch<T> features, Span<T> targets, Span<T> exampleWeights);
}

/// <summary>What all sources can do.</summary>
internal static class FeatureRows
{
    /// <summary>What a row of a source consists of.</summary>
    public static InputDescription InputsOf<T>(IRowSource<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rows is IFeatureRows<T> mixed ? mixed.Inputs : new InputDescription(rows.InputCount);

    /// <summary>How many rows a source has.</summary>
    public static long CountOf<T>(IRowSource<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rows is IStreamedRows<T> streamed ? streamed.Count : rows.RowCount;

    /// <summary>Rows of a source that are read at once where it makes no difference how many.</summary>
    public static int PortionOf<T>(IRowSource<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (int)Math.Min(Limits.PortionRowCount, CountOf(rows));

    /// <inheritdoc cref="IFeatureRows{T}.Read"/>
    public static void Read<T>(
        IRowSource<T> rows, ReadOnlySpan<int> rowIndices, FeatureBatch<T> features, Span<T> targets, Span<T> exampleWeights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows is IFeatureRows<T> { Inputs.IsDense: false } mixed)
            mixed.Read(rowIndices, features, targets, exampleWeights);
        else
            rows.Read(rowIndices, features.AddNumbers(rowIndices.Length), targets, exampleWeights);
    }
}
