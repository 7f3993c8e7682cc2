using Microsoft.ML;
using Mlp.MLNet.Tests.BadData;

namespace Mlp.MLNet.Tests;

/// <summary>Two trainings that are the same can be told from two that are not, though their histories have other seconds in them.</summary>
public class FingerprintTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void EqualTrainings_ShareIt_AndSavingKeepsIt(string task)
    {
        TableView rows = new Table().View();
        (ITransformer transformer, MlpModelParameters model) = EveryTask.Fit(EveryTask.Options(task), rows);
        Assert.Matches("^[0-9a-f]{64}$", model.Fingerprint);
        Assert.Equal(model.Fingerprint, ((MlpTransformerBase)transformer).Fingerprint);
        Assert.Equal(model.Fingerprint, EveryTask.Fit(EveryTask.Options(task), rows).Model.Fingerprint);

        using var zip = new MemoryStream();
        _ml.Model.Save(transformer, rows.Schema, zip);
        Assert.Equal(model.Fingerprint, ((MlpTransformerBase)_ml.Model.Load(zip, out _)).Fingerprint);
        using var bare = new MemoryStream();
        model.Save(bare);
        bare.Position = 0;
        Assert.Equal(model.Fingerprint, MlpModelParameters.Load(bare).Fingerprint);

        MlpOptions other = EveryTask.Options(task);
        other.Seed = 2;
        Assert.NotEqual(model.Fingerprint, EveryTask.Fit(other, rows).Model.Fingerprint);
    }

    /// <summary>With embedding, robust scaling, several networks and temperature.</summary>
    [Theory]
    [InlineData(MlpPreset.Plain)]
    [InlineData(MlpPreset.Fast)]
    [InlineData(MlpPreset.Default)]
    [InlineData(MlpPreset.Best)]
    public void NumberOfThreads_DoesNotChangeIt(MlpPreset preset)
    {
        string Fit(int threads) => _ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options(preset) { Seed = 3, NumberOfEpochs = 2, NumberOfThreads = threads })
                .Fit(Moons.View(_ml)).Fingerprint;
        Assert.Equal(Fit(1), Fit(2));
    }
}
