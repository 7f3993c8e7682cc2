using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Leaves out the first rows of a view, and those after a number of rows.</summary>
internal sealed class SkipTakeView : IDataView
{
    private readonly IDataView _source;
    private readonly long _skip;
    private readonly long _take;

    public SkipTakeView(IHostEnvironment env, IDataView source, long skip, long take)
    {
        env.Register("SkipTakeFilter");
        _source = source;
        _skip = skip;
        _take = take;
    }

    /// <summary>Which rows are the first ones depends on the order.</summary>
    public bool CanShuffle => false;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _source.GetRowCount() is { } count ? Math.Clamp(count - _skip, 0, _take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(Schema, columnsNeeded);
        return new Cursor(this, _source.GetRowCursor(active.Of(_source.Schema)), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(SkipTakeView parent, DataViewRowCursor input, ActiveColumns active)
        : PassThroughCursor(parent.Schema, input, active)
    {
        private long _taken;

        public override long Batch => 0;

        protected override bool MoveNextCore()
        {
            if (_taken >= parent._take)
                return false;
            for (long skipped = 0; _taken == 0 && skipped < parent._skip; skipped++)
            {
                if (!Input.MoveNext())
                    return false;
            }
            _taken++;
            return Input.MoveNext();
        }
    }
}
