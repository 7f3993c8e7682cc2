namespace Mlp.MLNet;

/// <summary>How well several numbers were predicted; each metric as ML.NET's RegressionMetrics defines it for one.</summary>
public sealed class MultiTargetRegressionMetrics
{
    internal MultiTargetRegressionMetrics(IReadOnlyList<TargetMetrics> targets) => Targets = targets;

    /// <summary>Each target, in the order of the slots.</summary>
    public IReadOnlyList<TargetMetrics> Targets { get; }

    /// <summary>The mean over the targets, each counting the same. scikit-learn: r2_score with uniform_average.</summary>
    public double MeanRSquared => Targets.Average(target => target.RSquared);

    /// <summary>The mean over the targets, each counting the same; it says little when they have different units.</summary>
    public double MeanRootMeanSquaredError => Targets.Average(target => target.RootMeanSquaredError);

    /// <summary>The mean over the targets, each counting the same; it says little when they have different units.</summary>
    public double MeanAbsoluteError => Targets.Average(target => target.MeanAbsoluteError);
}
