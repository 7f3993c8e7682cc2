using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Models;
using Mlp.MLNet.Options;
using Mlp.MLNet.Tasks;

namespace Mlp.MLNet.Tests;

public class MlpPresetTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Options_SayWhatIsInForce()
    {
        string[] lines = new MlpBinaryTrainer.Options { NumberOfEpochs = 30 }.ToString().Split(Environment.NewLine);
        Assert.Contains("NumberOfNetworks = 10", lines);
        Assert.Contains("NumberOfEpochs = 30", lines);
        Assert.Contains("HiddenLayerSizes = by the number of rows", lines);
        Assert.Contains("DropoutRates = [0.1]", lines);
        Assert.Contains("Seed = drawn in each Fit", lines);
        Assert.Contains("LabelSmoothing = 0.05", lines);
        Assert.Contains("BoundScores = True", new MlpRegressionTrainer.Options().ToString().Split(Environment.NewLine));
        // Every property but the callbacks, so that none is forgotten.
        IEnumerable<string> names = typeof(MlpBinaryTrainer.Options).GetProperties().Select(property => property.Name)
            .Except(["EpochCallback", "CancellationToken"]);
        Assert.Equal(names.Order(), lines.Select(line => line.Split(" = ")[0]).Order());
    }

    [Theory]
    [InlineData(MlpPreset.Default, 10, true)]
    [InlineData(MlpPreset.Fast, 1, false)]
    [InlineData(MlpPreset.Best, 20, true)]
    [InlineData(MlpPreset.Plain, 1, false)]
    public void Presets_DifferByTheirNetworks(MlpPreset preset, int networkCount, bool refits)
    {
        ResolvedOptions options = new MlpMulticlassTrainer.Options(preset).Resolve();
        Assert.Equal((networkCount, refits), (options.NumberOfNetworks, options.RefitOnAllRows));
        Assert.Equal(preset != MlpPreset.Plain, options.CalibrateProbabilities);
    }

    /// <summary>What the model has is what NumberOfNetworks says, however they are trained.</summary>
    [Theory]
    [InlineData(MlpPreset.Default, null, null, false, 10)]
    [InlineData(MlpPreset.Default, 5, null, false, 5)]
    [InlineData(MlpPreset.Default, 1, null, false, 1)]
    [InlineData(MlpPreset.Default, 4, false, false, 4)]
    [InlineData(MlpPreset.Default, null, false, false, 5)]
    [InlineData(MlpPreset.Default, null, null, true, 5)]
    [InlineData(MlpPreset.Default, 4, null, true, 4)]
    [InlineData(MlpPreset.Fast, null, true, false, 2)]
    [InlineData(MlpPreset.Fast, 3, true, false, 3)]
    [InlineData(MlpPreset.Plain, 3, null, false, 3)]
    public void NumberOfNetworks_CountsThoseOfTheModel(MlpPreset preset, int? networkCount, bool? refits, bool hasValidation, int expected)
    {
        var options = new MlpBinaryTrainer.Options(preset)
        {
            NumberOfNetworks = networkCount,
            RefitOnAllRows = refits,
            HiddenLayerSizes = [2],
            NumberOfEpochs = 2
        };
        IDataView data = Moons.View(_ml, 40);
        MlpModelParameters model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(data, hasValidation ? data : null).Model;
        Assert.Equal(expected, model.Networks.Count);
        // A refit looks at no validation rows; of an odd number the smaller half are refits.
        int refitCount = hasValidation || preset == MlpPreset.Plain || refits == false ? 0 : expected / 2;
        int[] refitted = [.. model.History.Where(report => report.ValidationLoss is null).Select(report => report.NetworkIndex).Distinct()];
        Assert.Equal(preset == MlpPreset.Plain ? expected : refitCount, refitted.Length);
    }

    [Fact]
    public void OneRow_HasNothingToHoldOut_AndTheModelHasTheNetworksAll()
    {
        var options = new MlpRegressionTrainer.Options { LabelColumnName = "Price", NumberOfNetworks = 4, NumberOfEpochs = 1 };
        Assert.Equal(4, _ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(_ml, Blobs.Rows(1))).Model.Networks.Count);
    }

    [Fact]
    public void BothOverloads_TakeThePreset()
    {
        MlpModelParameters model = _ml.Regression.Trainers.Mlp("Price", preset: MlpPreset.Plain, numberOfEpochs: 1)
            .Fit(Blobs.View(_ml)).Model;
        Assert.Equal([64, 32, 1], model.Layers.Select(layer => layer.UnitCount));
        Assert.Equal(MlpPreset.Plain, new MlpRegressionTrainer.Options(MlpPreset.Plain).Preset);
    }

    [Fact]
    public void Fit_LogsTheOptionsInForce()
    {
        var messages = new List<string>();
        _ml.Log += (_, entry) => messages.Add(entry.RawMessage);
        var options = new MlpBinaryTrainer.Options(MlpPreset.Plain) { NumberOfEpochs = 1, DropoutRates = [0.25] };
        _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml, 40));
        string message = Assert.Single(messages, message => message.StartsWith("Options in force: ", StringComparison.Ordinal));
        Assert.All(options.ToString().Split(Environment.NewLine), line => Assert.Contains(line, message));
    }

    [Fact]
    public void APresetThatIsNotThere_IsNamed() => Assert.StartsWith(
        "preset is 9; it must be one of Default, Fast, Best, Plain.",
        Assert.Throws<ArgumentOutOfRangeException>("preset", () => new MlpBinaryTrainer.Options((MlpPreset)9)).Message);

    [Fact]
    public void WhatAPresetSays_GivesWayToLbfgs_AndToLossesOfNumbers()
    {
        var options = new MlpBinaryTrainer.Options
        {
            Optimizer = new Lbfgs(),
            Loss = Loss.SquaredError,
            NumberOfEpochs = 3,
            NumberOfNetworks = 4
        };
        MlpModelParameters model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml, 60)).Model;
        Assert.Equal(4, model.Networks.Count);
        // What the user says does not.
        options.DropoutRates = [0.2];
        Assert.StartsWith(
            "DropoutRates is 1; it must be empty: L-BFGS",
            Assert.Throws<ArgumentOutOfRangeException>("DropoutRates", () => _ml.BinaryClassification.Trainers.Mlp(options)).Message);
        options = new MlpBinaryTrainer.Options { Loss = Loss.SquaredError, LabelSmoothing = 0.1 };
        Assert.Throws<ArgumentOutOfRangeException>("LabelSmoothing", () => _ml.BinaryClassification.Trainers.Mlp(options));
    }

    public static TheoryData<MlpPreset> Presets => [.. Enum.GetValues<MlpPreset>()];

    [Theory]
    [MemberData(nameof(Presets))]
    public void WhatTheUserSets_IsNeverDropped_WhateverItsValue(MlpPreset preset)
    {
        // The values of the preset itself, set by the user.
        AssertRefused("LabelSmoothing", new MlpBinaryTrainer.Options(preset) { Loss = Loss.SquaredError, LabelSmoothing = 0.05 });
        AssertRefused("LabelSmoothing", new MlpMulticlassTrainer.Options(preset) { Loss = Loss.Huber(1), LabelSmoothing = 0.05 });
        AssertRefused("LabelSmoothing", new MlpMultiLabelTrainer.Options(preset) { Loss = Loss.AbsoluteError, LabelSmoothing = 0.05 });
        AssertRefused("Schedule",
            new MlpBinaryTrainer.Options(preset) { Optimizer = new Lbfgs(), Schedule = new MlpBinaryTrainer.Options().Resolve().Schedule });
        AssertRefused("Schedule", new MlpRegressionTrainer.Options(preset) { Optimizer = new Lbfgs(), Schedule = new CosineAnnealing() });
        var options = new MlpBinaryTrainer.Options { Optimizer = new Lbfgs() };
        options.DropoutRates = new MlpBinaryTrainer.Options().Resolve().DropoutRates;
        AssertRefused("DropoutRates", options);
        AssertRefused("DropoutRates", new MlpMultiLabelTrainer.Options(preset) { Optimizer = new Lbfgs(), DropoutRates = [0.1] });
        AssertRefused("NormalizeLabel", new MlpRegressionTrainer.Options(preset) { Loss = Loss.Poisson, NormalizeLabel = true });
        AssertRefused(
            "NormalizeLabel", new MlpRegressionTrainer.Options(preset) { OutputActivation = Activation.Softplus, NormalizeLabel = true });
        AssertRefused("BoundScores", new MlpRegressionTrainer.Options(preset) { Loss = Loss.Poisson, BoundScores = true });

        // What says no is no contradiction, and what only the preset says gives way.
        Accept(new MlpBinaryTrainer.Options(preset) { Loss = Loss.SquaredError, LabelSmoothing = 0 });
        Accept(new MlpBinaryTrainer.Options(preset) { Loss = Loss.SquaredError });
        Accept(new MlpRegressionTrainer.Options(preset)
        {
            Optimizer = new Lbfgs(),
            DropoutRates = [],
            Schedule = LearningRateSchedule.Constant
        });
        Accept(new MlpRegressionTrainer.Options(preset) { Optimizer = new Lbfgs(), Loss = Loss.Poisson });
        Accept(new MlpRegressionTrainer.Options(preset) { Loss = Loss.Poisson, NormalizeLabel = false, BoundScores = false });

        void AssertRefused(string name, MlpOptions wrong) =>
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => Accept(wrong)).ParamName);
    }

    private void Accept(MlpOptions options)
    {
        switch (options)
        {
            case MlpBinaryTrainer.Options binary:
                _ml.BinaryClassification.Trainers.Mlp(binary);
                break;
            case MlpMulticlassTrainer.Options multiclass:
                _ml.MulticlassClassification.Trainers.Mlp(multiclass);
                break;
            case MlpMultiLabelTrainer.Options multiLabel:
                _ml.MulticlassClassification.Trainers.MlpMultiLabel(multiLabel);
                break;
            default:
                _ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)options);
                break;
        }
    }

    [Fact]
    public void Default_LearnsEveryTask()
    {
        IDataView data = Blobs.View(_ml), test = Blobs.View(_ml, Blobs.Rows(seed: 2));
        // Observed: 1, 1, 0.99 and 0.9.
        ITransformer binary = _ml.BinaryClassification.Trainers.Mlp("Flag").Fit(data);
        Assert.InRange(_ml.BinaryClassification.Evaluate(binary.Transform(test), "Flag").Accuracy, 0.97, 1);
        ITransformer multiclass = _ml.MulticlassClassification.Trainers.Mlp("ClassKey").Fit(data);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(multiclass.Transform(test), "ClassKey").MicroAccuracy, 0.97, 1);
        ITransformer targets = _ml.Regression.Trainers.Mlp("Targets").Fit(data);
        Assert.All(_ml.Regression.EvaluateMultiTarget(targets.Transform(test), "Targets").Targets, target =>
            Assert.InRange(target.RSquared, 0.9, 1));
        ITransformer labels = _ml.MulticlassClassification.Trainers.MlpMultiLabel("Labels").Fit(data);
        Assert.InRange(_ml.MulticlassClassification.EvaluateMultiLabel(labels.Transform(test), "Labels").SubsetAccuracy, 0.8, 1);
    }

    [Fact]
    public void Default_GivesAModelOfTenNetworks_ThatSurvivesTheFile_BitForBit()
    {
        IDataView data = Blobs.View(_ml);
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp("Flag", numberOfEpochs: 12).Fit(data);
        Assert.Equal(10, model.Model.Networks.Count);
        Assert.NotEqual(1, model.Model.Temperature);
        var loaded = Assert.IsType<MlpBinaryTransformer>(ColumnText.SaveAndLoad(_ml, model, data.Schema));
        Assert.Equal(Moons.Scores(model, data), Moons.Scores(loaded, data));
        Assert.Equal(model.Model.Temperature, loaded.Model.Temperature);
        // Score is the logit of Probability.
        IDataView scored = model.Transform(data);
        foreach ((float score, float probability) in scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>("Probability")))
            Assert.Equal(1 / (1 + Math.Exp(-score)), probability, 1e-6);
    }

    [Fact]
    public void Scores_StayInTheRangeOfTheLabels()
    {
        Blobs.Row[] rows = Blobs.Rows();
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp("Price", numberOfEpochs: 10).Fit(Blobs.View(_ml, rows));
        Blobs.Row[] far = Blobs.Rows(20);
        foreach (Blobs.Row row in far)
            row.Features = [50 * row.Features[0], 50 * row.Features[1]];
        (float low, float high) = (rows.Min(row => row.Price), rows.Max(row => row.Price));
        Assert.All(Moons.Scores(model, Blobs.View(_ml, far)), score => Assert.InRange(score, low, high));
        Assert.Equal((low, high), (model.Model.ScoreRange!.Minima[0], model.Model.ScoreRange.Maxima[0]));
    }

    [Theory]
    [InlineData(999, new[] { 128, 1 })]
    [InlineData(1000, new[] { 128, 128, 1 })]
    public void HiddenLayers_AreAsManyAsTheRowsPayFor(int rowCount, int[] unitCounts)
    {
        IDataView data = Moons.View(_ml, rowCount);
        var options = new MlpBinaryTrainer.Options(MlpPreset.Fast) { NumberOfEpochs = 1 };
        MlpModelParameters model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(data).Model;
        Assert.Equal(unitCounts, model.Layers.Select(layer => layer.UnitCount));
        // A start has them already.
        MlpModelParameters next = _ml.BinaryClassification.Trainers.Mlp(options)
            .Fit(Moons.View(_ml, 2000 - rowCount), validationData: null, model).Model;
        Assert.Equal(unitCounts, next.Layers.Select(layer => layer.UnitCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Bits_DoNotDependOnTheNumberOfThreads(int threadCount)
    {
        var options = new MlpMulticlassTrainer.Options
        {
            LabelColumnName = "ClassKey",
            Seed = 3,
            NumberOfEpochs = 6,
            NumberOfThreads = threadCount
        };
        MlpModelParameters model = _ml.MulticlassClassification.Trainers.Mlp(options).Fit(Blobs.View(_ml)).Model;
        options.NumberOfThreads = 2;
        MlpModelParameters expected = _ml.MulticlassClassification.Trainers.Mlp(options).Fit(Blobs.View(_ml)).Model;
        Assert.Equal(Moons.Bits(expected), Moons.Bits(model));
        Assert.Equal(expected.Temperature, model.Temperature);
    }

    [Fact]
    public void Embedding_IsForNumericFeatures_IfTheyAreNotTooMany()
    {
        var options = new MlpRegressionTrainer.Options(MlpPreset.Fast)
        {
            LabelColumnName = "Price",
            NumberOfEpochs = 2,
            NumericEmbedding = new NumericEmbedding { Frequencies = 4, Outputs = 2 },
        };
        Blobs.Row[] rows = Blobs.Rows();
        foreach (Blobs.Row row in rows)
            row.Features[0] = row.Features[0] > 0 ? 1 : 0;
        MlpEmbedding embedding = Fit(rows).Networks[0].Embedding!;
        Assert.Equal([1], embedding.Columns);
        Assert.Equal((4, 2, 4, 4, 8, 2), (
            embedding.FrequencyCount, embedding.OutputsPerColumn, embedding.Frequencies.Length, embedding.Phases.Length,
            embedding.Weights.Length, embedding.Biases.Length));
        options.NumericEmbedding = options.NumericEmbedding with { MaximumFeatureCount = 1 };
        Assert.Null(Fit(Blobs.Rows()).Networks[0].Embedding);

        MlpModelParameters Fit(Blobs.Row[] data) => _ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(_ml, data)).Model;
    }

    [Fact]
    public void Embedding_Stays_WhereTheLinkTakesOverTheOutputActivation()
    {
        var options = new MlpBinaryTrainer.Options(MlpPreset.Fast)
        {
            LabelColumnName = "Flag",
            Loss = Loss.SquaredError,
            NumericEmbedding = new NumericEmbedding(),
        };
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Blobs.View(_ml));
        Assert.Equal((Activation.Identity, OutputLink.Sigmoid), (model.Model.Layers[^1].Activation, model.Model.Link));
        Assert.Equal([0, 1], model.Model.Networks[0].Embedding!.Columns);
        // Observed: 1. With parameters in the wrong places it would be near a half.
        Assert.InRange(_ml.BinaryClassification.Evaluate(model.Transform(Blobs.View(_ml, Blobs.Rows(seed: 2))), "Flag").Accuracy, 0.97, 1);
    }

    [Fact]
    public void WarmStart_TakesNetworkByNetwork_WithTheirEmbedding()
    {
        var options = new MlpRegressionTrainer.Options
        {
            LabelColumnName = "Price",
            NumberOfEpochs = 3,
            NumericEmbedding = new NumericEmbedding(),
        };
        IDataView data = Blobs.View(_ml), other = Blobs.View(_ml, Blobs.Rows(seed: 2));
        MlpModelParameters start = _ml.Regression.Trainers.Mlp(options).Fit(data).Model;
        // A rate so small that the networks stay where they are.
        options.Optimizer = new Sgd { LearningRate = 1e-30 };
        options.NumericEmbedding = null;
        MlpRegressionTransformer next = _ml.Regression.Trainers.Mlp(options).Fit(data, null, start);
        Assert.Equal(10, next.Model.Networks.Count);
        float[] expected = Moons.Scores(new MlpRegressionTransformer(new MLContext(), new TransformerContent(
            start, "Features", IsFeatureVector: true, new LabelContent(IsVector: false, null))), data);
        Assert.All(Moons.Scores(next, data).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-2f));

        // With rows to validate on there is no second round.
        AssertRefused("The model to start from has 10 networks, and this training 5. Set NumberOfNetworks to 10.", other);
        options.NumberOfNetworks = 4;
        AssertRefused("The model to start from has 10 networks, and this training 4. Set NumberOfNetworks to 10.", validation: null);

        void AssertRefused(string message, IDataView? validation) => Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(
                "start", () => _ml.Regression.Trainers.Mlp(options).Fit(data, validation, start)).Message);
    }
}
