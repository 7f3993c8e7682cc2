namespace Mlp.MLNet;

/// <summary>The training data in memory.</summary>
/// <param name="RowCount">At least 1.</param>
/// <param name="FeatureCount">Features of a row.</param>
/// <param name="Features">Row-major, rowCount x featureCount; finite.</param>
/// <param name="Targets">One per row.</param>
/// <param name="ExampleWeights">One per row, finite and at least 0, not all 0; empty when all rows count the same.</param>
internal sealed record TrainingRows(
    int RowCount, int FeatureCount, Memory<float> Features, Memory<float> Targets, Memory<float> ExampleWeights)
{
    public DenseRows<float> ToRowSource() => new(Features, Targets, inputs: FeatureCount, targetCount: 1, ExampleWeights);
}
