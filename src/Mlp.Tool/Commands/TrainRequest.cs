using Mlp.Tool.Pipelines;
using Mlp.Tool.Tables;

namespace Mlp.Tool.Commands;

/// <summary>What <c>mlp train</c> is asked to do.</summary>
internal sealed record TrainRequest
{
    public required string DataPath { get; init; }

    public required TableOptions Table { get; init; }

    public required SplitPlan Split { get; init; }

    /// <summary>Task and label column are not known yet.</summary>
    public required TrainerPlan Trainer { get; init; }

    public required string ModelPath { get; init; }

    public string? ReportPath { get; init; }

    public string? CodePath { get; init; }

    /// <summary>The command as it was given.</summary>
    public required string CommandText { get; init; }
}
