using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Tests.Quality;

public sealed class QualityRunTests : IDisposable
{
    private readonly SmallSets _data = new();

    public void Dispose() => _data.Dispose();

    // The label follows from the columns but for the few missing fields: what a net reaches is well over the bound.
    [Theory]
    [InlineData("two", "accuracy", 0.8)]
    [InlineData("two", "auc", 0.85)]
    [InlineData("three", "accuracy", 0.8)]
    [InlineData("number", "r2", 0.7)]
    public void Measure_TrainsThroughThePipelineAndReadsMLNetsMetrics(string name, string metric, double atLeast)
    {
        Measurement one = Measure(name, validating: false);

        Assert.Null(one.Failure);
        Assert.InRange(one.Metrics[metric], atLeast, 1);
        Assert.InRange(one.FitSeconds, 1e-6, 60);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("three")]
    public void Measure_LogLoss_IsInNatsAndMLNets_WhereNoProbabilityIsClipped(string name)
    {
        Measurement one = Measure(name, validating: false);

        // float probabilities: 1 - p has a relative error of up to 6e-8 / p(other).
        Assert.Equal(one.Metrics["log_loss_evaluate"], one.Metrics["log_loss"], 1e-4);
        Assert.InRange(one.Metrics["log_loss"], 0.001, one.PriorLoss);
    }

    [Fact]
    public void Measure_StandardErrorOfRmse_IsThatOfFortyRows()
    {
        Measurement one = Measure("number", validating: false);

        // Of normal errors it would be rmse / sqrt(2 n); few large ones make it larger, at most about rmse / 2.
        Assert.InRange(one.Metrics["rmse_se"], one.Metrics["rmse"] / Math.Sqrt(2 * SmallSets.TestCount) / 2, one.Metrics["rmse"] / 2);
    }

    [Fact]
    public void Measure_Validating_JudgesOnAFifthOfTheTrainingRows()
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, ["three"])[0];
        var rows = QualityRows.Read(set, _data.Folder, withTest: false);

        Assert.Equal(SmallSets.TrainCount, rows.Labels.Count);
        Assert.DoesNotContain(true, rows.IsTest);
        double inRows = new QualityRun(set, rows, validating: true).Measure(QualityRecipes.Find("default"), seed: 1).Metrics["accuracy"]
            * InnerSplit.HeldOut(rows.Labels, rows.Labels.Count, seed: 1).Count(isHeldOut => isHeldOut);
        Assert.Equal(Math.Round(inRows), inRows, 1e-9);
    }

    [Fact]
    public void Measure_DivergedTraining_IsAFailureWithItsMessage()
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, ["number"])[0];
        var recipe = new QualityRecipe(
            "wild", "a step far too long", options => options.Optimizer = new Sgd { LearningRate = 1e20 })
        { Preset = MlpPreset.Plain };

        Measurement one = new QualityRun(set, QualityRows.Read(set, _data.Folder, withTest: true), validating: false)
            .Measure(recipe, seed: 0);

        Assert.Empty(one.Metrics);
        Assert.Contains("learning rate 1E+20", one.Failure);
    }

    [Fact]
    public void Measure_ModelThatSaysTheSameForAll_IsAFailure()
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, ["two"])[0];
        var recipe = new QualityRecipe("still", "weights that stay zero", KeepStill) { Preset = MlpPreset.Plain };

        Measurement one = new QualityRun(set, QualityRows.Read(set, _data.Folder, withTest: true), validating: false)
            .Measure(recipe, seed: 0);

        Assert.Equal("The model gives every row the same score.", one.Failure);
    }

    private static void KeepStill(MlpOptions options)
    {
        options.HiddenLayerSizes = [];
        options.WeightInitializer = Initializer.Zero;
        options.Optimizer = new Sgd { LearningRate = 1e-50 };
    }

    private Measurement Measure(string name, bool validating)
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, [name])[0];
        // Settings of its own, so that a change of the defaults does not move the bounds.
        var recipe = new QualityRecipe(
            "own", "small", options => (options.HiddenLayerSizes, options.NumberOfEpochs) = ([16], 300))
        { Preset = MlpPreset.Plain };
        return new QualityRun(set, QualityRows.Read(set, _data.Folder, withTest: !validating), validating).Measure(recipe, seed: 0);
    }
}
