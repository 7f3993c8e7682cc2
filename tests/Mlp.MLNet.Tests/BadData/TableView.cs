using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>A data view of arrays, which checks nothing: what it is given is what a cursor gets, whatever its types say.</summary>
internal sealed class TableView : IDataView
{
    private readonly Array[] _columns;
    private readonly long? _claimedRowCount;
    private readonly int _rowCount;

    /// <param name="columns">Name, type, and one value per row in an array of the type's raw type.</param>
    /// <param name="claimedRowCount">What it says of its length; null for nothing.</param>
    public TableView((string Name, DataViewType Type, Array Values)[] columns, long? claimedRowCount)
    {
        var builder = new DataViewSchema.Builder();
        foreach ((string name, DataViewType type, Array _) in columns)
            builder.AddColumn(name, type);
        Schema = builder.ToSchema();
        _columns = [.. columns.Select(column => column.Values)];
        _rowCount = _columns[0].Length;
        _claimedRowCount = claimedRowCount;
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _claimedRowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(TableView view, HashSet<int> active) : DataViewRowCursor
    {
        private int _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext() => ++_position < view._rowCount;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var values = (TValue[])view._columns[column.Index];
            return (ref TValue value) => value = values[_position];
        }
    }
}
