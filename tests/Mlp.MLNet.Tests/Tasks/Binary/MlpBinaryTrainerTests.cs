using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class MlpBinaryTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    // Observed over seeds 1 to 10: accuracy and area 1, log-loss below 0.001.
    [Fact]
    public void Fit_SeparatesMoons()
    {
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 60);
        options.HiddenLayerSizes = [16, 16];
        options.Optimizer = new Adam { LearningRate = 0.01 };
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml, 400));
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(model.Transform(Moons.View(_ml, 400, seed: 2)));
        Assert.InRange(metrics.Accuracy, 0.99, 1);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.999, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.01);
    }

    [Fact]
    public void Fit_WithoutHiddenLayers_GivesALogisticModel()
    {
        MlpBinaryTrainer.Options options = Moons.Options();
        options.HiddenLayerSizes = [];
        options.NormalizeFeatures = false;
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml));
        MlpLayer layer = Assert.Single(model.Model.Layers);
        Moons.Row[] rows = Moons.Rows();
        float[] scores = Moons.Scores(model, Moons.View(_ml));
        for (int i = 0; i < rows.Length; i++)
            Assert.Equal(layer.Weights[0] * rows[i].X + layer.Weights[1] * rows[i].Y + layer.Biases[0], scores[i], 1e-5f);
    }

    [Fact]
    public void Fit_GivesTheArchitectureOfTheOptions()
    {
        MlpBinaryTrainer.Options options = Moons.Options();
        options.HiddenLayerSizes = [5, 3];
        options.Activation = Activation.Tanh;
        options.HasBiases = false;
        MlpModelParameters model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml)).Model;
        Assert.Equal((2, 1), (model.InputCount, model.OutputCount));
        Assert.Equal(
            [(2, 5, Activation.Tanh), (5, 3, Activation.Tanh), (3, 1, Activation.Identity)],
            model.Layers.Select(layer => (layer.InputCount, layer.UnitCount, layer.Activation)));
        Assert.All(
            model.Layers, layer => Assert.Equal((layer.InputCount * layer.UnitCount, 0), (layer.Weights.Length, layer.Biases.Length)));
    }

    [Fact]
    public void Fit_ReportsEveryEpoch_AndKeepsTheReports()
    {
        var reports = new List<EpochResult>();
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 4);
        options.EpochCallback = reports.Add;
        MlpModelParameters model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml)).Model;
        Assert.Equal([1, 2, 3, 4], reports.Select(report => report.Epoch));
        Assert.Equal(reports, model.History);
        Assert.True(reports[3].Loss < reports[0].Loss);
    }

    [Fact]
    public void Fit_StopsWhenTheCallbackSaysSo()
    {
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 100);
        options.EpochCallback = report =>
        {
            if (report.Epoch == 3)
                report.StopTraining();
        };
        Assert.Equal(3, _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml)).Model.History.Count);
    }

    [Fact]
    public void Fit_ScalesFeatures_AndScalingIsPartOfTheModel()
    {
        Moons.Row[] rows = Moons.Rows();
        MlpModelParameters plain = _ml.BinaryClassification.Trainers.Mlp(Moons.Options()).Fit(_ml.Data.LoadFromEnumerable(rows)).Model;
        FeatureScaling<float> scaling = Assert.IsType<FeatureScaling<float>>(plain.FeatureScaling);
        double mean = rows.Average(row => (double)row.X);
        Assert.Equal(mean, scaling.Offsets[0], 1e-6);
        Assert.Equal(1 / Math.Sqrt(rows.Average(row => (row.X - mean) * (row.X - mean))), scaling.Factors[0], 1e-5);

        // Powers of two change no bit of what comes out of the scaling.
        foreach (Moons.Row row in rows)
            row.Features = [row.X * 1024, row.Y / 64];
        MlpModelParameters stretched = _ml.BinaryClassification.Trainers.Mlp(Moons.Options()).Fit(_ml.Data.LoadFromEnumerable(rows)).Model;
        Assert.Equal(Moons.Bits(plain), Moons.Bits(stretched));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Fit_OfANormalizedColumn_ScalesOnlyWhenTold(bool? normalizeFeatures, bool isScaled)
    {
        MlpBinaryTrainer.Options options = Moons.Options();
        options.NormalizeFeatures = normalizeFeatures;
        var pipeline = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.BinaryClassification.Trainers.Mlp(options));
        Assert.Equal(isScaled, pipeline.Fit(Moons.View(_ml)).LastTransformer.Model.FeatureScaling is not null);
    }

    [Fact]
    public void Fit_WithWeights_IgnoresRowsOfWeightZero()
    {
        // A quarter of the rows has the wrong label and no weight.
        Moons.Row[] rows = Moons.Rows(400);
        for (int i = 0; i < rows.Length; i += 4)
            (rows[i].Label, rows[i].Weight) = (!rows[i].Label, 0);
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 40);
        options.ExampleWeightColumnName = "Weight";
        options.HiddenLayerSizes = [];
        float[] weighted = Moons.Scores(
            _ml.BinaryClassification.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable(rows)), Moons.View(_ml));
        foreach (Moons.Row row in rows.Where(row => row.Weight == 0))
            row.Label = !row.Label;
        float[] corrected = Moons.Scores(
            _ml.BinaryClassification.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable(rows)), Moons.View(_ml));
        Assert.Equal(corrected, weighted);
        options.ExampleWeightColumnName = null;
        float[] unweighted = Moons.Scores(
            _ml.BinaryClassification.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable(rows)), Moons.View(_ml));
        Assert.NotEqual(weighted, unweighted);
    }

    [Fact]
    public void Fit_SaysWhenTheLossDiverges()
    {
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 50);
        options.Optimizer = new Sgd { LearningRate = 1e30 };
        var exception = Assert.Throws<TrainingDivergedException>(() => _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml)));
        Assert.Contains("at learning rate 1E+30", exception.Message);
    }

    [Fact]
    public void Fit_OfOneTrainerTwiceAndInParallel_GivesTheSameBits()
    {
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(Moons.Options());
        int[] expected = Moons.Bits(trainer.Fit(Moons.View(_ml)).Model);
        IDataView data = Moons.View(_ml);
        Parallel.For(0, 4, _ => Assert.Equal(expected, Moons.Bits(trainer.Fit(data).Model)));
    }

    [Fact]
    public void Options_AreCopied()
    {
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 2);
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(options);
        options.NumberOfEpochs = 7;
        options.HiddenLayerSizes![0] = 3;
        MlpModelParameters model = trainer.Fit(Moons.View(_ml)).Model;
        Assert.Equal((2, 8), (model.History.Count, model.Layers[0].UnitCount));
    }

    [Fact]
    public void Fit_Null_Throws() =>
        Assert.Throws<ArgumentNullException>("input", () => _ml.BinaryClassification.Trainers.Mlp().Fit(null!));

    [Theory]
    [InlineData(null, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Info_NeedsNormalizationOnlyWhenTheTrainerDoesNotDoIt(bool? normalizeFeatures, bool needed)
    {
        TrainerInfo info = _ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options { NormalizeFeatures = normalizeFeatures }).Info;
        Assert.Equal((needed, false), (info.NeedNormalization, info.WantCaching));
    }

    [Fact]
    public void GetOutputSchema_IsThatOfACalibratedBinaryTrainer()
    {
        // ML.NET shows a schema's shape to nobody but estimators, so one is asked for it.
        SchemaShape output = _ml.BinaryClassification.Trainers.Mlp().GetOutputSchema(InputShape());
        Assert.Equal(
            [
                "Score Scalar Single [ScoreColumnSetId Scalar UInt32 key; ScoreColumnKind Scalar String; ScoreValueKind Scalar String]",
                "Probability Scalar Single [ScoreColumnSetId Scalar UInt32 key; ScoreColumnKind Scalar String; ScoreValueKind Scalar "
                    + "String; IsNormalized Scalar Boolean]",
                "PredictedLabel Scalar Boolean [ScoreColumnSetId Scalar UInt32 key; ScoreColumnKind Scalar String; ScoreValueKind "
                    + "Scalar String]",
            ],
            output.Skip(InputShape().Count).Select(Describe));
        Assert.Equal(InputShape().Select(Describe), output.Take(InputShape().Count).Select(Describe));
    }

    [Fact]
    public void GetOutputSchema_ReplacesAColumnOfTheSameName()
    {
        SchemaShape input = _ml.Transforms.CopyColumns("Score", "X").GetOutputSchema(InputShape());
        SchemaShape output = _ml.BinaryClassification.Trainers.Mlp().GetOutputSchema(input);
        Assert.Equal(input.Select(column => column.Name).Concat(["Probability", "PredictedLabel"]), output.Select(column => column.Name));
        Assert.Equal(3, output.Single(column => column.Name == "Score").Annotations.Count);
    }

    [Fact]
    public void GetOutputSchema_Null_Throws() =>
        Assert.Throws<ArgumentNullException>("inputSchema", () => _ml.BinaryClassification.Trainers.Mlp().GetOutputSchema(null!));

    [Fact]
    public void CrossValidate_TrainsOneModelPerFold()
    {
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 30);
        options.Optimizer = new Adam { LearningRate = 0.01 };
        var results = _ml.BinaryClassification.CrossValidate(
            Moons.View(_ml, 400), _ml.BinaryClassification.Trainers.Mlp(options), numberOfFolds: 3);
        Assert.Equal(3, results.Count);
        // Observed over seeds 1 to 10: 0.88 to 0.98.
        Assert.All(results, result => Assert.InRange(result.Metrics.Accuracy, 0.8, 1));
    }

    [Fact]
    public void Log_TellsSeedScalingAndEpochs()
    {
        var messages = new List<string>();
        _ml.Log += (_, message) =>
        {
            if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Info && message.Source == "MlpBinaryTrainer; Training")
                messages.Add(message.RawMessage);
        };
        MlpModelParameters model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options(numberOfEpochs: 2)).Fit(Moons.View(_ml)).Model;
        Assert.Equal(7, messages.Count);
        Assert.StartsWith("Options in force: Preset = Plain; ", messages[0]);
        Assert.Equal("Feature column 'Features' is scaled to mean 0 and standard deviation 1.", messages[1]);
        Assert.Equal("Training 1 x (8 Relu - 1 Identity) on 200 rows with seed 1.", messages[2]);
        Assert.Equal("Of these, 16 a step, for at most 2 epochs, with a learning rate of 0.001 before the schedule.", messages[3]);
        Assert.StartsWith(FormattableString.Invariant($"Network 1, epoch 2 of 2: loss {model.History[1].Loss:G6}, "), messages[5]);
        Assert.Equal("Epochs of the networks: 2; temperature 1.", messages[6]);
    }

    private SchemaShape InputShape() => Shapes.Of(Moons.View(_ml));

    private static string Describe(SchemaShape.Column column) =>
        $"{column.Name} {column.Kind} {column.ItemType}{(column.IsKey ? " key" : "")}"
        + (column.Annotations.Count == 0 ? "" : $" [{string.Join("; ", column.Annotations.Select(Describe))}]");
}
