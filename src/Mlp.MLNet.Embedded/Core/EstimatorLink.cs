using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>One place of an estimator chain.</summary>
internal readonly record struct EstimatorLink(IEstimator<ITransformer> Estimator, TransformerScope Scope, bool IsCached);
