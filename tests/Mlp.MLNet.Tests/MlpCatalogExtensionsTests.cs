using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class MlpCatalogExtensionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Mlp_IsATrainerOfThePipeline()
    {
        var mlp = _ml.BinaryClassification;
        var pipeline = _ml.Transforms.Concatenate("Features", "X", "Y")
            .Append(mlp.Trainers.Mlp(hiddenLayerSizes: [16], learningRate: 0.01, batchSize: 16, numberOfEpochs: 60));
        var model = pipeline.Fit(Moons.View(_ml, 400));
        Assert.IsType<MlpBinaryTransformer>(model.LastTransformer);
        // Observed: 0.94; sixteen units are few for this recipe.
        Assert.InRange(_ml.BinaryClassification.Evaluate(model.Transform(Moons.View(_ml, 400, seed: 2))).Accuracy, 0.9, 1);
    }

    [Fact]
    public void UsualArguments_AreTheOptionsOfTheSameName()
    {
        var options = new MlpBinaryTrainer.Options
        {
            LabelColumnName = "NumberLabel",
            FeatureColumnName = "X",
            ExampleWeightColumnName = "Weight",
            HiddenLayerSizes = [3],
            LearningRate = 0.02,
            BatchSize = 10,
            NumberOfEpochs = 3,
        };
        MlpBinaryTransformer expected = new MLContext(seed: 1).BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml));
        MlpBinaryTransformer model = new MLContext(seed: 1).BinaryClassification.Trainers
            .Mlp("NumberLabel", "X", "Weight", [3], learningRate: 0.02, batchSize: 10, numberOfEpochs: 3).Fit(Moons.View(_ml));
        Assert.Equal(Moons.Bits(expected.Model), Moons.Bits(model.Model));
        Assert.Equal("X", model.FeatureColumnName);
    }

    [Fact]
    public void NoArguments_AreTheDefaults()
    {
        MlpModelParameters expected = new MLContext(seed: 1).BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options())
            .Fit(Moons.View(_ml, 20)).Model;
        MlpModelParameters model = new MLContext(seed: 1).BinaryClassification.Trainers.Mlp().Fit(Moons.View(_ml, 20)).Model;
        Assert.Equal(Moons.Bits(expected), Moons.Bits(model));
        Assert.Equal([128, 1], model.Layers.Select(layer => layer.UnitCount));
    }

    [Fact]
    public void Nulls_AreNamed()
    {
        BinaryClassificationCatalog.BinaryClassificationTrainers none = null!;
        Assert.Throws<ArgumentNullException>("catalog", () => none.Mlp());
        Assert.Throws<ArgumentNullException>("options", () => _ml.BinaryClassification.Trainers.Mlp(options: null!));
    }
}
