namespace Mlp.Tool.Pipelines;

/// <summary>Which rows test: a part of them drawn by a seed, of each class the same, or those that a column names.</summary>
internal sealed record SplitPlan
{
    /// <summary>In (0, 1); null with a column.</summary>
    public double? TestFraction { get; init; }

    /// <summary>ML.NET's name of the column that says it; null with a fraction.</summary>
    public string? Column { get; init; }

    /// <summary>What the column says of a row that trains.</summary>
    public string TrainValue { get; init; } = "train";

    /// <summary>What the column says of a row that tests.</summary>
    public string TestValue { get; init; } = "test";

    /// <summary>Of the drawing.</summary>
    public required int Seed { get; init; }
}
