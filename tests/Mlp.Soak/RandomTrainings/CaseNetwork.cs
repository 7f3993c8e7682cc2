namespace Mlp.Soak.RandomTrainings;

/// <summary>The network of a case; names as in the options.</summary>
public sealed record CaseNetwork(
    int[] HiddenLayerSizes, Activation Activation, Activation? OutputActivation, Initializer? WeightInitializer,
        Initializer BiasInitializer,
    bool HasBiases, bool? NormalizeFeatures, bool NormalizeLabel);
