namespace Mlp.Tool.Pipelines;

/// <summary>Which rows are for testing: a random fraction, the same of each class, or those that a column names.</summary>
internal sealed record SplitPlan
{
    /// <summary>In (0, 1); null with a column.</summary>
    public double? TestFraction { get; init; }

    /// <summary>ML.NET's name of the split column; null with a fraction.</summary>
    public string? Column { get; init; }

    /// <summary>The date column of which the latest rows test: its name in the file, and ML.NET's after planning; null for rows that are
    /// drawn.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>The value of the column for a training row.</summary>
    public string TrainValue { get; init; } = "train";

    /// <summary>The value of the column for a test row.</summary>
    public string TestValue { get; init; } = "test";

    /// <summary>The seed of the random split.</summary>
    public required int Seed { get; init; }
}
