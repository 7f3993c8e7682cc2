using Mlp.MLNet.Options;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp.MLNet;

/// <summary>
/// The hyper-parameters that a search may vary, their ranges, and how they become options: for <c>Tune</c>, and for other searches, such as
/// that of Microsoft.ML.AutoML, which take a space and a factory from its values to an estimator.
/// </summary>
/// <remarks>
/// What the user has set in the options is not varied. Activation, normalization and what decides which features a network sees are not in
/// the space: the networks of a model share them.
/// </remarks>
/// <example><code>
/// var space = MlpSearchSpace.For(new MlpRegressionTrainer.Options(), rowCount: 20_000);
/// foreach (MlpSearchDimension dimension in space.Dimensions)
///     Console.WriteLine($"{dimension.Name}: {dimension.Minimum} to {dimension.Maximum}");
/// var options = new MlpRegressionTrainer.Options();
/// space.Apply(options, new Dictionary&lt;string, double&gt; { ["LearningRate"] = 0.01 });
/// </code></example>
public sealed class MlpSearchSpace
{
    /// <summary>Values that are drawn are, on average, every other one: what a preset has is a good place to begin from.</summary>
    private const double PartDrawn = 0.5;

    private readonly IReadOnlyList<Row> _rows;

    private MlpSearchSpace(IReadOnlyList<Row> rows) => _rows = rows;

    /// <summary>What varies, in the order in which it is drawn.</summary>
    public IReadOnlyList<MlpSearchDimension> Dimensions => [.. _rows.Select(row => row.Dimension)];

    /// <summary>The space around what is in force.</summary>
    /// <param name="options">Of the trainer. What they set is left alone.</param>
    /// <param name="rowCount">Training rows, on which presets depend; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no rows.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static MlpSearchSpace For(MlpOptions options, long rowCount)
    {
        ArgumentNullException.ThrowIfNull(options);
        RangeCheck.AtLeast(1, rowCount);
        var given = options.Copy();
        ResolvedOptions resolved = given.Validate();
        var settings = resolved.ToTrainingSettings(seed: 0, rowCount);
        IReadOnlyList<int> sizes = resolved.HiddenLayerSizesFor(rowCount);
        bool takesSteps = resolved.Optimizer is not Lbfgs;
        int batchSize = settings.BatchSizeFor(rowCount), units = sizes.Count == 0 ? 0 : sizes.Max();
        double rate = settings.Optimizer.LearningRate, smoothing = resolved.LabelSmoothing;
        (bool IsThere, Row Row)[] all =
        [
            (takesSteps && given is { LearningRate: null, Optimizer: null }, new Row(
                Range(nameof(MlpOptions.LearningRate), rate, rate / 4, 3 * rate), (target, value) => target.LearningRate = value)),
            (takesSteps && given.BatchSize is null, new Row(
                Choice(nameof(MlpOptions.BatchSize), batchSize, [batchSize / 2, batchSize, 2 * batchSize, 4 * batchSize]),
                (target, value) => target.BatchSize = (int)value)),
            (takesSteps && given.NumberOfEpochs is null, new Row(
                Choice(nameof(MlpOptions.NumberOfEpochs), settings.NumberOfEpochs, [settings.NumberOfEpochs, 2 * settings.NumberOfEpochs]),
                (target, value) => target.NumberOfEpochs = (int)value)),
            (given.HiddenLayerSizes is null && units > 0, new Row(
                Choice(UnitsName, units, [units / 2, units, 3 * units / 2]),
                (target, value) =>
                    target.HiddenLayerSizes = [.. sizes.Select(size => Math.Max(1, (int)Math.Round(size * value / units)))])),
            (given.HiddenLayerSizes is null && units > 0 && PaddedNetwork.CanRepeat(resolved.Activation), new Row(
                Choice(LayersName, sizes.Count, [sizes.Count, sizes.Count + 1]),
                // After the units, which are there whenever these are.
                (target, value) => target.HiddenLayerSizes =
                    [.. target.HiddenLayerSizes!, .. Enumerable.Repeat(target.HiddenLayerSizes![^1], (int)value - sizes.Count)])),
            (takesSteps && given.DropoutRates is null, new Row(
                Choice(nameof(MlpOptions.DropoutRates), resolved.DropoutRates.FirstOrDefault(), [0, 0.05, 0.1, 0.2, 0.3]),
                (target, value) => target.DropoutRates = value == 0 ? [] : [value])),
            (takesSteps && given.Optimizer is null, new Row(
                Choice(nameof(Optimizer.WeightDecay), resolved.Optimizer.WeightDecay, [0, 0.003, 0.01, 0.03, 0.1, 0.3]),
                (target, value) =>
                {
                    target.LearningRate ??= rate;
                    target.Optimizer = resolved.Optimizer with { WeightDecay = value, LearningRate = target.LearningRate.Value };
                })),
            (given.NumericEmbedding is null && resolved.NumericEmbedding.MaximumFeatureCount > 0, new Row(
                Range(
                    nameof(NumericEmbedding.FrequencyDeviation),
                    resolved.NumericEmbedding.FrequencyDeviation ?? FrequencyRange.DefaultDeviation, 0.03, FrequencyRange.Wide.Most),
                (target, value) => target.NumericEmbedding = resolved.NumericEmbedding with { FrequencyDeviation = value },
                SetsDefault: false)),
            (given is MlpClassificationOptions { LabelSmoothing: null } && smoothing > 0, new Row(
                Choice(nameof(MlpClassificationOptions.LabelSmoothing), smoothing, [0, 0.02, 0.05, 0.1]),
                (target, value) => ((MlpClassificationOptions)target).LabelSmoothing = value)),
            (takesSteps && given.CategoricalEmbedding is null && !resolved.CategoricalEmbedding.IsNone, new Row(
                Choice(nameof(CategoricalEmbedding.UnknownRate), resolved.CategoricalEmbedding.UnknownRate, [0.01, 0.03, 0.1]),
                (target, value) => target.CategoricalEmbedding = resolved.CategoricalEmbedding with { UnknownRate = value })),
        ];
        return new MlpSearchSpace([.. all.Where(one => one.IsThere).Select(one => one.Row)]);
    }

    /// <summary>Sets the options that the values name; a hyper-parameter that has none gets its default, but for the frequencies, which
    /// the trainer then finds by itself.</summary>
    /// <param name="options">Of the kind that the space was made for. Changed.</param>
    /// <param name="values">By the names of <see cref="Dimensions"/>.</param>
    /// <exception cref="ArgumentException">A value is of no dimension, or not finite.</exception>
    public void Apply(MlpOptions options, IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(values);
        foreach ((string name, double value) in values)
        {
            if (_rows.All(row => row.Dimension.Name != name))
            {
                throw new ArgumentException(
                    $"There is no hyper-parameter '{name}' in the space; there are "
                        + $"{string.Join(", ", _rows.Select(row => row.Dimension.Name))}.", nameof(values));
            }
            if (!double.IsFinite(value))
                throw new ArgumentException($"{name} is {value}; it must be finite.", nameof(values));
        }
        foreach (Row row in _rows)
        {
            bool isGiven = values.TryGetValue(row.Dimension.Name, out double value);
            if (isGiven || row.SetsDefault)
                row.Set(options, isGiven ? value : row.Dimension.Default);
        }
    }

    /// <summary>What a trial has: the same for a seed and a number, however many trials there are.</summary>
    /// <param name="seed">Of the search.</param>
    /// <param name="number">Of the trial, from 1; 0 gives the defaults.</param>
    /// <returns>A value for each dimension.</returns>
    public IReadOnlyDictionary<string, double> Draw(int seed, int number)
    {
        RangeCheck.AtLeast(0, number);
        var values = new OrderedDictionary<string, double>();
        var random = new RandomSource(unchecked(seed * 31 + number));
        foreach (MlpSearchDimension dimension in Dimensions)
        {
            // Both are always drawn, so that one value does not depend on whether another one was.
            double draws = random.NextDouble(), place = random.NextDouble();
            values[dimension.Name] = number > 0 && draws < PartDrawn ? dimension.At(place) : dimension.Default;
        }
        return values;
    }

    private const string UnitsName = "HiddenUnits", LayersName = "HiddenLayers";

    private static MlpSearchDimension Range(string name, double value, double minimum, double maximum) =>
        new(name, value) { Minimum = minimum, Maximum = maximum, IsLogarithmic = true };

    private static MlpSearchDimension Choice(string name, double value, double[] choices) => new(name, value)
    {
        Choices = [.. choices.Where(choice => choice > 0 || choices[0] == 0).Distinct()],
        Minimum = choices.Min(),
        Maximum = choices.Max(),
    };

    private sealed record Row(MlpSearchDimension Dimension, Action<MlpOptions, double> Set, bool SetsDefault = true);
}
