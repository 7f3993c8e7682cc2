using System.Diagnostics.CodeAnalysis;
using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Pictures;
using Mlp.Tool.Pipelines;

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

    /// <summary>Whether the user asked for a part of the rows to test.</summary>
    public required bool HasTestFraction { get; init; }

    /// <summary>The command as it was given.</summary>
    public required string CommandText { get; init; }

    /// <summary>Where the table is kept that the program of <see cref="CodePath"/> reads when the user's is no file that stays: a name of
    /// its own, which the user's table does not have by chance.</summary>
    [return: NotNullIfNotNull(nameof(codePath))]
    public static string? DataPathOf(string? codePath) =>
        // A program that goes through a pipe has no folder; it is likely to be kept in this one.
        codePath is not null && (codePath == OutputFile.Standard || FileTarget.At(codePath).IsStream)
            ? Path.GetFullPath("Program.data.csv") : Path.ChangeExtension(codePath, ".data.csv");

    /// <summary>The same for a folder of pictures, which says itself which of them test.</summary>
    public TrainRequest ForPictures() => HasTestFraction || Table.SplitColumn is not null
        ? this
        : this with { Table = Table with { SplitColumn = IdxFolder.SplitColumn }, Split = Split with { TestFraction = null } };
}
