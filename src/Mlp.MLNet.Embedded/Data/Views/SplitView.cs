namespace Microsoft.ML.Data;

/// <summary>The rows of a view whose number in [0, 1] lies in a range, or outside of it.</summary>
internal sealed class SplitView(IDataView source, SplitNumbers numbers, SplitRange range) : IDataView
{
    public bool CanShuffle => numbers.CanShuffle && source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        var needed = active.Of(source.Schema).Union(numbers.Columns);
        var input = source.GetRowCursor(needed, CanShuffle ? rand : null);
        return new Cursor(Schema, input, active, numbers.Bind(input), range);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(
        DataViewSchema schema, DataViewRowCursor input, ActiveColumns active, Func<double> number, SplitRange range)
        : PassThroughCursor(schema, input, active)
    {
        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
            {
                if (range.Accepts(number()))
                    return true;
            }
            return false;
        }
    }
}
