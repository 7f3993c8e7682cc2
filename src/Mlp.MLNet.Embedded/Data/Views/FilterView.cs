namespace Microsoft.ML.Data;

/// <summary>The rows of a view that pass a test.</summary>
/// <param name="source">The view with all the rows.</param>
/// <param name="testColumns">The columns the test reads, whoever else does.</param>
/// <param name="bindTest">Makes the test of the row that a cursor stands on; called once for each cursor.</param>
/// <param name="canShuffle">Whether the test gives the same answers in any order.</param>
internal sealed class FilterView(
    IDataView source, IEnumerable<DataViewSchema.Column> testColumns, Func<DataViewRow, Func<bool>> bindTest, bool canShuffle = true)
    : IDataView
{
    public bool CanShuffle => canShuffle && source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        var input = source.GetRowCursor(active.Of(source.Schema).Union(testColumns), CanShuffle ? rand : null);
        return new Cursor(Schema, input, active, bindTest(input));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, DataViewRowCursor input, ActiveColumns active, Func<bool> test)
        : PassThroughCursor(schema, input, active)
    {
        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
            {
                if (test())
                    return true;
            }
            return false;
        }
    }
}
