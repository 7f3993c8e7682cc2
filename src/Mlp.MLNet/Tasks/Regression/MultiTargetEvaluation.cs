using Mlp.Evaluation;

namespace Mlp.MLNet.Tasks.Regression;

/// <summary>Collects rows of several targets and what was predicted for them.</summary>
/// <param name="names">Of the targets.</param>
internal sealed class MultiTargetEvaluation(string[] names)
{
    private readonly TargetErrors[] _errors = [.. names.Select(_ => new TargetErrors())];

    /// <summary>Adds a row, unless a label or score of it is NaN or infinite.</summary>
    public void Add(float[] labels, float[] scores)
    {
        if (!labels.All(float.IsFinite) || !scores.All(float.IsFinite))
            return;
        for (int target = 0; target < _errors.Length; target++)
            _errors[target].Add(labels[target], scores[target]);
    }

    public MultiTargetRegressionMetrics ToMetrics() => new([.. names.Zip(
        _errors, (name, target) => new TargetMetrics(name, target.RSquared, target.RootMeanSquaredError, target.MeanAbsoluteError))]);
}
