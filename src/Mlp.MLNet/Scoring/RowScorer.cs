using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>The network's outputs for the current row of one cursor, computed when the first getter asks for them.</summary>
internal sealed class RowScorer : IDisposable
{
    private readonly DataViewRow _input;
    private readonly FeatureColumn _featureColumn;
    private readonly Predictor<float> _predictor;
    private readonly float[] _features, _outputs;
    private long _position = long.MinValue;

    /// <param name="input">The row or cursor to follow.</param>
    /// <param name="features">Its feature column, active.</param>
    /// <param name="model">Shared by all cursors; the work space is not.</param>
    public RowScorer(DataViewRow input, DataViewSchema.Column features, Model<float> model)
    {
        _input = input;
        _featureColumn = new FeatureColumn(input, features);
        _predictor = new Predictor<float>(model, maxRowCount: 1);
        _features = new float[model.Network.InputCount];
        _outputs = new float[model.Network.OutputCount];
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

    public void Dispose() => _predictor.Dispose();
}
