using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor with the columns of a transformer added; only those that are active are computed.</summary>
internal sealed class RowToRowCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly RowToRowMapping _mapping;
    private readonly bool[] _active;
    private readonly Delegate?[] _getters;

    public RowToRowCursor(DataViewRowCursor input, RowToRowMapping mapping, bool[] active)
    {
        _input = input;
        _mapping = mapping;
        _active = active;
        _getters = mapping.MakeGetters(input, active);
    }

    public override DataViewSchema Schema => _mapping.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool MoveNext() => _input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.Check(IsColumnActive(column));
        return _mapping.GetGetter<TValue>(_input, _getters, column.Index);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }
}
