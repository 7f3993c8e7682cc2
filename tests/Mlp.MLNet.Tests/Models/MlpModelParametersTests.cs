using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class MlpModelParametersTests
{
    [Fact]
    public void SaveAndLoad_KeepEveryBit()
    {
        var ml = new MLContext(seed: 1);
        MlpModelParameters model = ml.BinaryClassification.Trainers.Mlp(Moons.Options(3)).Fit(Moons.View(ml)).Model;
        using var stream = new MemoryStream();
        model.Save(stream);
        stream.Position = 0;
        var loaded = MlpModelParameters.Load(stream);
        Assert.Equal(Moons.Bits(model), Moons.Bits(loaded));
        Assert.Equal(model.History, loaded.History);
        Assert.Equal(model.FeatureScaling!.Offsets, loaded.FeatureScaling!.Offsets);
        Assert.Equal(model.FeatureScaling.Factors, loaded.FeatureScaling.Factors);
        Assert.Equal(model.Layers.Select(layer => layer.Activation), loaded.Layers.Select(layer => layer.Activation));
    }

    [Fact]
    public void Load_OfSomethingElse_Throws() =>
        Assert.Throws<ModelFileException>(() => MlpModelParameters.Load(new MemoryStream(new byte[100])));
}
