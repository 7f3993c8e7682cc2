namespace Microsoft.ML;

/// <summary>A table that is read through cursors: a schema, and rows that are computed when a cursor asks for them.</summary>
public interface IDataView
{
    DataViewSchema Schema { get; }

    /// <summary>Whether a cursor made with a random number generator returns the rows in another order.</summary>
    bool CanShuffle { get; }

    /// <summary>The number of rows where it is known without reading them, otherwise null.</summary>
    long? GetRowCount();

    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    /// <summary>At most <paramref name="n"/> cursors that together return every row once.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);
}
