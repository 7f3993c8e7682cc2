namespace Mlp.MLNet;

/// <summary>Scores the rows of a batch at once, when the first of them is asked for, and gives those of one row after the other.</summary>
internal sealed class BatchScorer : Scorer
{
    private readonly Model<float> _model;
    private readonly int _inputCount, _outputCount, _maxRowCount;
    private readonly float[] _features, _outputs, _predictions;
    private Predictor<float>? _predictor;
    private int _rowCount, _row;
    private bool _hasOutputs, _hasPredictions;

    /// <param name="model">Shared by all cursors; the work space is not.</param>
    /// <param name="maxRowCount">Rows of a batch, at least 1.</param>
    public BatchScorer(Model<float> model, int maxRowCount)
    {
        (_model, _maxRowCount) = (model, maxRowCount);
        (_inputCount, _outputCount) = (model.Network.InputCount, model.Network.OutputCount);
        _features = new float[maxRowCount * _inputCount];
        _outputs = new float[maxRowCount * _outputCount];
        _predictions = new float[_outputs.Length];
    }

    public override ReadOnlySpan<float> Outputs
    {
        get
        {
            if (!_hasOutputs)
            {
                // The weights are copied into it: not before somebody wants a prediction.
                _predictor ??= new Predictor<float>(_model, _maxRowCount);
                _predictor.Predict(_features.AsSpan(0, _rowCount * _inputCount), _outputs.AsSpan(0, _rowCount * _outputCount));
                _hasOutputs = true;
            }
            return _outputs.AsSpan(_row * _outputCount, _outputCount);
        }
    }

    public override ReadOnlySpan<float> Predictions
    {
        get
        {
            if (!_hasPredictions)
            {
                _ = Outputs;
                Span<float> predictions = _predictions.AsSpan(0, _rowCount * _outputCount);
                _outputs.AsSpan(0, predictions.Length).CopyTo(predictions);
                _model.Link.Apply(predictions, _outputCount);
                _hasPredictions = true;
            }
            return _predictions.AsSpan(_row * _outputCount, _outputCount);
        }
    }

    /// <summary>Where the features of a row of the next batch go.</summary>
    public Span<float> Features(int row) => _features.AsSpan(row * _inputCount, _inputCount);

    /// <summary>Takes the rows whose features were written for the batch.</summary>
    public void StartBatch(int rowCount)
    {
        _rowCount = rowCount;
        _hasOutputs = _hasPredictions = false;
    }

    /// <summary>Goes to a row of the batch.</summary>
    public void MoveTo(int row) => _row = row;

    public override void Dispose() => _predictor?.Dispose();
}
