using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class WarmStartTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public WarmStartTests() => _data = Blobs.View(_ml);

    [Fact]
    public void Fit_GoesOnWhereTheStartEnded()
    {
        MlpModelParameters start = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(30)).Fit(_data).Model;
        int[] before = Moons.Bits(start);
        MlpModelParameters more = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(2))
            .Fit(_data, validationData: null, start).Model;
        Assert.Equal(before, Moons.Bits(start));
        Assert.NotEqual(before, Moons.Bits(more));
        Assert.Equal(2, more.History.Count);
        Assert.True(more.History[0].Loss < start.History[0].Loss / 3);
    }

    [Fact]
    public void AStartThatIsNotTrained_GivesTheSameModel()
    {
        // A rate that changes nothing: what comes out is what went in.
        foreach (bool several in (bool[])[false, true])
        {
            MlpRegressionTrainer.Options options = Blobs.Regression(several ? "Targets" : "Price", 30);
            MlpRegressionTransformer start = _ml.Regression.Trainers.Mlp(options).Fit(_data);
            options.Optimizer = new Sgd { LearningRate = 1e-30 };
            options.NumberOfEpochs = 1;
            MlpRegressionTransformer same = _ml.Regression.Trainers.Mlp(options).Fit(_data, null, start.Model);
            if (several)
                Assert.Equal(start.Transform(_data).GetColumnValues("Score"), same.Transform(_data).GetColumnValues("Score"), (a, b) =>
                    a.Zip(b, (x, y) => Math.Abs(x - y) <= 1e-4f * Math.Abs(x) + 1e-6f).All(ok => ok));
            else
                Assert.All(Moons.Scores(start, _data).Zip(Moons.Scores(same, _data)), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            Assert.InRange(same.Model.History[0].Loss, 0, start.Model.History[^1].Loss * 1.1);
        }
    }

    [Fact]
    public void SafeTensors_AreAStart()
    {
        MlpBinaryTrainer.Options options = Blobs.Binary();
        MlpBinaryTransformer trained = _ml.BinaryClassification.Trainers.Mlp(options).Fit(_data);
        using var file = new MemoryStream();
        trained.Model.SaveSafeTensors(file, prefix: "net.");
        file.Position = 0;
        var start = MlpModelParameters.LoadSafeTensors(file, Activation.Relu, OutputLink.Sigmoid, trained.Model.FeatureScaling, "net.");
        Assert.Equal(Moons.Bits(trained.Model), Moons.Bits(start));

        // A rate that changes nothing: what comes out is what went in.
        options.Optimizer = new Sgd { LearningRate = 1e-30 };
        options.NumberOfEpochs = 1;
        MlpBinaryTransformer same = _ml.BinaryClassification.Trainers.Mlp(options).Fit(_data, null, start);
        Assert.Equal(Moons.Scores(trained, _data), Moons.Scores(same, _data));

        file.Position = 0;
        var regression = MlpModelParameters.LoadSafeTensors(file, Activation.Relu, prefix: "net.");
        var exception = Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.Trainers.Mlp(options).Fit(_data, null, regression));
        Assert.StartsWith(
            "The model to start from gives outputs with the link Identity, and this training's loss asks for Sigmoid.", exception.Message);
    }

    [Fact]
    public void TheScalingOfTheStart_IsKept()
    {
        MlpModelParameters start = _ml.BinaryClassification.Trainers.Mlp(Blobs.Binary()).Fit(_data).Model;
        IDataView shifted = Blobs.View(_ml, [.. Blobs.Rows().Select(row =>
        {
            row.Features = [row.Features[0] + 5, row.Features[1] * 3];
            return row;
        })]);
        FeatureScaling<float> kept = _ml.BinaryClassification.Trainers.Mlp(Blobs.Binary()).Fit(shifted, null, start).Model.FeatureScaling!;
        Assert.Equal(start.FeatureScaling!.Offsets.ToArray(), kept.Offsets.ToArray());
        Assert.Equal(start.FeatureScaling!.Factors.ToArray(), kept.Factors.ToArray());

        MlpBinaryTrainer.Options plain = Blobs.Binary();
        plain.NormalizeFeatures = false;
        MlpModelParameters unscaled = _ml.BinaryClassification.Trainers.Mlp(plain).Fit(_data).Model;
        Assert.Null(_ml.BinaryClassification.Trainers.Mlp(Blobs.Binary()).Fit(_data, null, unscaled).Model.FeatureScaling);
    }

    [Fact]
    public void ALoadedModel_CanBeTheStart()
    {
        MlpModelParameters start = _ml.MultiLabel(_data);
        using var stream = new MemoryStream();
        start.Save(stream);
        stream.Position = 0;
        var loaded = MlpModelParameters.Load(stream);
        MlpMultiLabelTrainer trainer = _ml.MulticlassClassification.Trainers.MlpMultiLabel(Blobs.MultiLabel(2));
        Assert.Equal(Moons.Bits(trainer.Fit(_data, null, start).Model), Moons.Bits(trainer.Fit(_data, null, loaded).Model));
    }

    public static TheoryData<Action<MlpRegressionTrainer.Options>, string> OtherShapes => new()
    {
        { options => options.HiddenLayerSizes = [16],
            "has 8 units in layer 1, and HiddenLayerSizes[0] is 16. Set HiddenLayerSizes to [8]." },
        { options => options.HiddenLayerSizes = [8, 4],
            "has 1 hidden layers ([8]), and HiddenLayerSizes has 2. Set HiddenLayerSizes to those of the start, or to null." },
        { options => options.LabelColumnName = "Targets",
            "has 1 outputs, and label column 'Targets' needs 2. Start from a model of the same label." },
        { options => options.FeatureColumnName = "Weight",
            "takes 2 features, and feature column 'Weight' has 1. Start from a model of the same features." },
        { options => options.Activation = Activation.Tanh,
            "has Relu in layer 1, and this training Tanh. Set Activation to that of the start." },
        { options => options.OutputActivation = Activation.Softplus,
            "has Identity in its output layer, and this training Softplus. Set OutputActivation to that of the start." },
        { options => options.HasBiases = false, "has biases in layer 1, and HasBiases is False. Set HasBiases to what the start has." },
        { options => options.Loss = Loss.Poisson,
            "gives outputs with the link Identity, and this training's loss asks for Exponential. Set Loss to one of the same kind." },
    };

    [Theory]
    [MemberData(nameof(OtherShapes))]
    public void AStartOfAnotherShape_IsRefused(Action<MlpRegressionTrainer.Options> change, string message)
    {
        MlpModelParameters start = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(_data).Model;
        MlpRegressionTrainer.Options options = Blobs.Regression();
        change(options);
        var exception = Assert.Throws<ArgumentException>("start", () => _ml.Regression.Trainers.Mlp(options).Fit(_data, null, start));
        Assert.Equal($"The model to start from {message} (Parameter 'start')", exception.Message);
    }
}

file static class Extensions
{
    public static MlpModelParameters MultiLabel(this MLContext ml, IDataView data) =>
        ml.MulticlassClassification.Trainers.MlpMultiLabel(Blobs.MultiLabel()).Fit(data).Model;

    public static float[][] GetColumnValues(this IDataView data, string column) =>
        [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float[]>(data, column)];
}
