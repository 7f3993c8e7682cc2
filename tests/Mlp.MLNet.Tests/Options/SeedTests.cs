using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class SeedTests
{
    [Fact]
    public void SeedOfTheContext_DeterminesTheBits()
    {
        Assert.Equal(Train(new MLContext(seed: 5)), Train(new MLContext(seed: 5)));
        Assert.NotEqual(Train(new MLContext(seed: 5)), Train(new MLContext(seed: 6)));
    }

    [Fact]
    public void SeedOfTheTrainer_OverridesTheContexts()
    {
        Assert.Equal(Train(new MLContext(seed: 5), seed: 3), Train(new MLContext(seed: 6), seed: 3));
        Assert.NotEqual(Train(new MLContext(seed: 5), seed: 3), Train(new MLContext(seed: 5), seed: 4));
    }

    [Fact]
    public void WithoutASeed_EachFitDrawsItsOwn()
    {
        var ml = new MLContext(seed: 5);
        MlpBinaryTrainer trainer = ml.BinaryClassification.Trainers.Mlp(numberOfEpochs: 1);
        Assert.NotEqual(Moons.Bits(trainer.Fit(Moons.View(ml)).Model), Moons.Bits(trainer.Fit(Moons.View(ml)).Model));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void NumberOfThreads_ChangesNoBit(int numberOfThreads)
    {
        var ml = new MLContext(seed: 5);
        Assert.Equal(Train(ml, seed: 3, numberOfThreads: 1), Train(ml, seed: 3, numberOfThreads));
    }

    private static int[] Train(MLContext ml, int? seed = null, int numberOfThreads = 1)
    {
        // Large enough for products that are worth several threads.
        var options = new MlpBinaryTrainer.Options(MlpPreset.Plain)
        {
            HiddenLayerSizes = [256, 128],
            NumberOfEpochs = 2,
            BatchSize = 256,
            Seed = seed,
            NumberOfThreads = numberOfThreads,
        };
        return Moons.Bits(ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(ml, 512)).Model);
    }
}
