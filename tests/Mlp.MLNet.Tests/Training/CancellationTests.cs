using System.Reflection;
using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class CancellationTests
{
    [Fact]
    public void CancelExecution_EndsTheTraining()
    {
        var ml = new MLContext(seed: 1);
        int epochs = 0;
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 1000);
        options.EpochCallback = report =>
        {
            epochs = report.Epoch;
            // Internal in ML.NET 5.0.0, where its own tools call it.
            if (report.Epoch == 3)
                typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(ml, null);
        };
        Assert.Throws<OperationCanceledException>(() => ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(ml)));
        Assert.Equal(3, epochs);
    }

    [Fact]
    public void CancelledToken_EndsTheTraining()
    {
        var ml = new MLContext(seed: 1);
        using var cancellation = new CancellationTokenSource();
        int epochs = 0;
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 1000);
        options.CancellationToken = cancellation.Token;
        options.EpochCallback = report =>
        {
            epochs = report.Epoch;
            if (report.Epoch == 3)
                cancellation.Cancel();
        };
        MlpBinaryTrainer trainer = ml.BinaryClassification.Trainers.Mlp(options);
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Moons.View(ml)));
        Assert.Equal(3, epochs);

        // Already when the rows are read.
        int rows = 0;
        IDataView data = ml.Data.LoadFromEnumerable(Moons.Rows().Select(row =>
        {
            rows++;
            return row;
        }));
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data));
        Assert.InRange(rows, 1, 2);
    }

    /// <summary>However a table is scaled, and whatever is found out about it: with every feature more there is at least one look more.
    /// Rows, steps and validation are the same.</summary>
    [Theory]
    [InlineData(FeatureNormalization.Robust, 80)]
    [InlineData(FeatureNormalization.Adaptive, 80)]
    [InlineData(FeatureNormalization.Standard, 40)]
    public void MoreFeatures_AreLookedAtMoreOften(FeatureNormalization normalization, int moreLooks)
    {
        int Looks(int featureCount)
        {
            int looks = 0;
            MlpOptions options = BadData.EveryTask.Options("multiclass");
            options.Normalization = normalization;
            options.NumericEmbedding = new NumericEmbedding();
            options.CancellationCheckCallback = () => looks++;
            BadData.EveryTask.Fit(options, new BadData.Table(rowCount: 200, featureCount).View());
            return looks;
        }
        int few = Looks(3);
        // Rows, the three epochs' steps, and the passes over all rows for embedding, scaling, classes and targets.
        Assert.InRange(few, 200 + 3 * 13 + 6, 200 + 3 * 13 + 20);
        Assert.Equal(few + moreLooks, Looks(43));
    }

    [Fact]
    public void CancelExecution_EndsTheReadingOfRows()
    {
        var ml = new MLContext(seed: 1);
        MlpBinaryTrainer trainer = ml.BinaryClassification.Trainers.Mlp(Moons.Options());
        int rows = 0;
        IDataView data = ml.Data.LoadFromEnumerable(Moons.Rows().Select(row =>
        {
            if (++rows == 10)
                typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(ml, null);
            return row;
        }));
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data));
        Assert.InRange(rows, 10, 11);
    }
}
