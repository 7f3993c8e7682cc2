using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Predictions of Mlp.MLNet with how far those of another runtime may be from them: what <see cref="RoundingErrors"/> has for the
/// outputs, carried through the link.</summary>
/// <param name="model">The model.</param>
/// <param name="features">Row-major, rows x inputs.</param>
/// <param name="featureErrors">What features may differ by that a runtime computes itself; null for nothing.</param>
internal sealed class OnnxExpectations(MlpModelParameters model, float[] features, double[]? featureErrors = null)
{
    // A function of single precision is correct to some units in the last place.
    private const double OfFunction = 4 * RoundingErrors.Unit;

    private readonly int _width = model.OutputCount;
    private readonly double[] _errors = RoundingErrors.OfOutputs(model.EngineModel, features, featureErrors);

    /// <summary>Predictions of regression, probabilities of classes.</summary>
    public OnnxValues Predictions(string name, float[] values) => new(name, _width, values, Tolerances(values, areLogits: false));

    /// <summary>Logits.</summary>
    public OnnxValues Logits(string name, float[] values) => new(name, _width, values, Tolerances(values, areLogits: true));

    /// <summary>True above a logit of 0; undecided where the runtime's may be on the other side.</summary>
    public OnnxValues Flags(string name, bool[] values, float[] logits) =>
        new(name, _width, values, [.. logits.Select((logit, index) => Math.Abs(logit) <= _errors[index] ? double.PositiveInfinity : 0)]);

    /// <summary>The class of the largest score; undecided where the runtime's may be another one.</summary>
    /// <param name="name">Of the output.</param>
    /// <param name="values">One per row.</param>
    /// <param name="scores">Row-major, rows x classes.</param>
    public OnnxValues Classes(string name, Array values, float[] scores)
    {
        double[] tolerances = Tolerances(scores, areLogits: false);
        return new OnnxValues(name, 1, values, [.. scores.Chunk(_width).Select((row, index) =>
        {
            float[] sorted = [.. row.OrderDescending()];
            return sorted[0] - sorted[1] <= 2 * tolerances.AsSpan(index * _width, _width).ToArray().Max() ? double.PositiveInfinity : 0;
        })]);
    }

    /// <summary>What predictions may differ by: those of the link, or logits.</summary>
    private double[] Tolerances(float[] values, bool areLogits) =>
        [.. values.Select((value, index) => areLogits ? _errors[index] : OfPrediction(value, index))];

    private double OfPrediction(float value, int index) => model.Link switch
    {
        OutputLink.Sigmoid => OfFunction + _errors[index] / 4,
        // ∂pᵢ/∂oⱼ sums to at most 2 p (1 − p) over j.
        OutputLink.Softmax => OfFunction + _errors.AsSpan(index / _width * _width, _width).ToArray().Max() / 2,
        OutputLink.Exponential => Math.Abs(value) * (OfFunction + Math.Exp(_errors[index]) - 1),
        _ => _errors[index],
    };
}
