namespace Microsoft.ML.Data;

/// <summary>Serves rows of another cursor whose schema has the same layout; derived classes choose which rows.</summary>
internal abstract class PassThroughCursor(DataViewSchema schema, DataViewRowCursor input, ActiveColumns active) : RootCursor
{
    public sealed override DataViewSchema Schema { get; } = schema;

    public override long Batch => Input.Batch;

    protected DataViewRowCursor Input { get; } = input;

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Runtime.Contracts.Check(IsColumnActive(column));
        return Input.GetGetter<TValue>(Input.Schema[column.Index]);
    }

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Input.Dispose();
        base.Dispose(disposing);
    }
}
