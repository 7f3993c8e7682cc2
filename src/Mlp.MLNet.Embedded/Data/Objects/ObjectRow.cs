using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A row over an object that the caller changes: the input of a prediction engine.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly ObjectGetters<TRow> _getters;
    private long _position = -1;

    public ObjectRow(SchemaDefinition? definition)
    {
        ObjectColumn[] columns = ObjectColumn.Bind(typeof(TRow), definition, SchemaDefinition.Direction.Read);
        Schema = ObjectDataView<TRow>.SchemaOf(columns);
        _getters = new ObjectGetters<TRow>(columns, _ => true);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public void Set(TRow row)
    {
        Contracts.CheckValue(row, nameof(row));
        _getters.Current = row;

        // What caches per row sees by the position that this is another one.
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);
}
