using Mlp.Data;
using Mlp.Losses;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Scoring;

/// <summary>Scores the rows of a batch at once, when the first of them is asked for, and gives those of one row after the other.</summary>
internal sealed class BatchScorer : Scorer
{
    private readonly Model<float> _model;
    private readonly Model<float>? _modelOfScales;
    private readonly int _outputCount, _maxRowCount, _threadCount;
    private readonly MissingFeatures _missing;
    private readonly FeatureBatch<float> _features;
    private readonly float[] _outputs, _predictions;
    private Predictor<float>? _predictor;
    private ScaleScorer? _scales;
    private int _rowCount, _row;
    private long _position;
    private bool _hasOutputs, _hasPredictions, _hasScales;

    /// <param name="model">Shared by all cursors; the work space is not.</param>
    /// <param name="scales">Of intervals around its predictions; null for none.</param>
    /// <param name="maxRowCount">Rows of a batch, at least 1.</param>
    /// <param name="threadCount">Threads that may share a large batch.</param>
    /// <param name="missing">Is told of NaN outputs.</param>
    public BatchScorer(Model<float> model, Model<float>? scales, int maxRowCount, int threadCount, MissingFeatures missing)
    {
        _modelOfScales = scales;
        (_model, _maxRowCount, _threadCount, _missing) = (model, maxRowCount, threadCount, missing);
        _outputCount = model.Network.OutputCount;
        _features = new FeatureBatch<float>(model.Network.Inputs, maxRowCount);
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
                Span<float> outputs = _outputs.AsSpan(0, _rowCount * _outputCount);
                int firstFilled = _predictor.Predict(_features, outputs);
                _missing.Check(_features, firstFilled, outputs, _position);
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

    public override ReadOnlySpan<float> Scales
    {
        get
        {
            if (_modelOfScales is null)
                return [];
            int row = CurrentRow();
            if (!_hasScales)
            {
                // Which scales the features.
                _ = Outputs;
                _scales ??= new ScaleScorer(_modelOfScales, _maxRowCount);
                _scales.Compute(_features);
                _hasScales = true;
            }
            return _scales!.Of(row);
        }
    }

    public bool IsAtRow => _row < _rowCount;

    /// <summary>Of how many values the features of the rows consist that were added.</summary>
    public int ValueCount => _features.ValueCount;

    /// <summary>Adds the row at which a reader is to the next batch.</summary>
    public void Add(InputReader reader) => reader.AppendTo(_features);

    /// <summary>Takes the rows that were added, and goes to the first one.</summary>
    /// <param name="rowCount">0 for no row at all.</param>
    /// <param name="position">Of the first one in the cursor.</param>
    public void StartBatch(int rowCount, long position = -1)
    {
        (_rowCount, _row, _position) = (rowCount, 0, position);
        // A row that could not be read to its end may have left its features.
        _features.Truncate(rowCount);
        _hasOutputs = _hasPredictions = _hasScales = false;
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
        _scales?.Dispose();
        _scales = null;
        StartBatch(0);
    }
}
