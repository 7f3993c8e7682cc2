using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Base of cursors that make rows: counts the position and ends by disposing itself.</summary>
internal abstract class RootCursor : DataViewRowCursor
{
    internal const string FetchValueStateError = "Values cannot be fetched at this time. This method was called either before the first " +
        "call to MoveNext, or at any point after that method returned false.";

    private long _position = -1;
    private bool _disposed;

    public sealed override long Position => _position;

    public override long Batch => 0;

    public sealed override bool MoveNext()
    {
        if (_disposed)
            return false;
        if (MoveNextCore())
        {
            _position++;
            return true;
        }

        Dispose();
        return false;
    }

    protected abstract bool MoveNextCore();

    /// <summary>The id of a row that is numbered by its position.</summary>
    protected void IdGetter(ref DataViewRowId id)
    {
        Contracts.Check(_position >= 0, FetchValueStateError);
        id = new DataViewRowId((ulong)_position, 0);
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _position = -1;
        base.Dispose(disposing);
    }
}
