using System.Buffers;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.ParquetFiles;

/// <summary>Moves over the rows of Parquet files. Of one group of rows after the other the columns that are needed are in memory; the next
/// group is read ahead.</summary>
internal sealed class ParquetRows : TypedRows
{
    private readonly IReadOnlyList<string> _paths;
    private readonly IReadOnlyList<SourceColumn> _columns;
    private readonly ColumnUse[]? _uses;
    private readonly CancellationToken _cancellationToken;
    private readonly IEnumerator<Group> _groups;
    private Task<Group?>? _ahead;
    private float[]?[] _singles = [];
    private int _rowCount;

    public ParquetRows(
        IReadOnlyList<string> paths, IReadOnlyList<SourceColumn> columns, ColumnUse[]? uses, CancellationToken cancellationToken)
        : base(columns.Count)
    {
        (_paths, _columns, _uses, _cancellationToken) = (paths, columns, uses, cancellationToken);
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
            GiveBack();
            group.Values.CopyTo(Values, 0);
            (_singles, _rowCount, Row) = (group.Singles, group.Count, -1);
        }
        Line++;
        return true;
    }

    public override bool TrySingle(int index, out float value)
    {
        if (_singles[index] is not { } singles)
            return base.TrySingle(index, out value);
        value = singles[Row];
        return true;
    }

    public override void Dispose()
    {
        // It uses the file until it is done; what went wrong in it, nobody asked for.
        _ahead?.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        _groups.Dispose();
        GiveBack();
    }

    private void GiveBack()
    {
        foreach (float[]? numbers in _singles)
        {
            if (numbers is not null)
                ArrayPool<float>.Shared.Return(numbers);
        }
        _singles = [];
    }

    private Group? Next() => _groups.MoveNext() ? _groups.Current : null;

    private IEnumerable<Group> ReadGroups()
    {
        ColumnUse[] uses = [.. _columns.Select(
            (column, index) => column.Type == ColumnType.Bytes ? ColumnUse.None : _uses?[index] ?? ColumnUse.Any)];
        foreach (string path in _paths)
        {
            using var file = ParquetColumns.Open(path, _columns, uses);
            for (int group = 0; group < file.GroupCount; group++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                (int count, ColumnValues[] values, float[]?[] singles) = file.Read(group, _cancellationToken);
                yield return new Group(count, values, singles);
            }
        }
    }

    /// <summary>Some rows in memory.</summary>
    /// <param name="Count">Of the rows.</param>
    /// <param name="Values">One per column.</param>
    /// <param name="Singles">One per column; null for those that have values.</param>
    private sealed record Group(int Count, ColumnValues[] Values, float[]?[] Singles);
}
