using Microsoft.ML;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Makes the column Features of a <see cref="PipelineRow"/>.</summary>
internal delegate IEstimator<ITransformer> StepsToFeatures(TransformsCatalog steps);
