namespace Mlp.MLNet.Evaluation;

/// <summary>What a model predicts a row from.</summary>
/// <param name="Features">All slots of the feature column.</param>
/// <param name="Keys">One per key column beside it, 0 for a value that is not known.</param>
internal readonly record struct FeatureRow(float[] Features, int[] Keys);
