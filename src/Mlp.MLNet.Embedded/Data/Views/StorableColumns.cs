namespace Microsoft.ML.Data;

/// <summary>A view of those columns of another whose values can be kept in memory.</summary>
internal sealed class StorableColumns : IDataView
{
    private readonly IDataView _source;
    private readonly int[] _indices;

    private StorableColumns(IDataView source, int[] indices)
    {
        _source = source;
        _indices = indices;
        var schema = new DataViewSchema.Builder();
        foreach (var column in indices.Select(index => source.Schema[index]))
            schema.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema { get; }

    /// <summary>The view itself when it has no other columns.</summary>
    public static IDataView Of(IDataView source)
    {
        var indices = source.Schema.Where(column => RowBuffer.CanStore(column.Type)).Select(column => column.Index).ToArray();
        return indices.Length == source.Schema.Count ? source : new StorableColumns(source, indices);
    }

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        var needed = active.Of(Schema).Select(column => _source.Schema[_indices[column.Index]]);
        return new Cursor(this, _source.GetRowCursor(needed, rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(StorableColumns parent, DataViewRowCursor input, ActiveColumns active) : RootCursor
    {
        public override DataViewSchema Schema => parent.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => input.GetGetter<TValue>(input.Schema[parent._indices[column.Index]]);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        protected override bool MoveNextCore() => input.MoveNext();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
