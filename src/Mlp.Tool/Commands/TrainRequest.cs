using System.Diagnostics.CodeAnalysis;
using Mlp.Mpi;
using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Pictures;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary>What <c>mlp train</c> is asked to do.</summary>
internal sealed record TrainRequest
{
    /// <summary>Where the table comes from.</summary>
    public required DataRequest Data { get; init; }

    public required TableOptions Table { get; init; }

    public required SplitPlan Split { get; init; }

    /// <summary>Task and label column are not known yet.</summary>
    public required TrainerPlan Trainer { get; init; }

    public required string ModelPath { get; init; }

    public string? ReportPath { get; init; }

    public string? CodePath { get; init; }

    /// <summary>Whether the user set the fraction of test rows.</summary>
    public required bool HasTestFraction { get; init; }

    /// <summary>For two classes; null for a probability of 0.5.</summary>
    public ThresholdRule? Threshold { get; init; }

    /// <summary>Parts of the cross-validation of the training rows; null for none.</summary>
    public int? FoldCount { get; init; }

    /// <summary>Where the state of the training is saved, and begins if there is one; null for nowhere.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Which of several jobs this is; null for all networks.</summary>
    public EnsemblePart? Member { get; init; }

    /// <summary>A search for a better model; null for none.</summary>
    public TunePlan? Tune { get; init; }

    /// <summary>Which of the processes that train together this is; null without MPI.</summary>
    public MpiRanks? Ranks { get; init; }

    /// <summary>Whether another rank writes the files and tells the results.</summary>
    public bool IsSilent => Ranks is { Rank: > 0 };

    /// <summary>Where a page shows the training while it goes on, 0 for any free port; null for no page.</summary>
    public int? WatchPort { get; init; }

    /// <summary>What the model is to keep for updates; null for nothing.</summary>
    public ReplayPlan? Replay { get; init; }

    /// <summary>The command as it was given.</summary>
    public required string CommandText { get; init; }

    /// <summary>Where a copy of the table is kept for the program of <see cref="CodePath"/> when the user's table is not a permanent file.
    /// The name must differ from that of the user's table.</summary>
    [return: NotNullIfNotNull(nameof(codePath))]
    public static string? DataPathOf(string? codePath) =>
        // A program that is written to a pipe has no folder; it will probably be kept in the current one.
        codePath is not null && (codePath == OutputFile.Standard || FileTarget.At(codePath).IsStream)
            ? Path.GetFullPath("Program.data.csv") : Path.ChangeExtension(codePath, ".data.csv");

    /// <summary>This request for a folder of pictures, which defines its own test pictures.</summary>
    public TrainRequest ForPictures() => HasTestFraction || Table.SplitColumn is not null
        ? this
        : this with { Table = Table with { SplitColumn = IdxFolder.SplitColumn }, Split = Split with { TestFraction = null } };
}
