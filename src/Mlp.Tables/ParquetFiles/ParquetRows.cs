using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;
using Parquet;
using Parquet.Schema;

namespace Mlp.Tables.ParquetFiles;

/// <summary>Moves over the rows of Parquet files. Of one group of rows after the other the columns that are needed are in memory; the next
/// group is read ahead.</summary>
internal sealed class ParquetRows : TypedRows
{
    // A number in a footer is believed up to here before there are values to it.
    private const int MostRowsOfGroup = 1 << 26;

    private readonly IReadOnlyList<string> _paths;
    private readonly IReadOnlyList<SourceColumn> _columns;
    private readonly bool[]? _isNeeded;
    private readonly CancellationToken _cancellationToken;
    private readonly IEnumerator<(int Count, ColumnValues[] Values)> _groups;
    private Task<(int Count, ColumnValues[] Values)?>? _ahead;
    private int _rowCount;

    public ParquetRows(
        IReadOnlyList<string> paths, IReadOnlyList<SourceColumn> columns, bool[]? isNeeded, CancellationToken cancellationToken)
        : base(columns.Count)
    {
        (_paths, _columns, _isNeeded, _cancellationToken) = (paths, columns, isNeeded, cancellationToken);
        _groups = ReadGroups().GetEnumerator();
        Row = -1;
    }

    public override bool Read()
    {
        while (++Row >= _rowCount)
        {
            _ahead ??= Task.Run(Next, CancellationToken.None);
            if (_ahead.GetAwaiter().GetResult() is not { } group)
            {
                Row = _rowCount;
                return false;
            }
            _ahead = Task.Run(Next, CancellationToken.None);
            group.Values.CopyTo(Values, 0);
            (_rowCount, Row) = (group.Count, -1);
        }
        Line++;
        return true;
    }

    public override void Dispose()
    {
        // It uses the file until it is done; what went wrong in it, nobody asked for.
        _ahead?.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        _groups.Dispose();
    }

    private (int, ColumnValues[])? Next() => _groups.MoveNext() ? _groups.Current : null;

    private IEnumerable<(int Count, ColumnValues[] Values)> ReadGroups()
    {
        foreach (string path in _paths)
        {
            FileStream? file = null;
            ParquetReader? reader = null;
            try
            {
                file = ParquetErrors.Read(path, () => Task.FromResult(File.OpenRead(path)));
                reader = ParquetErrors.Read(path, () => ParquetReader.CreateAsync(file, leaveStreamOpen: true));
                DataField?[] fields = FieldsOf(path, reader);
                for (int group = 0; group < reader.RowGroupCount; group++)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    int index = group;
                    yield return ParquetErrors.Read(path, () => ReadGroup(path, reader, index, fields));
                }
            }
            finally
            {
                if (reader is not null)
                    reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
                file?.Dispose();
            }
        }
    }

    /// <summary>The columns that are needed, which must be those that were there when the schema was read.</summary>
    private DataField?[] FieldsOf(string path, ParquetReader reader)
    {
        IReadOnlyList<Field> fields = reader.Schema.Fields;
        bool isSame = fields.Count == _columns.Count && _columns.Index().All(column => fields[column.Index].Name == column.Item.Name);
        if (!isSame)
            throw new TableException(path, $"{path} has changed since it was inspected. Start again when nothing writes to it.");
        return [.. fields.Select((field, index) => _columns[index].Type != ColumnType.Bytes && (_isNeeded?[index] ?? true)
            && field is DataField data ? data : null)];
    }

    private async Task<(int, ColumnValues[])> ReadGroup(string path, ParquetReader reader, int index, DataField?[] fields)
    {
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(index);
        if (group.RowCount is < 0 or > MostRowsOfGroup)
        {
            throw new TableException(
                path, $"{path} claims {group.RowCount:N0} rows in one group; at most {MostRowsOfGroup:N0} are read. Write it in smaller groups.");
        }
        var values = new ColumnValues[fields.Length];
        for (int field = 0; field < fields.Length; field++)
        {
            values[field] = fields[field] is not { } data ? NoValues.Instance
                : await ParquetTypes.ReadAsync(group, data, (int)group.RowCount, _cancellationToken);
        }
        return ((int)group.RowCount, values);
    }
}
