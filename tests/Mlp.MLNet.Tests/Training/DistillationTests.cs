using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Training;

/// <summary>One network from several.</summary>
public class DistillationTests
{
    private const int NetworkCount = 4;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Regression_WithEveryKindOfFeature_PredictsWhatTheNetworksDo()
    {
        IDataView rows = MixedRows.View(_ml);
        MlpRegressionTrainer.Options options = MixedRows.Regression();
        options.NumberOfNetworks = NetworkCount;
        ITransformer model = MixedRows.Fit(_ml, rows, _ml.Regression.Trainers.Mlp(options));
        ITransformer distilled = _ml.Model.DistillMlp(model, rows);
        Assert.Single(NetworkOf<MlpRegressionTransformer>(distilled).Model.Networks);
        Assert.Equal(NetworkCount, NetworkOf<MlpRegressionTransformer>(model).Model.Networks.Count);
        CheckClose(Scores(model, rows), Scores(distilled, rows), part: 0.01);
    }

    [Fact]
    public void KeysBesideTheFeatures_AreReadToo()
    {
        IDataView rows = KeyRows.View(_ml);
        MlpRegressionTrainer.Options options = KeyRows.Regression();
        (options.NumberOfNetworks, options.ReplayRowCount) = (NetworkCount, 100);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(rows);
        ITransformer distilled = _ml.Model.DistillMlp(model, rows);
        // What the several networks keep for an update is not the one's.
        Assert.NotNull(model.ReplayMemory);
        Assert.Null(Assert.IsType<MlpRegressionTransformer>(distilled).ReplayMemory);
        Assert.Equal(["ShopKey"], Assert.IsType<MlpRegressionTransformer>(distilled).CategoricalColumnNames);
        CheckClose(Scores(model, rows), Scores(distilled, rows), part: 0.01);
    }

    [Fact]
    public void Classes_KeepTheirNames_AndTheThreshold()
    {
        IDataView rows = KeyRows.View(_ml);
        MlpBinaryTrainer.Options binary = With(new MlpBinaryTrainer.Options(MlpPreset.Plain) { LabelColumnName = "Flag" });
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(binary).Fit(rows).WithThreshold(0.7f);
        var distilled = (MlpBinaryTransformer)_ml.Model.DistillMlp(model, rows);
        Assert.Equal(model.ScoreThreshold, distilled.ScoreThreshold);
        Assert.Equal(Flags(model, rows), Flags(distilled, rows));

        MlpMulticlassTrainer.Options several = With(new MlpMulticlassTrainer.Options(MlpPreset.Plain) { LabelColumnName = "ShopKey" });
        several.CategoricalColumnNames = ["DayKey"];
        several.FeatureColumnName = "Numbers";
        MlpMulticlassTransformer classes = _ml.MulticlassClassification.Trainers.Mlp(several).Fit(rows);
        ITransformer one = _ml.Model.DistillMlp(classes, rows);
        Assert.Equal(
            classes.Transform(rows).GetColumn<uint>("PredictedLabel"), one.Transform(rows).GetColumn<uint>("PredictedLabel"));
        VBuffer<ReadOnlyMemory<char>> names = default;
        one.Transform(rows).Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(KeyRows.Shops, names.DenseValues().Select(name => name.ToString()));

        TOptions With<TOptions>(TOptions options)
            where TOptions : MlpOptions
        {
            options.CategoricalColumnNames = ["ShopKey"];
            (options.HiddenLayerSizes, options.NumberOfNetworks, options.NumberOfEpochs, options.Seed) = ([8], NetworkCount, 40, 1);
            return options;
        }
    }

    [Fact]
    public void SeveralTargets_AndLabels_Too()
    {
        IDataView rows = KeyRows.View(_ml);
        MlpRegressionTrainer.Options targets = KeyRows.Regression();
        (targets.LabelColumnName, targets.NumberOfNetworks) = ("Numbers", NetworkCount);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(targets).Fit(rows);
        ITransformer distilled = _ml.Model.DistillMlp(model, rows);
        CheckClose(Vectors(model, rows), Vectors(distilled, rows), part: 0.01);

        MlpMultiLabelTransformer labels = _ml.MulticlassClassification.Trainers.MlpMultiLabel(
            new MlpMultiLabelTrainer.Options(MlpPreset.Plain)
            {
                LabelColumnName = "Flags",
                CategoricalColumnNames = ["ShopKey"],
                HiddenLayerSizes = [8],
                NumberOfNetworks = NetworkCount,
                NumberOfEpochs = 40,
                Seed = 1,
            }).Fit(rows);
        CheckClose(Vectors(labels, rows), Vectors(_ml.Model.DistillMlp(labels, rows), rows), part: 0.01);
    }

    [Fact]
    public void SavedAndLoaded_AndWithAnyNumberOfThreads_ItHasTheSameBits()
    {
        IDataView rows = KeyRows.View(_ml);
        MlpRegressionTrainer.Options options = KeyRows.Regression();
        options.NumberOfNetworks = NetworkCount;
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(rows);
        var one = (MlpRegressionTransformer)_ml.Model.DistillMlp(model, rows, numberOfEpochs: 3, seed: 5);
        var again = (MlpRegressionTransformer)_ml.Model.DistillMlp(model, rows, numberOfEpochs: 3, seed: 5);
        var other = (MlpRegressionTransformer)_ml.Model.DistillMlp(model, rows, numberOfEpochs: 3, seed: 6);
        Assert.Equal(one.Fingerprint, again.Fingerprint);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        using var stream = new MemoryStream();
        _ml.Model.Save(one, rows.Schema, stream);
        var loaded = Assert.IsType<MlpRegressionTransformer>(_ml.Model.Load(stream, out _));
        Assert.Equal(one.Fingerprint, loaded.Fingerprint);
    }

    [Fact]
    public void RowsWithoutPrediction_AreLeftOut()
    {
        KeyRows.Row[] some = KeyRows.Rows();
        MlpRegressionTrainer.Options options = Blobs.Regression("Number", numberOfEpochs: 20);
        (options.NumberOfNetworks, options.MissingValues) = (NetworkCount, MissingValues.Refuse);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable(some));
        foreach (KeyRows.Row row in some.Take(10))
            row.Features[1] = float.NaN;
        ITransformer distilled = _ml.Model.DistillMlp(model, _ml.Data.LoadFromEnumerable(some), numberOfEpochs: 2);
        Assert.Equal(10, Scores(distilled, _ml.Data.LoadFromEnumerable(some)).Count(float.IsNaN));
        var exception = Assert.Throws<InvalidOperationException>(
            () => _ml.Model.DistillMlp(model, _ml.Data.LoadFromEnumerable(some[..10])));
        Assert.Contains("The model has no prediction for all 10 rows", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeDistilled_IsRefused()
    {
        IDataView rows = KeyRows.View(_ml);
        MlpRegressionTrainer.Options options = KeyRows.Regression(numberOfEpochs: 2);
        MlpRegressionTransformer one = _ml.Regression.Trainers.Mlp(options).Fit(rows);
        Check<ArgumentException>("The model has one network", one, rows);
        options.NumberOfNetworks = NetworkCount;
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(rows);
        Check<InvalidOperationException>("The data to distill with has no rows", model, _ml.Data.FilterRowsByMissingValues(
            _ml.Data.SkipRows(rows, 1_000), "Features"));
        Check<ArgumentOutOfRangeException>("'ShopKey'", model, _ml.Data.LoadFromEnumerable(KeyRows.Rows()));
        KeyRows.Row[] infinite = KeyRows.Rows();
        infinite[7].Features[0] = float.PositiveInfinity;
        IDataView infiniteRows = _ml.Data.LoadFromEnumerable(infinite);
        Check<InvalidOperationException>(
            "Feature column 'Features' is infinite in 1 of 300 rows, first in row 8", model,
            KeyRows.Keys(_ml).Fit(infiniteRows).Transform(infiniteRows));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.DistillMlp(model, rows, numberOfEpochs: 0));
        Assert.Throws<ArgumentException>(() => _ml.Model.DistillMlp(KeyRows.Keys(_ml).Fit(rows), rows));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => _ml.Model.DistillMlp(model, rows, cancellationToken: cancelled.Token));

        options.PredictionIntervals = 0.8;
        (options.EarlyStopping, options.ValidationFraction) = (new EarlyStopping(), 0.2);
        Check<ArgumentException>(
            "PredictionIntervals, whose promise holds for its 4 networks", _ml.Regression.Trainers.Mlp(options).Fit(rows), rows);
    }

    private void Check<TException>(string message, ITransformer model, IDataView rows)
        where TException : Exception
    {
        var exception = Assert.Throws<TException>(() => _ml.Model.DistillMlp(model, rows));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static TTransformer NetworkOf<TTransformer>(ITransformer chain) =>
        Assert.Single(((IEnumerable<ITransformer>)chain).OfType<TTransformer>());

    private static float[] Scores(ITransformer model, IDataView rows) => [.. model.Transform(rows).GetColumn<float>("Score")];

    private static bool[] Flags(ITransformer model, IDataView rows) => [.. model.Transform(rows).GetColumn<bool>("PredictedLabel")];

    private static float[] Vectors(ITransformer model, IDataView rows) =>
        [.. model.Transform(rows).GetColumn<float[]>("Score").SelectMany(row => row)];

    /// <summary>The mean squared difference is no more than a part of the variance.</summary>
    private static void CheckClose(float[] expected, float[] found, double part)
    {
        double mean = expected.Average(), variance = expected.Average(value => Math.Pow(value - mean, 2));
        Assert.InRange(expected.Zip(found).Average(pair => Math.Pow(pair.First - pair.Second, 2)), 0, part * variance);
    }
}
