namespace Mlp.MLNet;

/// <summary>How features are scaled before they enter a network.</summary>
public enum FeatureNormalization
{
    /// <summary>To mean 0 and standard deviation 1:
    /// <see cref="FeatureScaling{T}.Standardize(RowBlocks{T}, RowBlocks{T}, Action)"/>.</summary>
    Standard,

    /// <summary>By median and quartiles, outliers bent inwards: <see cref="FeatureScaling{T}.Robust"/>.</summary>
    Robust,

    /// <summary>As <see cref="Robust"/>, but by their quantiles where features are too skewed for that:
    /// <see cref="FeatureScaling{T}.Adaptive"/>.</summary>
    Adaptive,
}
