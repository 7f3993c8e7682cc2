namespace Microsoft.ML.Data;

/// <summary>Base of cursors that make rows: counts the position and ends by disposing itself.</summary>
internal abstract class RootCursor : DataViewRowCursor
{
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

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _position = -1;
        base.Dispose(disposing);
    }
}
