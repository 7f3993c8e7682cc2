using System.Numerics;
using Mlp.Data;
using Mlp.Explanations;
using Mlp.Numerics;

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
/// over α from 0 to 1. The path is straight in scaled features, so the unit of a feature does not matter. The integral is taken in double,
/// by 3-point Gauss–Legendre on parts that are halved where a contribution still changes, until the sum is off by no more than
/// <see cref="RelativeTolerance"/> of Σ |contributions| or <see cref="MaxPointCount"/> gradients are taken;
/// <see cref="Explanation.Residual"/> says what was left. A feature that has the baseline's value contributes exactly 0.
/// </para>
/// <para>Repeatable bit for bit. One thread at a time may use an instance. Source: Sundararajan, Taly and Yan 2017, equation 1.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class IntegratedGradients<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of Σ |contributions|: what the sum may differ from the difference of the scores.</summary>
    public const double RelativeTolerance = 1e-4;

    /// <summary>Gradients that are taken for one explanation at most. Large networks with kinks (relu) come near it, smooth ones need some
    /// 30.</summary>
    public const int MaxPointCount = 1 << 16;

    private readonly Model<double> _model;
    private readonly ScoreFunction _function;
    private readonly PathIntegral _integral;
    private readonly double[] _baseline, _row;
    private readonly Predictor<double> _predictor;

    /// <summary>Prepares explanations; the model's parameters are copied.</summary>
    /// <param name="model">Any model but a softmax of a single output, whose score is always the same.</param>
    /// <param name="baseline">One finite value per feature, not scaled: the row that nothing is said about. See <see cref="CentreOf"/> and
    /// <see cref="MeanOf"/>.</param>
    /// <exception cref="ArgumentException">The baseline has another number of features than the model, or one that is not
    /// finite.</exception>
    public IntegratedGradients(Model<T> model, ReadOnlySpan<T> baseline)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Link == OutputLink.Softmax && model.Network.OutputCount == 1)
            throw new ArgumentException(
                "The model is a softmax of one output, which is 1 for every row; there is nothing to explain.", nameof(model));
        CheckLength(baseline, model.Network.InputCount, "baseline");
        int infinite = Finite.IndexOfAnyExcept(baseline);
        if (infinite >= 0)
            throw new ArgumentException(
                $"Feature {infinite} of the baseline is {baseline[infinite]}; it must be finite.", nameof(baseline));
        _model = WideModel.Of(model);
        _function = new ScoreFunction(_model, PathIntegral.PointsAtOnce);
        _predictor = new Predictor<double>(_model, maxRowCount: 1);
        _baseline = WideModel.Widen(baseline);
        _model.Scaling?.Apply(_baseline);
        _row = new double[_baseline.Length];
        _integral = new PathIntegral(_function, _baseline, _row);
    }

    /// <summary>Gradients after which the parts are left as they are. Default: <see cref="MaxPointCount"/>.</summary>
    internal int PointLimit { get; init; } = MaxPointCount;

    /// <summary>The centre of a model's scaling (means or medians of the rows it was trained on); all 0 for a model without
    /// scaling.</summary>
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

    /// <summary>Explains what the model predicts for a row: of classes the one with the largest output, otherwise the first
    /// output.</summary>
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
                nameof(outputIndex), $"outputIndex is {outputIndex}; the model has outputs 0 to {_model.Network.OutputCount - 1}.");
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
        _integral.Start(outputIndex);
        // The parts' changes are only a sign of the error; where the sum shows that they were too small a sign, once more and finer.
        for (double tolerance = RelativeTolerance; ; tolerance /= 16)
        {
            double size = _integral.Compute(tolerance, PointLimit, contributions);
            if (Math.Abs(score - baselineScore - contributions.Sum()) <= RelativeTolerance * size + floor
                || _integral.PointCount >= PointLimit)
                return new Explanation(outputIndex, baselineScore, score, contributions);
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
        double score = 0;
        _function.Evaluate(scaled, output, new Span<double>(ref score));
        return score;
    }
}
