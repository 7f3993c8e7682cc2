using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>One row of a data view, read column by column through getters.</summary>
public abstract class DataViewRow : IDisposable
{
    public abstract DataViewSchema Schema { get; }

    /// <summary>The number of the row within this cursor: -1 before the first.</summary>
    public abstract long Position { get; }

    /// <summary>Says, for rows of cursors that were split for parallel reading, in which order they belong together.</summary>
    public abstract long Batch { get; }

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public abstract bool IsColumnActive(DataViewSchema.Column column);

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
