using System.Numerics;
using Mlp.Explanations;

namespace Mlp;

/// <summary>Explains scores of a model: what each feature of a row adds to the score of a baseline.</summary>
/// <remarks>
/// <para>
/// The score is the logit where outputs are probabilities of events (two classes: of the second one); for classes that exclude each other
/// log(p / (1 − p)) with p the class's probability; otherwise the value itself. All are those of the whole model: the mean of its
/// networks, with temperature and range.
/// </para>
/// <para>
/// With z the scaled features of the row and z′ those of the baseline, feature i contributes (zᵢ − z′ᵢ) ∫ ∂score/∂zᵢ (z′ + α (z − z′)) dα
/// over α from 0 to 1. The path is straight in scaled features, so the unit of a feature does not matter. The integral is taken by 3-point
/// Gauss–Legendre on 4, 8, 16, … equal parts, in double, until neither the sum nor a contribution is off by more than
/// <see cref="RelativeTolerance"/> of Σ |contributions|, or <see cref="MaxPartCount"/> parts are reached; <see cref="Explanation.Residual"/>
/// says what was left. A feature that has the baseline's value contributes exactly 0.
/// </para>
/// <para>Repeatable bit for bit. One thread at a time may use an instance. Source: Sundararajan, Taly and Yan 2017, equation 1.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class IntegratedGradients<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of Σ |contributions|: what the sum may differ from the difference of the scores.</summary>
    public const double RelativeTolerance = 1e-4;

    /// <summary>Parts of the path at most. Networks with kinks (relu) come near it, smooth ones need a few.</summary>
    public const int MaxPartCount = 4096;

    private const int FirstPartCount = 4, PartsAtOnce = 32;

    // Of the 3-point rule on [0, 1].
    private static readonly double[] Nodes = [0.5 - Math.Sqrt(0.15), 0.5, 0.5 + Math.Sqrt(0.15)];
    private static readonly double[] NodeWeights = [5 / 18.0, 8 / 18.0, 5 / 18.0];

    private readonly Model<double> _model;
    private readonly ScoreFunction _function;
    private readonly double[] _baseline, _row, _points, _gradients, _scores;
    private readonly Predictor<double> _predictor;

    /// <summary>Prepares explanations; the model's parameters are copied.</summary>
    /// <param name="model">Any model but a softmax of a single output, whose score is always the same.</param>
    /// <param name="baseline">One finite value per feature, not scaled: the row that nothing is said about. See <see cref="CentreOf"/> and
    /// <see cref="MeanOf"/>.</param>
    /// <exception cref="ArgumentException">The baseline has another number of features than the model, or one that is not finite.</exception>
    public IntegratedGradients(Model<T> model, ReadOnlySpan<T> baseline)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Link == OutputLink.Softmax && model.Network.OutputCount == 1)
            throw new ArgumentException("The model is a softmax of one output, which is 1 for every row; there is nothing to explain.", nameof(model));
        CheckLength(baseline, model.Network.InputCount, "baseline");
        int infinite = Finite.IndexOfAnyExcept(baseline);
        if (infinite >= 0)
            throw new ArgumentException($"Feature {infinite} of the baseline is {baseline[infinite]}; it must be finite.", nameof(baseline));
        _model = WideModel.Of(model);
        int pointCount = PartsAtOnce * Nodes.Length;
        _function = new ScoreFunction(_model, pointCount);
        _predictor = new Predictor<double>(_model, maxRowCount: 1);
        _baseline = WideModel.Widen(baseline);
        _model.Scaling?.Apply(_baseline);
        _row = new double[_baseline.Length];
        _points = new double[pointCount * _baseline.Length];
        _gradients = new double[_points.Length];
        _scores = new double[pointCount];
    }

    /// <summary>The centre of a model's scaling (means or medians of the rows it was trained on); all 0 for a model without scaling.</summary>
    /// <param name="model">Any model.</param>
    public static T[] CentreOf(Model<T> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Scaling?.Offsets.ToArray() ?? new T[model.Network.InputCount];
    }

    /// <summary>The mean of every feature.</summary>
    /// <param name="features">All finite, at least one row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row.</exception>
    public static T[] MeanOf(RowBlocks<T> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.RowCount, 1, nameof(features));
        return [.. ColumnStatistics.Compute(features).Means.Select(T.CreateTruncating)];
    }

    /// <summary>Explains what the model predicts for a row: of classes the one with the largest output, otherwise the first output.</summary>
    /// <param name="features">One value per feature, not scaled.</param>
    /// <exception cref="ArgumentException">There are more or fewer features than the model has.</exception>
    public Explanation Explain(ReadOnlySpan<T> features)
    {
        CheckLength(features, _row.Length, "features");
        if (_model.Link != OutputLink.Softmax)
            return Explain(features, outputIndex: 0);
        var outputs = new double[_model.Network.OutputCount];
        _predictor.Predict(WideModel.Widen(features), outputs);
        int largest = 0;
        for (int output = 1; output < outputs.Length; output++)
        {
            if (outputs[output] > outputs[largest])
                largest = output;
        }
        return Explain(features, largest);
    }

    /// <summary>Explains one output.</summary>
    /// <param name="features">One value per feature, not scaled.</param>
    /// <param name="outputIndex">Zero-based.</param>
    /// <exception cref="ArgumentException">There are more or fewer features than the model has, or no such output.</exception>
    public Explanation Explain(ReadOnlySpan<T> features, int outputIndex)
    {
        CheckLength(features, _row.Length, "features");
        if (outputIndex < 0 || outputIndex >= _model.Network.OutputCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(outputIndex), outputIndex, $"outputIndex is {outputIndex}; the model has outputs 0 to {_model.Network.OutputCount - 1}.");
        }
        WideModel.Widen(features).CopyTo(_row, 0);
        _model.Scaling?.Apply(_row);
        double baselineScore = ScoreOf(_baseline, outputIndex), score = ScoreOf(_row, outputIndex);
        var contributions = new double[_row.Length];
        if (!double.IsFinite(score - baselineScore))
        {
            Array.Fill(contributions, double.NaN);
            return new Explanation(outputIndex, baselineScore, score, contributions);
        }
        // What rounding alone leaves.
        double floor = 1e-12 * (Math.Abs(score) + Math.Abs(baselineScore));
        var coarse = new double[contributions.Length];
        Integrate(FirstPartCount, outputIndex, coarse);
        for (int partCount = 2 * FirstPartCount; ; partCount *= 2)
        {
            Integrate(partCount, outputIndex, contributions);
            double sum = 0, size = 0, change = 0;
            for (int feature = 0; feature < contributions.Length; feature++)
            {
                sum += contributions[feature];
                size += Math.Abs(contributions[feature]);
                change = Math.Max(change, Math.Abs(contributions[feature] - coarse[feature]));
            }
            double error = Math.Max(change, Math.Abs(score - baselineScore - sum));
            if (error <= RelativeTolerance * size + floor || partCount == MaxPartCount)
                return new Explanation(outputIndex, baselineScore, score, contributions);
            contributions.CopyTo(coarse, 0);
        }
    }

    /// <summary>Frees its work space.</summary>
    public void Dispose()
    {
        _function.Dispose();
        _predictor.Dispose();
    }

    private static void CheckLength(ReadOnlySpan<T> values, int inputCount, string name)
    {
        if (values.Length != inputCount)
            throw new ArgumentException($"{name} holds {values.Length} values; the model has {inputCount} features.", name);
    }

    private double ScoreOf(ReadOnlySpan<double> scaled, int output)
    {
        _function.Evaluate(scaled, output, _scores.AsSpan(0, 1));
        return _scores[0];
    }

    /// <summary>The integral of every feature, with the path cut into equal parts.</summary>
    private void Integrate(int partCount, int output, double[] contributions)
    {
        Array.Clear(contributions);
        int inputCount = _row.Length;
        for (int first = 0; first < partCount; first += PartsAtOnce)
        {
            int pointCount = Math.Min(PartsAtOnce, partCount - first) * Nodes.Length;
            for (int point = 0; point < pointCount; point++)
            {
                double alpha = (first + point / Nodes.Length + Nodes[point % Nodes.Length]) / partCount;
                for (int feature = 0; feature < inputCount; feature++)
                    _points[point * inputCount + feature] = _baseline[feature] + alpha * (_row[feature] - _baseline[feature]);
            }
            Span<double> gradients = _gradients.AsSpan(0, pointCount * inputCount);
            _function.Evaluate(_points.AsSpan(0, gradients.Length), output, _scores.AsSpan(0, pointCount), gradients);
            for (int point = 0; point < pointCount; point++)
            {
                double weight = NodeWeights[point % Nodes.Length] / partCount;
                for (int feature = 0; feature < inputCount; feature++)
                    contributions[feature] += weight * gradients[point * inputCount + feature];
            }
        }
        for (int feature = 0; feature < inputCount; feature++)
            contributions[feature] *= _row[feature] - _baseline[feature];
    }
}
