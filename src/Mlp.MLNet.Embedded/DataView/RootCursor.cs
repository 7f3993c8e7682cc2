using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Base of cursors that make rows: counts the position and ends by disposing itself.</summary>
internal abstract class RootCursor : DataViewRowCursor
{
    private long _position = -1;
    private bool _isOver;

    public sealed override long Position => _position;

    public override long Batch => 0;

    public sealed override bool MoveNext()
    {
        if (!_isOver && MoveNextCore())
            _position++;
        else if (!_isOver)
            Dispose();
        return !_isOver;
    }

    protected abstract bool MoveNextCore();

    /// <summary>The row has no id of its own: its number is one.</summary>
    protected ValueGetter<DataViewRowId> GetPositionIdGetter() => (ref DataViewRowId id) =>
    {
        CheckGood();
        id = new DataViewRowId((ulong)_position, 0);
    };

    protected void CheckGood() =>
        Contracts.Check(_position >= 0, "Values can only be fetched from a row: call MoveNext first, and stop when it returns false.");

    protected override void Dispose(bool disposing)
    {
        _isOver = true;
        _position = -1;
        base.Dispose(disposing);
    }
}
