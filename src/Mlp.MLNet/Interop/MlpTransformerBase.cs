using Microsoft.ML;

namespace Mlp.MLNet;

// PermutationFeatureImportance by column name looks in a pipeline for a transformer of this internal interface; its members are those of
// the public one with the type parameter.
public abstract partial class MlpTransformerBase : ISingleFeaturePredictionTransformer
{
}
