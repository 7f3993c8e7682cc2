namespace Microsoft.ML;

/// <summary>A transformer that predicts from one column, whatever its model is.</summary>
internal interface ISingleFeaturePredictionTransformer : ITransformer
{
    string FeatureColumnName { get; }
}
