using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet;

/// <summary>A row with predictions, which follows an input row and owns it. Without an active prediction there is no scorer.</summary>
internal sealed class ScoringRow : DataViewRow
{
    private readonly ScoringMapper _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _isActive;
    private readonly Delegate?[] _getters;
    private readonly RowScorer? _scorer;
    private bool _isDisposed;

    public ScoringRow(ScoringMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        (_mapper, _input) = (mapper, input);
        _isActive = new bool[mapper.OutputSchema.Count];
        _getters = new Delegate?[mapper.OutputSchema.Count];
        foreach (DataViewSchema.Column column in activeColumns)
        {
            _isActive[column.Index] = true;
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

    public override bool IsColumnActive(DataViewSchema.Column column) => _isActive[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index >= _isActive.Length || !_isActive[column.Index])
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}' is not active. Name it among the columns needed when asking for the cursor or row.");
        }
        if (_mapper.InputColumn(column.Index) is DataViewSchema.Column inputColumn)
            return _input.GetGetter<TValue>(inputColumn);
        return _getters[column.Index] as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{Schema[column.Index].Name}' holds {Schema[column.Index].Type.RawType}; a getter of {typeof(TValue)} was asked for.");
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
