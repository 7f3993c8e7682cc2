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

    /// <exception cref="ToolException">It cannot be opened.</exception>
    /// <exception cref="TableException">It is no table.</exception>
    public InputFile Open(TableOptions options, CancellationToken cancellationToken) =>
        Query is null ? JoinedTable.Open(Paths, options, cancellationToken) : InputFile.Of(Query.Open());

    /// <summary>The same, where a folder of pictures is a table as well.</summary>
    public TemporaryTable OpenForTraining(TableOptions options, CancellationToken cancellationToken) =>
        Query is null ? TemporaryTable.Open(Paths, options, cancellationToken) : TemporaryTable.Of(InputFile.Of(Query.Open()));
}
