namespace Mlp;

/// <summary>How a score came about: what each feature adds to the score of the baseline.</summary>
/// <param name="OutputIndex">Which output of the model is explained, zero-based.</param>
/// <param name="BaselineScore">The score of the baseline.</param>
/// <param name="Score">The score of the row.</param>
/// <param name="Contributions">One value per feature, in the unit of the score, and behind those one per key column that the model was
/// trained on beside its features (Mlp.MLNet, CategoricalColumnNames). They add up to <paramref name="Score"/> −
/// <paramref name="BaselineScore"/>, but for <see cref="Residual"/>.</param>
/// <remarks>The score is what <see cref="IntegratedGradients{T}"/> says it is. All contributions are NaN where the score is: when a feature
/// of the row is NaN, and the model does not take missing values.</remarks>
public sealed record Explanation(int OutputIndex, double BaselineScore, double Score, IReadOnlyList<double> Contributions)
{
    /// <summary>What the contributions leave open: <see cref="Score"/> − <see cref="BaselineScore"/> − Σ contributions.</summary>
    public double Residual => Score - BaselineScore - Contributions.Sum();
}
