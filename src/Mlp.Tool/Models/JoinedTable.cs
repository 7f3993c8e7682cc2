using Mlp.Tables;
using Mlp.Tables.ParquetFiles;
using Mlp.Tool.Output;

namespace Mlp.Tool.Models;

/// <summary>Several files of the same columns as one table.</summary>
internal static class JoinedTable
{
    // The most names in a message.
    private const int MostNames = 5;

    /// <summary>Opens one file as it is, or several of Parquet; writes several others below each other into a temporary one.</summary>
    /// <param name="paths">One at least; "-" is standard input.</param>
    /// <param name="options">What the user said about the files.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">Their columns differ.</exception>
    /// <exception cref="TableException">One is no table.</exception>
    public static InputFile Open(IReadOnlyList<string> paths, TableOptions options, CancellationToken cancellationToken)
    {
        if (paths is [var only])
            return InputFile.Open(only, cancellationToken);
        if (paths.Count(path => path == OutputFile.Standard) > 1)
            throw new ToolException(ExitCode.Usage, "Standard input, -, is named more than once, and is read once.");
        if (ParquetOrigin.IsAt(paths[0]))
            return InputFile.Of(ParquetOrigin.Open(paths, options));
        return InputFile.Create(
            string.Join(", ", paths), "joined.csv", stream => Write(paths, options, stream, cancellationToken));
    }

    private static void Write(IReadOnlyList<string> paths, TableOptions options, Stream stream, CancellationToken cancellationToken)
    {
        // What columns are is found out when all rows are there.
        options = options with
        {
            Label = null,
            SplitColumn = null,
            PositiveClass = null,
            Task = null,
            Kinds = new Dictionary<string, ColumnKind>(),
        };
        using var writer = new CsvWriter(stream);
        TableDescription? first = null;
        foreach (string path in paths)
        {
            using var file = InputFile.Open(path, cancellationToken);
            TableDescription table = TableFile.Inspect(file.Path, options, cancellationToken);
            int[] order = first is null ? [.. Enumerable.Range(0, table.Columns.Count)] : OrderOf(first, paths[0], table, path);
            if (first is null)
            {
                first = table;
                // One file has a header, or all have.
                options = options with { HasHeader = table.HasHeader };
                WriteRow(writer, [.. table.Columns.Select(column => column.Name)], order);
            }
            foreach (string[] row in TableFile.ReadRows(table, cancellationToken))
                WriteRow(writer, row, order);
        }
    }

    private static void WriteRow(CsvWriter writer, string[] row, int[] order)
    {
        foreach (int column in order)
            writer.Write(row[column]);
        writer.EndRow();
    }

    /// <summary>Where the first file's columns are in another one: by name, or without header by place.</summary>
    private static int[] OrderOf(TableDescription first, string firstPath, TableDescription table, string path)
    {
        string[] wanted = [.. first.Columns.Select(column => column.Name)], found = [.. table.Columns.Select(column => column.Name)];
        string[] lacks = [.. wanted.Except(found)], adds = [.. found.Except(wanted)];
        if (lacks.Length + adds.Length > 0)
        {
            string[] differences = [.. new[] { Names("it lacks", lacks), Names("it has besides", adds) }.Where(text => text.Length > 0)];
            throw new ToolException(
                ExitCode.BadInput,
                $"{path} has other columns than {firstPath}: {string.Join("; ", differences)}. "
                    + "Files that are read as one table have the same.");
        }
        return [.. wanted.Select(name => Array.IndexOf(found, name))];
    }

    private static string Names(string what, string[] names) =>
        names.Length == 0 ? "" : $"{what} {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", ..." : "")}";
}
