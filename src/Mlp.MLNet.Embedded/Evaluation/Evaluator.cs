namespace Microsoft.ML.Data;

/// <summary>Computes the metrics of one task in one pass over scored rows.</summary>
/// <remarks>An instance evaluates once: derived classes check the columns when they are made and sum up row by row.</remarks>
internal abstract class Evaluator<TMetrics>(IDataView data, params IEnumerable<DataViewSchema.Column> columns)
{
    public TMetrics Evaluate()
    {
        using (var cursor = data.GetRowCursor(columns))
        {
            var processRow = Bind(cursor);
            while (cursor.MoveNext())
                processRow();
        }
        return Finish();
    }

    /// <summary>Binds to the columns; the result is called on every row.</summary>
    protected abstract Action Bind(DataViewRow row);

    protected abstract TMetrics Finish();
}
