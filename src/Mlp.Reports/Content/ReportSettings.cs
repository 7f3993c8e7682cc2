namespace Mlp.Reports;

/// <summary>What a report is called, what it calls things, and how much it computes.</summary>
/// <remarks>Names are shown as they are, whatever characters they have; they need not be trusted.</remarks>
public sealed record ReportSettings
{
    /// <summary>The headline; "Model report" unless set.</summary>
    public string Title { get; init; } = "Model report";

    /// <summary>What is predicted, in words; "label" unless set.</summary>
    public string LabelName { get; init; } = "label";

    /// <summary>One name per feature; null for "feature 1", "feature 2", ….</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>One name per class (of two classes: the one of target 0 first), label or number; null for their indices.</summary>
    public IReadOnlyList<string>? OutputNames { get; init; }

    /// <summary>Features that belong together, ascending; those that are in no group stand for themselves. Null for none.</summary>
    public IReadOnlyList<FeatureGroup>? FeatureGroups { get; init; }

    /// <summary>Null to find it out: softmax is multiclass; sigmoid is binary with one output, multiclass with one target for several
    /// outputs, otherwise multi-label; the rest is regression.</summary>
    public PredictionTask? Task { get; init; }

    /// <summary>Of two classes the second is predicted where its probability is larger, in [0, 1]; 0.5 unless set.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>For resampling and permutations; 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Permutations of each feature, at least 2; 5 unless set.</summary>
    public int NumberOfPermutations { get; init; } = 5;

    /// <summary>Threads that predict, at least 1; as many as there are processors unless set. No figure depends on it.</summary>
    public int NumberOfThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Ends the computing, while a report is made or written, with <see cref="OperationCanceledException"/>; of many columns the
    /// permutations alone can take minutes.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Title);
        ArgumentNullException.ThrowIfNull(LabelName);
        if (Threshold is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Threshold), $"Threshold is {Threshold}; it must be in [0, 1].");
        if (NumberOfPermutations < 2)
            throw new ArgumentOutOfRangeException(nameof(NumberOfPermutations), $"NumberOfPermutations is {NumberOfPermutations}; a spread needs at least 2.");
        if (NumberOfThreads < 1)
            throw new ArgumentOutOfRangeException(nameof(NumberOfThreads), $"NumberOfThreads is {NumberOfThreads}; it must be at least 1.");
    }
}
