using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tool.Serving;

/// <summary>The row of a cursor under another schema of the same columns: that to which a mapper was bound once for all requests.</summary>
internal sealed class BoundRow(DataViewSchema schema, DataViewRow row) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    public override long Position => row.Position;

    public override long Batch => row.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(row.Schema[column.Index]);

    public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(row.Schema[column.Index]);
}
