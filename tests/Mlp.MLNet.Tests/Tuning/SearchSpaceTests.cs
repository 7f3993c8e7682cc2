using Microsoft.ML;

namespace Mlp.MLNet.Tests.Tuning;

public class SearchSpaceTests
{
    private const long RowCount = 5_000;

    [Fact]
    public void Draw_GivesATrialTheSame_WhateverOthersThereAre()
    {
        var space = MlpSearchSpace.For(new MlpBinaryTrainer.Options(), RowCount);
        // A dimension less changes no other value.
        var smaller = MlpSearchSpace.For(new MlpBinaryTrainer.Options { LabelSmoothing = 0.1 }, RowCount);

        Assert.Equal(space.Draw(seed: 3, number: 7), space.Draw(seed: 3, number: 7));
        Assert.NotEqual(space.Draw(seed: 3, number: 7), space.Draw(seed: 3, number: 8));
        Assert.NotEqual(space.Draw(seed: 3, number: 7), space.Draw(seed: 4, number: 7));
        Assert.Equal(space.Dimensions.Count - 1, smaller.Dimensions.Count);
    }

    [Fact]
    public void Draw_StaysInRange_AndKeepsAboutHalfOfTheDefaults()
    {
        var space = MlpSearchSpace.For(new MlpBinaryTrainer.Options(), RowCount);
        foreach (MlpSearchDimension dimension in space.Dimensions)
        {
            double[] values = [.. Enumerable.Range(1, 400).Select(number => space.Draw(seed: 1, number)[dimension.Name])];
            Assert.All(values, value => Assert.True(
                value == dimension.Default || (dimension.Choices.Count > 0
                    ? dimension.Choices.Contains(value) : value >= dimension.Minimum && value <= dimension.Maximum),
                $"{dimension.Name} {value}"));
            // Half of the draws, and those that hit the default: at most another half of the rest.
            Assert.InRange(values.Count(value => value == dimension.Default), 150, 340);
            Assert.True(values.Distinct().Count() > 1, dimension.Name);
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(5_000)]
    public void TrialZero_IsTheTrainerItself(int rowCount)
    {
        var options = new MlpBinaryTrainer.Options();
        var space = MlpSearchSpace.For(options, rowCount);

        space.Apply(options, space.Draw(seed: 1, number: 0));

        var plain = new MlpBinaryTrainer.Options();
        Assert.Equal(
            plain.Validate().ToTrainingSettings(seed: 1, rowCount), options.Validate().ToTrainingSettings(seed: 1, rowCount) with
            {
                DropoutRates = plain.Validate().DropoutRates,
            });
        Assert.Equal(MlpOptions.HiddenLayerSizesFor(rowCount), options.HiddenLayerSizes!);
        Assert.Equal(plain.Validate().DropoutRates, options.Validate().DropoutRates);
        // That of the first network; the search gives the others of the start their own.
        Assert.Equal(plain.Validate().NumericEmbedding with { FrequencyDeviation = 0.1 }, options.Validate().NumericEmbedding);
        Assert.Equal(plain.Validate().CategoricalEmbedding, options.Validate().CategoricalEmbedding);
    }

    [Fact]
    public void For_LeavesOutWhatIsSet_AndWhatCannotBe()
    {
        Assert.Equal(
            ["LearningRate", "BatchSize", "NumberOfEpochs", "HiddenUnits", "HiddenLayers", "DropoutRates", "WeightDecay",
                "FrequencyDeviation", "UnknownRate"],
            NamesOf(new MlpRegressionTrainer.Options()));
        Assert.Equal(
            ["BatchSize", "DropoutRates", "FrequencyDeviation", "UnknownRate"],
            NamesOf(new MlpRegressionTrainer.Options { HiddenLayerSizes = [8], NumberOfEpochs = 3, Optimizer = new AdamW() }));
        Assert.Equal(
            ["HiddenUnits", "NumberOfEpochs", "UnknownRate"],
            NamesOf(new MlpRegressionTrainer.Options
            {
                Activation = Activation.Silu,
                LearningRate = 0.01,
                BatchSize = 8,
                DropoutRates = [],
                Optimizer = new Adam(),
                NumericEmbedding = NumericEmbedding.None,
            }).Order());
        Assert.Equal(
            ["HiddenUnits", "HiddenLayers", "FrequencyDeviation"], NamesOf(new MlpRegressionTrainer.Options { Optimizer = new Lbfgs() }));

        static IEnumerable<string> NamesOf(MlpOptions options) =>
            MlpSearchSpace.For(options, RowCount).Dimensions.Select(dimension => dimension.Name);
    }

    [Fact]
    public void Apply_SetsWhatIsNamed_AndTheDefaultsElsewhere()
    {
        var options = new MlpMulticlassTrainer.Options();
        var space = MlpSearchSpace.For(options, RowCount);

        space.Apply(options, new Dictionary<string, double>
        {
            ["HiddenUnits"] = 192,
            ["HiddenLayers"] = 3,
            ["WeightDecay"] = 0.1,
            ["LearningRate"] = 0.002,
            ["LabelSmoothing"] = 0,
        });
        // Again, on the same options.
        space.Apply(options, new Dictionary<string, double> { ["HiddenUnits"] = 64, ["HiddenLayers"] = 3, ["WeightDecay"] = 0.1 });

        Assert.Equal([64, 64, 64], options.HiddenLayerSizes!);
        Assert.Equal((0.1, 0.0045), (options.Optimizer!.WeightDecay, options.LearningRate));
        Assert.Equal((64, 0.05), (options.BatchSize, options.LabelSmoothing));
        // A trainer finds its frequencies by itself.
        Assert.Null(options.NumericEmbedding);
    }

    [Fact]
    public void WrongValues_AreRefused()
    {
        var options = new MlpBinaryTrainer.Options();
        var space = MlpSearchSpace.For(options, RowCount);

        Assert.Contains(
            "There is no hyper-parameter 'Depth' in the space; there are LearningRate, ",
            Assert.Throws<ArgumentException>(() => space.Apply(options, new Dictionary<string, double> { ["Depth"] = 3 })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "LearningRate is NaN; it must be finite.",
            Assert.Throws<ArgumentException>(
                () => space.Apply(options, new Dictionary<string, double> { ["LearningRate"] = double.NaN })).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "rowCount is 0", Assert.Throws<ArgumentOutOfRangeException>(() => MlpSearchSpace.For(options, 0)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>As Microsoft.ML.AutoML takes a trainer that it does not know: a space of named options, and a factory from a parameter to
    /// an estimator. The package is not among those that the tests restore; this has the shape of its SearchSpace and
    /// Parameter.</summary>
    [Fact]
    public void AForeignSearch_FitsATrainerFromItsParameter()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Noise.View(ml, 120);
        MlpRegressionTrainer.Options Create() => new() { NumberOfNetworks = 2, NumericEmbedding = NumericEmbedding.None };
        var space = MlpSearchSpace.For(Create(), rowCount: 120);
        var foreign = new ForeignSpace();
        foreach (MlpSearchDimension dimension in space.Dimensions)
            foreign.Add(dimension.Name, dimension.Minimum, dimension.Maximum, dimension.IsLogarithmic, dimension.Choices);
        IEstimator<ITransformer> Factory(MLContext context, Dictionary<string, double> parameter)
        {
            MlpRegressionTrainer.Options options = Create();
            space.Apply(options, parameter);
            options.NumberOfEpochs = 3;
            return context.Regression.Trainers.Mlp(options);
        }

        (Dictionary<string, double> best, double error) = foreign.Search(
            count: 3, parameter => ml.Regression.Evaluate(Factory(ml, parameter).Fit(data).Transform(data)).RootMeanSquaredError);

        Assert.Equal(space.Dimensions.Select(dimension => dimension.Name), best.Keys);
        Assert.InRange(error, 0.1, 1.5);
    }

    private sealed class ForeignSpace
    {
        private readonly Dictionary<string, Func<double, double>> _options = [];

        public void Add(string name, double minimum, double maximum, bool logBase, IReadOnlyList<double> choices) => _options.Add(
            name, place => choices.Count > 0 ? choices[(int)(place * choices.Count)]
                : logBase ? Math.Exp(Math.Log(minimum) + place * Math.Log(maximum / minimum)) : minimum + place * (maximum - minimum));

        public (Dictionary<string, double> Parameter, double Loss) Search(int count, Func<Dictionary<string, double>, double> evaluate)
        {
            var random = new Random(5);
            return Enumerable.Range(0, count)
                .Select(_ => _options.ToDictionary(option => option.Key, option => option.Value(random.NextDouble())))
                .Select(parameter => (parameter, evaluate(parameter))).MinBy(trial => trial.Item2);
        }
    }
}
