using Mlp.Data;

namespace Mlp.MLNet.Scoring;

/// <summary>The scales of prediction intervals for rows whose features the model's own predictor has scaled. One thread at a time may use
/// it.</summary>
/// <param name="scales">Takes the same features as the model.</param>
/// <param name="maxRowCount">Rows at once.</param>
internal sealed class ScaleScorer(Model<float> scales, int maxRowCount) : IDisposable
{
    private readonly Predictor<float> _predictor = new(scales, maxRowCount);
    private readonly int _outputCount = scales.Network.OutputCount;
    private readonly float[] _values = new float[maxRowCount * scales.Network.OutputCount];

    /// <summary>Computes those of all rows of a batch.</summary>
    public void Compute(FeatureBatch<float> features) => _predictor.PredictScaled(
        features.Inputs, features.RowCount, _values.AsSpan(0, features.RowCount * _outputCount));

    /// <summary>The scales of a row.</summary>
    public ReadOnlySpan<float> Of(int row) => _values.AsSpan(row * _outputCount, _outputCount);

    public void Dispose() => _predictor.Dispose();
}
