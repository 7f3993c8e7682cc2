namespace Mlp.Soak.RandomTrainings;

/// <summary>What keeps a case from learning too much; names as in the options.</summary>
public sealed record CaseLimits(
    double L1Regularization, double L2Regularization, bool RegularizeBiases, double MaximumGradientNorm, double MaximumGradientValue,
    double[] DropoutRates, EarlyStopping? EarlyStopping, double ValidationFraction, double LabelSmoothing, ClassWeights? ClassWeights);
