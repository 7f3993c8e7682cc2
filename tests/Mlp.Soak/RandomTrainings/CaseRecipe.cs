using Mlp.MLNet;

namespace Mlp.Soak.RandomTrainings;

/// <summary>What a case does with its features and its networks; names as in the options.</summary>
/// <param name="Preset">What the options begin with. With another one than Plain, only the hidden layers, the loss and the steps are
/// set.</param>
public sealed record CaseRecipe(
    MlpPreset Preset, int NumberOfNetworks, bool RefitOnAllRows, bool CalibrateProbabilities, FeatureNormalization Normalization,
    NumericEmbedding? NumericEmbedding, Initializer? OutputInitializer, bool BoundScores);
