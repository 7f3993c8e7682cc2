using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Scoring;

/// <summary>A row with predictions, which follows an input row and owns it. Without an active prediction there is no scorer.</summary>
internal sealed class ScoringRow : DataViewRow
{
    private readonly ScoringMapper _mapper;
    private readonly DataViewRow _input;
    private readonly ActiveColumns _active;
    private readonly Delegate?[] _getters;
    private readonly RowScorer? _scorer;
    private bool _isDisposed;

    public ScoringRow(ScoringMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        (_mapper, _input) = (mapper, input);
        _active = new ActiveColumns(mapper.OutputSchema, activeColumns);
        _getters = new Delegate?[mapper.OutputSchema.Count];
        foreach (DataViewSchema.Column column in _active.All)
        {
            if (mapper.InputColumn(column.Index) is not null)
                continue;
            _scorer ??= mapper.CreateScorer(input);
            _getters[column.Index] = mapper.CreateGetter(column.Index, _scorer);
        }
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _active.Check(column);
        return _mapper.InputColumn(column.Index) is DataViewSchema.Column inputColumn
            ? _input.GetGetter<TValue>(inputColumn) : _active.Cast<TValue>(column, _getters[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _scorer?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }
}
