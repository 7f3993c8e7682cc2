using Mlp.Tables.Descriptions;
using Parquet;
using Parquet.Schema;

namespace Mlp.Tables.ParquetFiles;

/// <summary>Parquet files of the same columns, one below the other.</summary>
internal sealed class ParquetOrigin : RowOrigin
{
    private const int MarkBytes = 4;

    private readonly IReadOnlyList<string> _paths;

    private ParquetOrigin(IReadOnlyList<string> paths, IReadOnlyList<SourceColumn> columns) => (_paths, Columns) = (paths, columns);

    public override string Title => _paths.Count == 1 ? _paths[0] : $"{_paths[0]} and {_paths.Count - 1:N0} more";

    public override TableFormat Format => TableFormat.Parquet;

    public override IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>Whether a file begins as Parquet files do. What is not there, or cannot be read, is none.</summary>
    public static bool IsAt(string path)
    {
        try
        {
            if (!File.Exists(path))
                return false;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            Span<byte> mark = stackalloc byte[MarkBytes];
            return file.ReadAtLeast(mark, MarkBytes, throwOnEndOfStream: false) == MarkBytes && mark.SequenceEqual("PAR1"u8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Opening it as a table reports why.
            return false;
        }
    }

    /// <summary>Reads the schemas.</summary>
    /// <param name="paths">At least one.</param>
    /// <param name="options">May leave columns out that cannot be read.</param>
    /// <exception cref="TableException">A file is damaged, has nested columns, or other columns than the first.</exception>
    public static ParquetOrigin Open(IReadOnlyList<string> paths, TableOptions options)
    {
        SourceColumn[]? columns = null;
        foreach (string path in paths)
        {
            SourceColumn[] found = ReadColumns(path, options);
            columns ??= found;
            CheckSame(paths[0], columns, path, found);
        }
        return new ParquetOrigin(paths, columns!);
    }

    public override RowReader Open(ColumnUse[]? uses, CancellationToken cancellationToken) =>
        new ParquetRows(_paths, Columns, uses, cancellationToken);

    private static SourceColumn[] ReadColumns(string path, TableOptions options) => ParquetErrors.Read(path, async () =>
    {
        using FileStream file = File.OpenRead(path);
        await using ParquetReader reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        if (reader.Schema.Fields.Count is 0 or > Reading.TableLimits.Columns)
        {
            throw new TableException(
                path, $"{path} has {reader.Schema.Fields.Count:N0} columns; 1 to {Reading.TableLimits.Columns:N0} are possible.");
        }
        return reader.Schema.Fields.Select((field, index) => ToColumn(path, field, index, options)).ToArray();
    });

    private static SourceColumn ToColumn(string path, Field field, int index, TableOptions options)
    {
        bool isLeftOut = options.Kinds.Any(kind => kind.Value == ColumnKind.Ignored
            && (string.Equals(kind.Key, field.Name, StringComparison.OrdinalIgnoreCase) || kind.Key == $"{index + 1}"));
        if (field is DataField { IsArray: false } data && ParquetTypes.TypeOf(data) is ColumnType type)
            return new SourceColumn(field.Name, type);
        if (isLeftOut)
            return new SourceColumn(field.Name, ColumnType.Bytes);
        string what = field switch
        {
            ListField or DataField { IsArray: true } => "a list of values in each row",
            MapField => "a map in each row",
            StructField => "a structure of several values in each row",
            DataField other => $"of the type {other.ClrType.Name}, which is not read",
            _ => "nested",
        };
        throw new TableException(
            path,
            $"{path}, column '{TextExcerpt.Of(field.Name)}' is {what}; a column has one value in each row. Write the file with a column "
                + $"for each value, or leave it out with {options.Names.OfKind(ColumnKind.Ignored, field.Name)}.", column: field.Name);
    }

    private static void CheckSame(string firstPath, SourceColumn[] first, string path, SourceColumn[] found)
    {
        if (!first.SequenceEqual(found))
            throw Reading.SameColumns.Differ(firstPath, path, Texts(first.Except(found)), Texts(found.Except(first)));
    }

    private static string[] Texts(IEnumerable<SourceColumn> columns) =>
        [.. columns.Select(column => $"{column.Name} ({column.Type.ToString().ToLowerInvariant()})")];
}
