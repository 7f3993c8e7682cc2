using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>The network's outputs for the current row of one cursor, computed when the first getter asks for them.</summary>
internal sealed class RowScorer : IDisposable
{
    private readonly DataViewRow _input;
    private readonly FeatureColumn _featureColumn;
    private readonly Predictor<float> _predictor;
    private readonly OutputLink _link;
    private readonly float[] _features, _outputs, _predictions;
    private long _position = long.MinValue, _predictionPosition = long.MinValue;

    /// <param name="input">The row or cursor to follow.</param>
    /// <param name="features">Its feature column, active.</param>
    /// <param name="model">Shared by all cursors; the work space is not.</param>
    public RowScorer(DataViewRow input, DataViewSchema.Column features, Model<float> model)
    {
        _input = input;
        _featureColumn = new FeatureColumn(input, features);
        _predictor = new Predictor<float>(model, maxRowCount: 1);
        _link = model.Link;
        _features = new float[model.Network.InputCount];
        _outputs = new float[model.Network.OutputCount];
        _predictions = new float[model.Network.OutputCount];
    }

    /// <summary>One value per output of the network; those of the row at which the input is now.</summary>
    public ReadOnlySpan<float> Outputs
    {
        get
        {
            if (_position != _input.Position)
            {
                _featureColumn.Read(_features);
                _predictor.Predict(_features, _outputs);
                _position = _input.Position;
            }
            return _outputs;
        }
    }

    /// <summary>What the outputs stand for: the link applied to <see cref="Outputs"/>.</summary>
    public ReadOnlySpan<float> Predictions
    {
        get
        {
            if (_predictionPosition != _input.Position)
            {
                Outputs.CopyTo(_predictions);
                _link.Apply<float>(_predictions, _predictions.Length);
                _predictionPosition = _input.Position;
            }
            return _predictions;
        }
    }

    public void Dispose() => _predictor.Dispose();
}
