using Microsoft.ML;
using Mlp.MLNet.Models;

namespace Mlp.MLNet.Tests.Training;

/// <summary>What an update refuses, with what has changed.</summary>
public class UpdateRefusalTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void ChangedSlots_AreAllNamed()
    {
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(Blobs.Regression());
        MlpRegressionTransformer model = trainer.Fit(Named("Age", "Hours"));
        AssertRefused(
            () => trainer.Update(model, Named("Age", "Income")),
            "Feature column 'Features' has other slots than in training, 1 of 2: the first was 'Hours' and is 'Income'; gone: Hours; "
                + "new: Income.");
        AssertRefused(
            () => trainer.Update(model, Named("Age", "Hours", "Income")),
            "Feature column 'Features' has 3 slots, and the model takes 2; new: Income.");

        IDataView Named(params string[] names)
        {
            IDataView rows = Blobs.View(_ml);
            var chain = new Microsoft.ML.Data.EstimatorChain<ITransformer>();
            foreach (string name in names)
                chain = chain.Append<ITransformer>(_ml.Transforms.CopyColumns(name, "Weight"));
            return chain.Append<ITransformer>(_ml.Transforms.Concatenate("Features", names)).Fit(rows).Transform(rows);
        }
    }

    [Fact]
    public void OtherLabels_AreRefused()
    {
        MlpMulticlassTrainer.Options options = Blobs.Multiclass();
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(options).Fit(Blobs.View(_ml));
        options.LabelColumnName = "NumberKey";
        AssertRefused(
            () => _ml.MulticlassClassification.Trainers.Mlp(options).Update(model, Blobs.View(_ml)),
            "The key values of label column 'NumberKey' differ, first in value 1: '10' in the new rows, 'z' in the training data.");
        MlpRegressionTransformer numbers = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(Blobs.View(_ml));
        MlpRegressionTrainer.Options others = Blobs.Regression("Targets");
        AssertRefused(
            () => _ml.Regression.Trainers.Mlp(others).Update(numbers, Blobs.View(_ml)),
            "Label column 'Targets' asks for 2 outputs, and the model has 1.");
        others = Blobs.Regression();
        others.Loss = Loss.Poisson;
        AssertRefused(
            () => _ml.Regression.Trainers.Mlp(others).Update(numbers, Blobs.View(_ml)),
            "The model's outputs are Identity with the link Identity, and the trainer's Loss and OutputActivation ask for Identity with "
                + "Exponential.");
    }

    [Fact]
    public void OtherKeyColumns_AreRefused()
    {
        MlpRegressionTransformer model = KeyRows.Fit(_ml, KeyRows.View(_ml), numberOfEpochs: 1);
        AssertRefused(
            () => _ml.Regression.Trainers.Mlp(KeyRows.Regression(1, "DayKey")).Update(model, KeyRows.View(_ml)),
            "CategoricalColumnNames has [DayKey], and the model reads [ShopKey].");
        AssertRefused(
            () => _ml.Regression.Trainers.Mlp(KeyRows.Regression(1)).Update(model, KeyRows.View(_ml, shops: ["b", "a", "c"])),
            "The key values of categorical column 'ShopKey' differ, first in value 1: 'b' in the new rows, 'a' in the training data.");
    }

    [Fact]
    public void LostIntervals_AreRefused()
    {
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Noise.Options()).Fit(Noise.View(_ml, 200));
        MlpRegressionTrainer.Options options = Noise.Options();
        options.PredictionIntervals = null;
        AssertRefused(
            () => _ml.Regression.Trainers.Mlp(options).Update(model, Noise.View(_ml, 200)),
            "The model was trained with PredictionIntervals, and the trainer's PredictionIntervals is none.");
    }

    [Fact]
    public void MemoryOfAnotherModel_IsRefused()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.ReplayRowCount = 10;
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(options);
        MlpRegressionTransformer first = trainer.Fit(Blobs.View(_ml)), second = trainer.Fit(Blobs.View(_ml, Blobs.Rows(90)));
        MlpReplayMemory memory = second.ReplayMemory!;
        AssertRefused(() => trainer.Update(With(memory), Blobs.View(_ml)), "The memory belongs to a model with the fingerprint ");
        // The right fingerprint, and rows that the model cannot have.
        options.LabelColumnName = "Targets";
        MlpReplayMemory others = _ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(_ml)).ReplayMemory!;
        var foreign = new MlpReplayMemory(first.Fingerprint, others.RowsSeen, others.Rows, others.Columns, others.Moments)
        {
            FirstBestEpoch = 1,
        };
        AssertRefused(
            () => trainer.Update(With(foreign), Blobs.View(_ml)), "The memory of the model has rows that the model cannot have been");

        MlpRegressionTransformer With(MlpReplayMemory other) => (MlpRegressionTransformer)TrainedModels.Remember(first, other);
    }

    [Fact]
    public void SettingsOutOfRange_AreRefused()
    {
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(Blobs.Regression());
        MlpRegressionTransformer model = trainer.Fit(Blobs.View(_ml));
        Assert.Contains("NumberOfEpochs is 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => trainer.Update(model, Blobs.View(_ml), new MlpUpdateSettings { NumberOfEpochs = 0 })).Message);
        Assert.Contains("LearningRateFactor is 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => trainer.Update(model, Blobs.View(_ml), new MlpUpdateSettings { LearningRateFactor = 0 })).Message);
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.ReplayRowCount = -1;
        Assert.Contains("ReplayRowCount is -1; it must be at least 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Regression.Trainers.Mlp(options)).Message);
        (options.ReplayRowCount, options.Part) = (1, new EnsemblePart(1, 1));
        Assert.Contains("Part is set, and ReplayRowCount, too", Assert.Throws<ArgumentException>(
            () => _ml.Regression.Trainers.Mlp(options)).Message);
    }

    private static void AssertRefused(Action update, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(update).Message);
}
