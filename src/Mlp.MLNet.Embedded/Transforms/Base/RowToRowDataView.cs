namespace Microsoft.ML.Data;

/// <summary>A data view with the columns of a transformer added; nothing is computed before a cursor asks for it.</summary>
internal sealed class RowToRowDataView(IDataView source, RowToRowMapping mapping) : IDataView
{
    public DataViewSchema Schema => mapping.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        DataViewRowCursor input = source.GetRowCursor(mapping.GetDependencies(columns), rand);
        return new RowToRowCursor(input, mapping, mapping.ActiveFlags(columns));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        DataViewRowCursor[] inputs = source.GetRowCursorSet(mapping.GetDependencies(columns), n, rand);
        return [.. inputs.Select(input => new RowToRowCursor(input, mapping, mapping.ActiveFlags(columns)))];
    }
}
