using Mlp.Tables.Descriptions;
using Mlp.Tables.Inference;
using Mlp.Tables.Reading;

namespace Mlp.Tables.TextFiles;

/// <summary>Files of text with the same columns, one below the other, each in its own encoding, compression, separator and order of
/// columns.</summary>
internal sealed class TextOrigin : RowOrigin
{
    private const int NamesInTitle = 3;

    private readonly IReadOnlyList<TextFile> _files;

    private TextOrigin(IReadOnlyList<TextFile> files, IReadOnlyList<string> names, char separator, bool hasHeader)
    {
        _files = files;
        (Separator, HasHeader) = (separator, hasHeader);
        Columns = [.. names.Select(name => new SourceColumn(name, ColumnType.Unknown))];
    }

    public override string Title => _files.Count <= NamesInTitle ? string.Join(", ", _files.Select(file => file.Path))
        : $"{_files[0].Path} and {_files.Count - 1:N0} more";

    public override TableFormat Format => TableFormat.Text;

    public override IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>Of the first file.</summary>
    public override char Separator { get; }

    public override bool HasHeader { get; }

    /// <summary>Reads the headers.</summary>
    /// <param name="paths">At least one.</param>
    /// <param name="options">Hold for every file. Without them one file has a header, or all have.</param>
    /// <param name="cancellationToken">For all reading.</param>
    /// <exception cref="TableException">A file cannot be read, is empty, or has other columns than the first.</exception>
    public static TextOrigin Open(IReadOnlyList<string> paths, TableOptions options, CancellationToken cancellationToken)
    {
        var files = new List<TextFile>();
        IReadOnlyList<string> names = [];
        Dialect? first = null;
        foreach (string path in paths)
        {
            (Dialect dialect, IReadOnlyList<string> found) = ReadHeader(path, options, cancellationToken);
            if (first is null)
            {
                (first, names) = (dialect, found);
                options = options with { HasHeader = dialect.HasHeader };
            }
            files.Add(new TextFile(path, dialect, SameColumns.OrderOf(paths[0], names, path, found)));
        }
        return new TextOrigin(files, names, first!.Separator, first.HasHeader);
    }

    public override RowReader Open(ColumnUse[]? uses, CancellationToken cancellationToken) => new TextRows(_files, cancellationToken);

    private static (Dialect Dialect, IReadOnlyList<string> Names) ReadHeader(
        string path, TableOptions options, CancellationToken cancellationToken)
    {
        using var table = OpenTable.Find(
            path, encoding: null, (head, isWhole) => DialectFinder.Find(head, isWhole, options, path), cancellationToken);
        bool hasHeader = table.Header.Count > 0;
        if (!hasHeader && !table.Reader.Read())
            throw new TableException(path, $"{path} is empty. Leave it out, or give a file with a header and rows.");
        IReadOnlyList<string> header = hasHeader ? table.Header : [.. Enumerable.Repeat("", table.Reader.FieldCount)];
        return (table.Dialect, new ColumnNames(path, header, hasHeader, options.Names).Names);
    }
}
