namespace Mlp.MLNet;

/// <summary>Rows to train on or to validate with, in memory.</summary>
/// <param name="RowCount">At least 1.</param>
/// <param name="FeatureCount">Features of a row.</param>
/// <param name="TargetCount">Targets of a row: 1 for a scalar label.</param>
/// <param name="Features">Row-major, rowCount x featureCount; finite.</param>
/// <param name="Targets">Row-major, rowCount x targetCount; a class as its index.</param>
/// <param name="ExampleWeights">One per row, finite and at least 0, not all 0; empty when all rows count the same.</param>
internal sealed record TrainingRows(
    int RowCount, int FeatureCount, int TargetCount, Memory<float> Features, Memory<float> Targets, Memory<float> ExampleWeights)
{
    public DenseRows<float> ToRowSource() => new(Features, Targets, inputs: FeatureCount, TargetCount, ExampleWeights);

    /// <summary>The same rows with their class as one target per class.</summary>
    public ClassRows<float> ToClassRows(int classCount) => new(Features, ClassIndices(), inputs: FeatureCount, classCount, ExampleWeights);

    /// <summary>The class of each row, where targets are classes.</summary>
    public int[] ClassIndices()
    {
        var indices = new int[RowCount];
        for (int row = 0; row < RowCount; row++)
            indices[row] = (int)Targets.Span[row];
        return indices;
    }

    /// <summary>A copy of some of the rows.</summary>
    /// <param name="rowIndices">Zero-based.</param>
    public TrainingRows Select(int[] rowIndices) => new(
        rowIndices.Length, FeatureCount, TargetCount, Select(Features.Span, FeatureCount, rowIndices), Select(Targets.Span, TargetCount, rowIndices),
        ExampleWeights.IsEmpty ? default : Select(ExampleWeights.Span, rowLength: 1, rowIndices));

    private static float[] Select(ReadOnlySpan<float> values, int rowLength, int[] rowIndices)
    {
        var selected = new float[rowIndices.Length * rowLength];
        for (int index = 0; index < rowIndices.Length; index++)
            values.Slice(rowIndices[index] * rowLength, rowLength).CopyTo(selected.AsSpan(index * rowLength));
        return selected;
    }
}
