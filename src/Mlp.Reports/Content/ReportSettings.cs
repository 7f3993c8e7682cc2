using Mlp.Models.Intervals;
using Mlp.Numerics;

namespace Mlp.Reports;

/// <summary>The title of a report, the names it uses, and how much it computes.</summary>
/// <remarks>Names may have any characters, markup included: the report escapes them.</remarks>
public sealed record ReportSettings
{
    /// <summary>The headline. Default: "Model report".</summary>
    public string Title { get; init; } = "Model report";

    /// <summary>What is predicted, in words. Default: "label".</summary>
    public string LabelName { get; init; } = "label";

    /// <summary>The unit of a number that is predicted, shown behind its errors: "€", "km". Default: empty, for none.</summary>
    public string LabelUnit { get; init; } = "";

    /// <summary>One name per feature, and behind those one per key column that the model reads beside them. Default: null, for "feature 1",
    /// "feature 2", …, "key 1", ….</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>One name per class (with two classes: target 0 first), label or number. Default: null, for their indices.</summary>
    public IReadOnlyList<string>? OutputNames { get; init; }

    /// <summary>Features that belong together, in ascending order; a feature in no group is a column by itself. Default: null, for
    /// none.</summary>
    public IReadOnlyList<FeatureGroup>? FeatureGroups { get; init; }

    /// <summary>The task. Default: null, for the task of the output link: softmax is multiclass; sigmoid is binary with one output,
    /// multiclass with one target for several outputs, otherwise multi-label; other links are regression.</summary>
    public PredictionTask? Task { get; init; }

    /// <summary>With two classes, the second is predicted where its probability is larger than this, in [0, 1]. Default: 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>The seed of the bootstrap samples and the permutations. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Permutations of each column, at least 2. Default: 5.</summary>
    public int NumberOfPermutations { get; init; } = 5;

    /// <summary>Threads that predict, at least 1. Default: the number of processors. No number in the report depends on it.</summary>
    public int NumberOfThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Stops creating or writing a report with <see cref="OperationCanceledException"/>; with many columns the permutations alone
    /// can take minutes.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The intervals of a regression; null for none.</summary>
    internal IntervalModel<float>? Intervals { get; init; }

    /// <summary>The sets of classes of a classification; null for none.</summary>
    internal LabelSets? Sets { get; init; }

    /// <summary>What a value of each key column is called, by its key from 1 on; null for the key itself.</summary>
    internal IReadOnlyList<Func<int, string>?> KeyNames { get; init; } = [];

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Title);
        ArgumentNullException.ThrowIfNull(LabelName);
        ArgumentNullException.ThrowIfNull(LabelUnit);
        RangeCheck.Require(Threshold is >= 0 and <= 1, Threshold, "in [0, 1]");
        RangeCheck.Require(NumberOfPermutations >= 2, NumberOfPermutations, "at least 2, which a spread needs");
        RangeCheck.AtLeast(1, NumberOfThreads);
    }
}
