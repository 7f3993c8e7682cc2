using Mlp.Losses;

namespace Mlp.MLNet.Scoring;

/// <summary>Scores the rows of a batch at once, when the first of them is asked for, and gives those of one row after the other.</summary>
internal sealed class BatchScorer : Scorer
{
    private readonly Model<float> _model;
    private readonly int _inputCount, _outputCount, _maxRowCount, _threadCount;
    private readonly MissingFeatures _missing;
    private readonly float[] _features, _outputs, _predictions;
    private Predictor<float>? _predictor;
    private int _rowCount, _row;
    private long _position;
    private bool _hasOutputs, _hasPredictions;

    /// <param name="model">Shared by all cursors; the work space is not.</param>
    /// <param name="maxRowCount">Rows of a batch, at least 1.</param>
    /// <param name="threadCount">Threads that may share a large batch.</param>
    /// <param name="missing">Is told of NaN outputs.</param>
    public BatchScorer(Model<float> model, int maxRowCount, int threadCount, MissingFeatures missing)
    {
        (_model, _maxRowCount, _threadCount, _missing) = (model, maxRowCount, threadCount, missing);
        (_inputCount, _outputCount) = (model.Network.InputCount, model.Network.OutputCount);
        _features = new float[maxRowCount * _inputCount];
        _outputs = new float[maxRowCount * _outputCount];
        _predictions = new float[_outputs.Length];
    }

    public override ReadOnlySpan<float> Outputs
    {
        get
        {
            int row = CurrentRow();
            if (!_hasOutputs)
            {
                // The weights are copied into it: not before a prediction is asked for.
                _predictor ??= new Predictor<float>(_model, _maxRowCount, _threadCount);
                Span<float> features = _features.AsSpan(0, _rowCount * _inputCount), outputs = _outputs.AsSpan(0, _rowCount * _outputCount);
                _predictor.Predict(features, outputs);
                _missing.Check(features, outputs, _rowCount, _position);
                _hasOutputs = true;
            }
            return _outputs.AsSpan(row * _outputCount, _outputCount);
        }
    }

    public override ReadOnlySpan<float> Predictions
    {
        get
        {
            int row = CurrentRow();
            if (!_hasPredictions)
            {
                _ = Outputs;
                Span<float> predictions = _predictions.AsSpan(0, _rowCount * _outputCount);
                _outputs.AsSpan(0, predictions.Length).CopyTo(predictions);
                _model.Link.Apply(predictions, _outputCount);
                _hasPredictions = true;
            }
            return _predictions.AsSpan(row * _outputCount, _outputCount);
        }
    }

    public bool IsAtRow => _row < _rowCount;

    /// <summary>Where the features of a row of the next batch go.</summary>
    public Span<float> Features(int row) => _features.AsSpan(row * _inputCount, _inputCount);

    /// <summary>Takes the rows whose features were written for the batch, and goes to the first one.</summary>
    /// <param name="rowCount">0 for no row at all.</param>
    /// <param name="position">Of the first one in the cursor.</param>
    public void StartBatch(int rowCount, long position = -1)
    {
        (_rowCount, _row, _position) = (rowCount, 0, position);
        _hasOutputs = _hasPredictions = false;
    }

    /// <summary>False when there is no further row in the batch.</summary>
    public bool MoveNext() => ++_row < _rowCount;

    /// <summary>The row of the batch that is given out.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public int CurrentRow() => IsAtRow ? _row : throw new InvalidOperationException(
        "The cursor is at no row. Get values after MoveNext has returned true, and before it returns false.");

    /// <summary>Ends its threads, too; can be called again.</summary>
    public override void Dispose()
    {
        _predictor?.Dispose();
        _predictor = null;
        StartBatch(0);
    }
}
