using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Explanations;

/// <summary>Follows a cursor over scored rows and explains those whose explanation is asked for.</summary>
internal sealed class ExplainingCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly ActiveColumns _active;
    private readonly Delegate?[] _getters;
    private readonly FeatureColumn? _featureColumn;
    private readonly KeyReader? _keyReader;
    private readonly Func<IntegratedGradients<float>> _createGradients;
    private readonly int? _outputIndex;
    private readonly float[] _features;
    private IntegratedGradients<float>? _gradients;
    private Explanation? _explanation;
    private long _position = long.MinValue;
    private bool _isDisposed;

    /// <param name="schema">The input's columns, then those of explanations.</param>
    /// <param name="input">Owned from now on.</param>
    /// <param name="active">Columns of the schema.</param>
    /// <param name="columns">What the model reads; active in the input when an explanation is.</param>
    /// <param name="keyCounts">How many values of each key column the model knows.</param>
    /// <param name="createGradients">Called when the first explanation is asked for: it copies the parameters.</param>
    /// <param name="outputIndex">Null for what the model predicts.</param>
    public ExplainingCursor(
        DataViewSchema schema, DataViewRowCursor input, ActiveColumns active, InputColumns columns, int[] keyCounts,
        Func<IntegratedGradients<float>> createGradients, int? outputIndex)
    {
        (Schema, _input, _active, _createGradients, _outputIndex) = (schema, input, active, createGradients, outputIndex);
        int inputColumnCount = input.Schema.Count;
        _getters = new Delegate?[schema.Count];
        foreach (DataViewSchema.Column column in active.All.Where(column => column.Index >= inputColumnCount))
        {
            _featureColumn ??= new FeatureColumn(input, columns.Features);
            _keyReader ??= new KeyReader(input, columns.Categories, keyCounts);
            _getters[column.Index] = ExplanationColumns.CreateGetter(column.Index - inputColumnCount, Explain);
        }
        _features = new float[columns.Features.Type is VectorDataViewType vector ? vector.Size : 1];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool MoveNext() => _input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _active.Check(column);
        return column.Index < _input.Schema.Count
            ? _input.GetGetter<TValue>(_input.Schema[column.Index]) : _active.Cast<TValue>(column, _getters[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _gradients?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private Explanation Explain()
    {
        if (_explanation is null || _position != _input.Position)
        {
            _featureColumn!.Read(_features);
            _gradients ??= _createGradients();
            _explanation = _gradients.Explain(_features, _keyReader!.Read(), _outputIndex);
            _position = _input.Position;
        }
        return _explanation;
    }
}
