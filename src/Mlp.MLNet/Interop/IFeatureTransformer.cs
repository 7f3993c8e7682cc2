using Microsoft.ML;

namespace Mlp.MLNet.Interop;

/// <summary>
/// PermutationFeatureImportance by column name looks in a pipeline for a transformer of this internal interface of ML.NET; its members are
/// those of the public one with the type parameter.
/// </summary>
internal interface IFeatureTransformer : ISingleFeaturePredictionTransformer;
