using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Training;

/// <summary>Models that learn on from new rows.</summary>
public class UpdateTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void OldRows_StayLearnt_WhereTheModelHasAMemory()
    {
        // The new rows are one of three clusters: what the others look like, the memory alone says.
        Blobs.Row[] rows = Blobs.Rows(300);
        IDataView all = Blobs.View(_ml, rows), others = Blobs.View(_ml, [.. rows.Where(row => !row.Flag)]),
            one = Blobs.View(_ml, [.. rows.Where(row => row.Flag).Take(60)]);
        var settings = new MlpUpdateSettings { NumberOfEpochs = 100, LearningRateFactor = 2 };
        (double before, double with) = Errors(memoryRowCount: 300);
        (_, double without) = Errors(memoryRowCount: null);
        Assert.InRange(with, 0, 1.5 * before);
        Assert.True(without > 2 * with, $"{without} without a memory, {with} with it");

        (double Before, double After) Errors(int? memoryRowCount)
        {
            MlpRegressionTrainer.Options options = Blobs.Regression(numberOfEpochs: 60);
            options.ReplayRowCount = memoryRowCount;
            MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(options);
            MlpRegressionTransformer model = trainer.Fit(all);
            int[] bits = Moons.Bits(model.Model);
            MlpRegressionTransformer updated = trainer.Update(model, one, settings).Model;
            Assert.Equal(bits, Moons.Bits(model.Model));
            return (ErrorOf(model, others), ErrorOf(updated, others));
        }
    }

    [Fact]
    public void NewRows_AreLearnt()
    {
        // Half of the plane at first, then the other half.
        Blobs.Row[] rows = Blobs.Rows(400);
        IDataView left = Blobs.View(_ml, [.. rows.Where(row => row.Features[0] < 0)]),
            right = Blobs.View(_ml, [.. rows.Where(row => row.Features[0] >= 0)]), all = Blobs.View(_ml, rows);
        MlpRegressionTrainer.Options options = Blobs.Regression(numberOfEpochs: 60);
        options.ReplayRowCount = 1000;
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(options);
        MlpRegressionTransformer model = trainer.Fit(left);
        MlpUpdate<MlpRegressionTransformer> update = trainer.Update(model, right, new MlpUpdateSettings { NumberOfEpochs = 40 });
        Assert.True(ErrorOf(update.Model, right) < ErrorOf(model, right) / 3);
        Assert.True(ErrorOf(update.Model, left) < 1.5 * ErrorOf(model, left) + 5);
        Assert.Equal(["Slot 0", "Slot 1", "Price"], update.Drift.Select(column => column.Column));
        Assert.Equal(DriftLevel.Large, update.Drift[0].Level);
        Assert.Equal(400, update.Model.ReplayMemory!.RowsSeen);
        Assert.Equal(400, update.Model.ReplayMemory.RowCount);
        Assert.Equal(update.Model.Fingerprint, update.Model.ReplayMemory.Fingerprint);
        Assert.Equal(model.Model.FeatureScaling!.Offsets.ToArray(), update.Model.Model.FeatureScaling!.Offsets.ToArray());
    }

    [Fact]
    public void Updates_GiveTheSameBits_OnAnyNumberOfThreads() => Assert.Equal(FingerprintWith(threads: 1), FingerprintWith(threads: 2));

    [Fact]
    public void HeldOutRows_StayHeldOut_AndCalibrationIsRedone()
    {
        MlpBinaryTrainer.Options options = Ensemble(new MlpBinaryTrainer.Options { LabelColumnName = "Flag" });
        options.PredictionSets = 0.8;
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(options);
        MlpBinaryTransformer model = trainer.Fit(Blobs.View(_ml, Blobs.Rows(240)));
        int[] before = model.ReplayMemory!.Rows.Folds;
        Assert.Equal([0, 1], before.Distinct().Order());
        MlpBinaryTransformer updated = trainer.Update(model, Blobs.View(_ml, Blobs.Rows(120, seed: 5))).Model;
        Assert.Equal(before, updated.ReplayMemory!.Rows.Folds[..240]);
        Assert.Equal(60, updated.ReplayMemory.Rows.Folds[240..].Count(fold => fold == 0));
        Assert.NotEqual(model.Model.Temperature, updated.Model.Temperature);
        Assert.NotEqual(model.Content.Coverage.Sets, updated.Content.Coverage.Sets);

        // From fewer rows no temperature can be found: the old one stays.
        MlpBinaryTransformer little = trainer.Update(ColumnText.SaveAndLoad(_ml, model, Blobs.View(_ml).Schema) is MlpBinaryTransformer bare
            ? bare : model, Blobs.View(_ml, Blobs.Rows(60, seed: 6))).Model;
        Assert.Equal(model.Model.Temperature, little.Model.Temperature);
    }

    [Fact]
    public void EveryTask_LearnsOn()
    {
        IDataView data = Blobs.View(_ml), more = Blobs.View(_ml, Blobs.Rows(90, seed: 2));
        Assert.Equal(240, Update(_ml.BinaryClassification.Trainers.Mlp(Ensemble(
            new MlpBinaryTrainer.Options { LabelColumnName = "Flag" }))));
        Assert.Equal(240, Update(_ml.MulticlassClassification.Trainers.Mlp(Ensemble(
            new MlpMulticlassTrainer.Options { LabelColumnName = "ClassKey" }))));
        Assert.Equal(240, Update(_ml.MulticlassClassification.Trainers.MlpMultiLabel(Ensemble(
            new MlpMultiLabelTrainer.Options { LabelColumnName = "Labels" }))));
        Assert.Equal(240, Update(_ml.Regression.Trainers.Mlp(Ensemble(
            new MlpRegressionTrainer.Options { LabelColumnName = "Targets", PredictionIntervals = 0.8 }))));

        long Update<T>(MlpTrainerBase<T> trainer)
            where T : MlpTransformerBase
        {
            MlpUpdate<T> update = trainer.Update(trainer.Fit(data), more);
            Assert.All(update.Drift, column => Assert.Equal(DriftLevel.None, column.Level));
            Assert.Equal(4, update.Model.Model.Networks.Count);
            return update.Model.ReplayMemory!.RowsSeen;
        }
    }

    [Fact]
    public void MemoryWithoutRows_KnowsDriftAndOptimizers()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.ReplayRowCount = 0;
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(options);
        MlpRegressionTransformer model = trainer.Fit(Blobs.View(_ml));
        Assert.Equal((0, 150), (model.ReplayMemory!.RowCount, model.ReplayMemory.RowsSeen));
        Assert.NotNull(model.ReplayMemory.Moments[0]);
        Blobs.Row[] shifted = Blobs.Rows(150, seed: 2);
        foreach (Blobs.Row row in shifted)
            row.Features[1] += 3;
        MlpUpdate<MlpRegressionTransformer> update = trainer.Update(model, Blobs.View(_ml, shifted));
        Assert.Equal([DriftLevel.None, DriftLevel.Large, DriftLevel.None], update.Drift.Select(column => column.Level));
        Assert.Equal((0, 300), (update.Model.ReplayMemory!.RowCount, update.Model.ReplayMemory.RowsSeen));
    }

    [Fact]
    public void NewValuesOfAKey_GetRows()
    {
        IDataView data = KeyRows.View(_ml), more = KeyRows.View(_ml, shops: [.. KeyRows.Shops, "f", "g"]);
        MlpRegressionTrainer.Options options = KeyRows.Regression(60);
        options.ReplayRowCount = 300;
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(options);
        MlpUpdate<MlpRegressionTransformer> update = trainer.Update(trainer.Fit(data), more, new() { NumberOfEpochs = 60 });
        Assert.Equal([7], update.Model.Model.EngineModel.Layout!.KeyCounts);
        Assert.All(
            Moons.Scores(update.Model, more).Zip(more.GetColumn<float>("Number")),
            pair => Assert.Equal(pair.Second, pair.First, tolerance: 6));
        ColumnDrift shop = update.Drift.Single(column => column.Column == "ShopKey");
        Assert.Equal(2 / 7.0, shop.UnknownNow, tolerance: 0.01);
        Assert.Equal(DriftLevel.Large, shop.Level);
    }

    private string FingerprintWith(int threads)
    {
        MlpMulticlassTrainer.Options options = Ensemble(new MlpMulticlassTrainer.Options { LabelColumnName = "ClassKey" });
        (options.NumberOfThreads, options.PredictionSets) = (threads, 0.8);
        MlpMulticlassTrainer trainer = _ml.MulticlassClassification.Trainers.Mlp(options);
        MlpMulticlassTransformer model = trainer.Fit(Blobs.View(_ml));
        for (int day = 1; day <= 2; day++)
            model = trainer.Update(model, Blobs.View(_ml, Blobs.Rows(90, seed: day + 1))).Model;
        return model.Fingerprint;
    }

    private static double ErrorOf(MlpRegressionTransformer model, IDataView data) => Math.Sqrt(
        Moons.Scores(model, data).Zip(data.GetColumn<float>("Price"), (score, label) => Math.Pow(score - label, 2)).Average());

    private static TOptions Ensemble<TOptions>(TOptions options)
        where TOptions : MlpOptions
    {
        (options.NumberOfNetworks, options.HiddenLayerSizes, options.NumberOfEpochs, options.Seed) = (4, [8], 5, 1);
        (options.ReplayRowCount, options.ValidationFraction) = (1000, 0.5);
        return options;
    }
}
