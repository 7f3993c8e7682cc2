namespace Mlp.Tables;

/// <summary>The column to be predicted, and the task.</summary>
public sealed record LabelDescription
{
    internal LabelDescription()
    {
    }

    /// <summary>The column; its kind is <see cref="ColumnKind.Label"/>.</summary>
    public required ColumnDescription Column { get; init; }

    /// <summary>What is to be predicted.</summary>
    public required TableTask Task { get; init; }

    /// <summary>Why this task, and which option overrides it: one sentence.</summary>
    public required string TaskReason { get; init; }

    /// <summary>The classes in order: by number when all are numbers, else by text (ordinal). Two for <see cref="TableTask.Binary"/>, none
    /// for <see cref="TableTask.Regression"/>.</summary>
    public required IReadOnlyList<LabelClass> Classes { get; init; }

    /// <summary>For <see cref="TableTask.Binary"/> the positive class: the one that means yes (1, true, ja, ...), or that the other one
    /// negates, else the rarer one. Null for the other tasks.</summary>
    public LabelClass? PositiveClass { get; init; }

    /// <summary>Why that class: some words; empty for the other tasks.</summary>
    public string PositiveReason { get; init; } = "";

    /// <summary>Whether the labels are numbers, which classes can be too. If so, more texts stand for a missing label: -, none,
    /// unknown.</summary>
    public required bool HasNumbers { get; init; }

    /// <summary>Rows whose label is missing. The view leaves them out.</summary>
    public required long MissingCount { get; init; }

    /// <summary>Lines (from 1) of the first rows whose label is missing, at most 10.</summary>
    public required IReadOnlyList<long> MissingLines { get; init; }
}
