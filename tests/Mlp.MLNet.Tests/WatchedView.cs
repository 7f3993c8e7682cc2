using Microsoft.ML;

namespace Mlp.MLNet.Tests;

/// <summary>A view that counts who reads it, and need not say how many rows it has.</summary>
internal sealed class WatchedView(IDataView rows, bool hidesRowCount = false) : IDataView
{
    public int CursorCount { get; private set; }

    public bool CanShuffle => rows.CanShuffle;

    public DataViewSchema Schema => rows.Schema;

    public long? GetRowCount() => hidesRowCount ? null : rows.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        CursorCount++;
        return rows.GetRowCursor(columnsNeeded, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        CursorCount++;
        return rows.GetRowCursorSet(columnsNeeded, n, rand);
    }
}
