using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that were read once in memory, and so can serve the rows in any order.</summary>
/// <remarks>ML.NET fills its cache in the background while the first cursor moves; here the first row waits for all.</remarks>
internal sealed class CacheDataView : IDataView
{
    private readonly IDataView _source;
    private readonly RowBuffer?[] _columns;
    private readonly Lock _lock = new();
    private long _rowCount;

    public CacheDataView(IHostEnvironment env, IDataView input, int[]? prefetch)
    {
        env.Register("Cache");
        _source = StorableColumns.Of(input);
        _columns = new RowBuffer?[_source.Schema.Count];
        _rowCount = _source.GetRowCount() ?? -1;
        if (prefetch is { Length: > 0 })
            Ensure(new ActiveColumns(Schema, prefetch.Select(index => Schema[input.Schema[index].Name])));
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount()
    {
        long count = Interlocked.Read(ref _rowCount);
        return count < 0 ? null : count;
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        return new Cursor(this, active, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Reads the columns that no cursor has needed before, in one pass; returns the number of rows.</summary>
    private int Ensure(ActiveColumns active)
    {
        lock (_lock)
        {
            var missing = active.Of(_source.Schema).Where(column => _columns[column.Index] == null).ToArray();
            if (missing.Length == 0 && _rowCount >= 0)
                return (int)_rowCount;
            using var cursor = _source.GetRowCursor(missing);
            var buffers = missing.Select(column => RowBuffer.Create(cursor, cursor.Schema[column.Index])).ToArray();
            int row = 0;
            for (; cursor.MoveNext(); row++)
            {
                if (row == Array.MaxLength)
                    throw Contracts.Except($"The input data view has too many rows. A cache can only hold up to {row} rows");
                foreach (var buffer in buffers)
                    buffer.Store(row);
            }
            for (int i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = buffers[i];
            Interlocked.Exchange(ref _rowCount, row);
            return row;
        }
    }

    private sealed class Cursor : ViewCursor
    {
        private readonly CacheDataView _parent;
        private readonly ActiveColumns _active;
        private readonly int[]? _order;
        private int _rowCount = -1;
        private int _next;
        private int _row;

        public Cursor(CacheDataView parent, ActiveColumns active, Random? rand)
            : base(parent.Schema)
        {
            _parent = parent;
            _active = active;
            if (rand == null)
                return;
            _rowCount = parent.Ensure(active);
            _order = Permutation(_rowCount, rand);
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
        {
            CheckGood();
            value = new DataViewRowId((ulong)_row, 0);
        };

        /// <summary>The column may not be read yet, so the buffer is looked up with the first value.</summary>
        protected override Delegate GetGetterCore(DataViewSchema.Column column)
        {
            _rowCount = _parent.Ensure(_active);
            return _parent._columns[column.Index]!.CreateGetter(() => _row);
        }

        protected override bool MoveNextCore()
        {
            if (_rowCount < 0)
                _rowCount = _parent.Ensure(_active);
            if (_next == _rowCount)
                return false;
            _row = _order?[_next] ?? _next;
            _next++;
            return true;
        }

        private static int[] Permutation(int count, Random rand)
        {
            var order = Enumerable.Range(0, count).ToArray();
            for (int i = 0; i < count; i++)
            {
                int other = i + rand.Next(count - i);
                (order[i], order[other]) = (order[other], order[i]);
            }
            return order;
        }
    }
}
