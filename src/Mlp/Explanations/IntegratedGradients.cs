using System.Numerics;
using Mlp.Data;
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
/// over α from 0 to 1. The path is straight in scaled features, so the unit of a feature does not matter. The integral is taken in double,
/// by 3-point Gauss–Legendre on parts that are halved where a contribution still changes, until the sum is off by no more than
/// <see cref="RelativeTolerance"/> of Σ |contributions| or <see cref="MaxPointCount"/> gradients are taken;
/// <see cref="Explanation.Residual"/> says what was left. A feature that has the baseline's value contributes exactly 0.
/// </para>
/// <para>
/// A model that learnt what to make of missing numbers and categories has z after that: in every network its learnt value and an indicator
/// for a missing number, and its embedding for a category's value. So the path is one of finite numbers, and a number contributes what it
/// and its indicator do. What a category contributes is at the slot of the row's value (at its first slot where the value is not known),
/// and its other slots have 0. Slots that are 0 in row and baseline cost nothing where the model keeps them as index and value.
/// </para>
/// <para>
/// A model that was trained on key columns beside its features (Mlp.MLNet, CategoricalColumnNames) has a contribution for each of them
/// behind those of the features. This class takes features alone, and every key for one that is not known, in the baseline and in the row:
/// these contributions are 0. ExplainMlp of Mlp.MLNet takes the keys.
/// </para>
/// <para>Repeatable bit for bit. One thread at a time may use an instance. Source: Sundararajan, Taly and Yan 2017, equation 1.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class IntegratedGradients<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What the sum may differ from the difference of the scores, as a part of Σ |contributions|.</summary>
    public const double RelativeTolerance = 1e-4;

    /// <summary>Gradients that are taken for one explanation at most. Large networks with kinks (relu) come near it, smooth ones need some
    /// 30.</summary>
    public const int MaxPointCount = 1 << 16;

    private readonly Model<double> _model;
    private readonly ScoreFunction _function;
    private readonly PathIntegral _integral;
    private readonly StraightPath _path;
    private readonly Predictor<double> _predictor;

    /// <summary>Prepares explanations; the model's parameters are copied.</summary>
    /// <param name="model">Any model but a softmax of a single output, whose score is always the same.</param>
    /// <param name="baseline">One value per feature, not scaled: the row that nothing is said about. See <see cref="CentreOf"/> and
    /// <see cref="MeanOf"/>. Finite, but for numbers that the model allows to be missing. Where a category's slots hold shares of rows, as
    /// a mean has them, its embedding is the mean of those of the values.</param>
    /// <exception cref="ArgumentException">The baseline has another number of features than the model, or one that is infinite, or NaN
    /// where the model does not take it.</exception>
    public IntegratedGradients(Model<T> model, ReadOnlySpan<T> baseline)
        : this(model, baseline, keyShares: [])
    {
    }

    /// <summary>Prepares explanations of a model that may read keys beside its features.</summary>
    internal IntegratedGradients(Model<T> model, Baseline<T> baseline)
        : this(model, baseline.Features, baseline.KeyShares)
    {
    }

    private IntegratedGradients(Model<T> model, ReadOnlySpan<T> baseline, IReadOnlyList<double[]> keyShares)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Link == OutputLink.Softmax && model.Network.OutputCount == 1)
            throw new ArgumentException(
                "The model is a softmax of one output, which is 1 for every row; there is nothing to explain.", nameof(model));
        CheckLength(baseline, model.FeatureCount, "baseline");
        for (int feature = 0; feature < baseline.Length; feature++)
        {
            if (!T.IsFinite(baseline[feature]) && !(T.IsNaN(baseline[feature]) && model.TakesMissing(feature)))
                throw new ArgumentException(
                    $"Feature {feature} of the baseline is {baseline[feature]}; it must be finite.", nameof(baseline));
        }
        _model = WideModel.Of(model);
        _function = new ScoreFunction(_model, PathIntegral.PointsAtOnce);
        _predictor = new Predictor<double>(_model, maxRowCount: 1);
        _path = new StraightPath(_model, WideModel.Widen(baseline), keyShares, PathIntegral.PointsAtOnce);
        _integral = new PathIntegral(_function, _path);
    }

    /// <summary>Gradients after which the parts are left as they are. Default: <see cref="MaxPointCount"/>.</summary>
    internal int PointLimit { get; init; } = MaxPointCount;

    /// <summary>The centre of a model's scaling (means or medians of the rows it was trained on), 0 without scaling; 0 for sparse slots
    /// and in all slots of a category, whose value is then not known.</summary>
    /// <param name="model">Any model.</param>
    public static T[] CentreOf(Model<T> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var centre = new T[model.FeatureCount];
        ReadOnlySpan<T> offsets = model.Scaling is null ? [] : model.Scaling.Offsets;
        for (int number = 0; number < offsets.Length; number++)
            centre[model.Layout?.NumberSlots[number] ?? number] = offsets[number];
        return centre;
    }

    /// <summary>The mean of every feature.</summary>
    /// <param name="features">At least one row, none infinite. NaN is a missing value, and left out; a feature that is missing in all rows
    /// has the mean NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row.</exception>
    public static T[] MeanOf(RowBlocks<T> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.RowCount, 1, nameof(features));
        T[] means = [.. ColumnStatistics.Compute(features).Means.Select(T.CreateTruncating)];
        for (int feature = 0; feature < means.Length; feature++)
        {
            if (means[feature] == T.Zero && Enumerable.Range(0, features.RowCount).All(row => T.IsNaN(features[row][feature])))
                means[feature] = T.NaN;
        }
        return means;
    }

    /// <summary>Explains what the model predicts for a row: of classes the one with the largest output, otherwise the first
    /// output.</summary>
    /// <param name="features">One value per feature, not scaled.</param>
    /// <exception cref="ArgumentException">There are more or fewer features than the model has.</exception>
    public Explanation Explain(ReadOnlySpan<T> features) => Explain(features, keys: [], outputIndex: null);

    /// <summary>Explains one output.</summary>
    /// <param name="features">One value per feature, not scaled.</param>
    /// <param name="outputIndex">Zero-based.</param>
    /// <exception cref="ArgumentException">There are more or fewer features than the model has, or no such output.</exception>
    public Explanation Explain(ReadOnlySpan<T> features, int outputIndex) => Explain(features, keys: [], outputIndex);

    /// <summary>Explains a row with keys beside its features.</summary>
    /// <param name="features">As above.</param>
    /// <param name="keys">One per key column of the layout: 0 for a value that is not known, otherwise from 1 to its number of values.
    /// Empty where none is known.</param>
    /// <param name="outputIndex">Zero-based; null for what the model predicts.</param>
    /// <returns>With the contributions of the key columns behind those of the features.</returns>
    internal Explanation Explain(ReadOnlySpan<T> features, ReadOnlySpan<int> keys, int? outputIndex)
    {
        CheckLength(features, _model.FeatureCount, "features");
        if (outputIndex < 0 || outputIndex >= _model.Network.OutputCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(outputIndex), $"outputIndex is {outputIndex}; the model has outputs 0 to {_model.Network.OutputCount - 1}.");
        }
        double[] wide = WideModel.Widen(features);
        int explained = outputIndex ?? PredictedOutput(wide, keys);
        _path.SetRow(wide, keys);
        double baselineScore = ScoreOf(_path.From, explained), score = ScoreOf(_path.To, explained);
        var all = new double[_model.FeatureCount + (_model.Layout?.KeyCounts.Length ?? 0)];
        if (!double.IsFinite(score - baselineScore))
        {
            Array.Fill(all, double.NaN);
            return new Explanation(explained, baselineScore, score, all);
        }
        var contributions = new double[_path.Slots.Length];
        // What rounding alone leaves.
        double floor = 1e-12 * (Math.Abs(score) + Math.Abs(baselineScore)), size;
        double tolerance = RelativeTolerance;
        _integral.Start(explained);
        // The parts' changes are only a sign of the error; where the sum shows that they were too small a sign, once more and finer.
        do
        {
            size = _integral.Compute(tolerance, PointLimit, contributions);
            tolerance /= 16;
        }
        while (Math.Abs(score - baselineScore - contributions.Sum()) > RelativeTolerance * size + floor
            && _integral.PointCount < PointLimit);
        for (int index = 0; index < contributions.Length; index++)
        {
            if (_path.Slots[index] >= 0)
                all[_path.Slots[index]] = contributions[index];
        }
        return new Explanation(explained, baselineScore, score, all);
    }

    /// <summary>Frees its work space.</summary>
    public void Dispose()
    {
        _function.Dispose();
        _predictor.Dispose();
    }

    /// <summary>The class with the largest output where classes exclude each other, otherwise the first output.</summary>
    private int PredictedOutput(ReadOnlySpan<double> features, ReadOnlySpan<int> keys)
    {
        if (_model.Link != OutputLink.Softmax)
            return 0;
        var outputs = new double[_model.Network.OutputCount];
        _predictor.Predict(features, keys, outputs);
        int largest = 0;
        for (int output = 1; output < outputs.Length; output++)
        {
            if (outputs[output] > outputs[largest])
                largest = output;
        }
        return largest;
    }

    private static void CheckLength(ReadOnlySpan<T> values, int inputCount, string name)
    {
        if (values.Length != inputCount)
            throw new ArgumentException($"{name} holds {values.Length} values; the model has {inputCount} features.", name);
    }

    /// <summary>The score at one end of the path.</summary>
    private double ScoreOf(Span<double> end, int output)
    {
        double score = 0;
        _function.Evaluate(_path, end, output, new Span<double>(ref score));
        return score;
    }
}
