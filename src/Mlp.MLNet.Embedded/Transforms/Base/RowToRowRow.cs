namespace Microsoft.ML.Data;

/// <summary>A row with the columns of a transformer added.</summary>
internal sealed class RowToRowRow(DataViewRow input, RowToRowMapping mapping, Delegate?[] getters) : WrappingRow(input)
{
    public override DataViewSchema Schema => mapping.OutputSchema;

    public override bool IsColumnActive(DataViewSchema.Column column)
        => mapping.TryGetInputColumn(column.Index, out DataViewSchema.Column source)
            ? Input.IsColumnActive(source)
            : getters[column.Index] != null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => mapping.GetGetter<TValue>(Input, getters, column.Index);
}
