using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pictures;

namespace Mlp.Tool.Commands;

/// <summary>Where a command's table comes from.</summary>
/// <param name="Paths">Files of the same columns, or a folder of pictures; "-" is standard input. Empty for a query.</param>
/// <param name="Query">Null for files.</param>
internal sealed record DataRequest(IReadOnlyList<string> Paths, DatabaseQuery? Query)
{
    /// <summary>The name of the table for headings: of the first file, without its folder.</summary>
    public string Name => Query is not null ? Query.Title
        : Paths[0] == OutputFile.Standard ? "standard input" : Path.GetFileName(Paths[0]);

    /// <summary>What tells the table, as a command reads it, from one whose files have changed since; null where nothing does.</summary>
    /// <param name="commandText">The command.</param>
    public string? StateOf(string commandText) => Query is not null || !Paths.All(File.Exists) ? null
        : string.Join('\n', [
            commandText, .. Paths.Select(path => new FileInfo(path)).Select(
                file => FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"))]);

    /// <exception cref="ToolException">It cannot be opened.</exception>
    /// <exception cref="TableException">It is no table.</exception>
    public InputFile Open(TableOptions options, CancellationToken cancellationToken) =>
        Query is null ? JoinedTable.Open(Paths, options, cancellationToken) : InputFile.Of(Query.Open());

    /// <summary>Opens the table of a training, for which a folder of pictures is a table as well.</summary>
    public TemporaryTable OpenForTraining(TableOptions options, CancellationToken cancellationToken) =>
        Query is null ? TemporaryTable.Open(Paths, options, cancellationToken) : TemporaryTable.Of(InputFile.Of(Query.Open()));
}
