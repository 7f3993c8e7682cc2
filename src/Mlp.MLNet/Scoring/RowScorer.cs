using Microsoft.ML;
using Mlp.Data;
using Mlp.Losses;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Scoring;

/// <summary>Scores one row at a time, as the row moves on.</summary>
internal sealed class RowScorer : Scorer
{
    private readonly DataViewRow _input;
    private readonly InputReader _inputs;
    private readonly Predictor<float> _predictor;
    private readonly MissingFeatures _missing;
    private readonly OutputLink _link;
    private readonly FeatureBatch<float> _features;
    private readonly float[] _outputs, _predictions;
    private readonly ScaleScorer? _scales;
    private long _position = long.MinValue, _predictionPosition = long.MinValue, _scalePosition = long.MinValue;

    /// <param name="input">The row or cursor to follow.</param>
    /// <param name="columns">What the model reads of it, active.</param>
    /// <param name="model">Shared by all cursors; the work space is not.</param>
    /// <param name="scales">Of intervals around its predictions; null for none.</param>
    /// <param name="missing">Is told of NaN outputs.</param>
    public RowScorer(DataViewRow input, InputColumns columns, Model<float> model, Model<float>? scales, MissingFeatures missing)
    {
        _scales = scales is null ? null : new ScaleScorer(scales, maxRowCount: 1);
        (_input, _missing) = (input, missing);
        _inputs = new InputReader(input, columns, model);
        _predictor = new Predictor<float>(model, maxRowCount: 1);
        _link = model.Link;
        _features = new FeatureBatch<float>(model.Network.Inputs, maxRowCount: 1);
        _outputs = new float[model.Network.OutputCount];
        _predictions = new float[model.Network.OutputCount];
    }

    public override ReadOnlySpan<float> Outputs
    {
        get
        {
            long position = _input.Position;
            if (_position != position)
            {
                _features.Clear();
                _inputs.AppendTo(_features);
                int firstFilled = _predictor.Predict(_features, _outputs);
                _missing.Check(_features, firstFilled, _outputs, position);
                _position = position;
            }
            return _outputs;
        }
    }

    public override ReadOnlySpan<float> Predictions
    {
        get
        {
            long position = _input.Position;
            if (_predictionPosition != position)
            {
                Outputs.CopyTo(_predictions);
                _link.Apply<float>(_predictions, _predictions.Length);
                _predictionPosition = position;
            }
            return _predictions;
        }
    }

    public override ReadOnlySpan<float> Scales
    {
        get
        {
            if (_scales is null)
                return [];
            long position = _input.Position;
            if (_scalePosition != position)
            {
                _ = Outputs;
                _scales.Compute(_features);
                _scalePosition = position;
            }
            return _scales.Of(0);
        }
    }

    public override void Dispose()
    {
        _predictor.Dispose();
        _scales?.Dispose();
    }
}
