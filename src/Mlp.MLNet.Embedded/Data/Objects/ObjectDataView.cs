using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A data view over a sequence of objects, which is enumerated anew by each cursor.</summary>
internal sealed class ObjectDataView<TRow> : IDataView
    where TRow : class
{
    private readonly IHost _host;
    private readonly IEnumerable<TRow> _rows;
    private readonly ObjectColumn[] _columns;

    public ObjectDataView(IHostEnvironment env, IEnumerable<TRow> rows, SchemaDefinition? definition)
    {
        _rows = rows;
        _columns = ObjectColumn.Bind(typeof(TRow), definition, SchemaDefinition.Direction.Read);
        _host = env.Register("StreamingDataView");
        Schema = SchemaOf(_columns);
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => (_rows as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var isActive = new ActiveColumns(Schema, columnsNeeded);
        return new Cursor(this, new ObjectGetters<TRow>(_columns, column => isActive[column]));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    internal static DataViewSchema SchemaOf(ObjectColumn[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (ObjectColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    private sealed class Cursor(ObjectDataView<TRow> view, ObjectGetters<TRow> getters) : RootCursor
    {
        private readonly IEnumerator<TRow> _rows = view._rows.GetEnumerator();

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => getters.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => getters.Get<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => GetPositionIdGetter();

        protected override bool MoveNextCore()
        {
            if (!_rows.MoveNext())
            {
                getters.Current = null;
                return false;
            }

            getters.Current = _rows.Current
                ?? throw view._host.Except("Encountered null when iterating over data, this is not supported.");
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
