namespace Mlp.Soak.RandomTrainings;

/// <summary>The normalizer in a case's pipeline.</summary>
public enum CaseNormalizer
{
    /// <summary>No normalizer.</summary>
    None,

    /// <summary>NormalizeMinMax.</summary>
    MinMax,

    /// <summary>NormalizeMeanVariance.</summary>
    MeanVariance,

    /// <summary>NormalizeRobustScaling.</summary>
    RobustScaling,
}
