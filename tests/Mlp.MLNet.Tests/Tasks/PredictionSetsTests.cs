using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class PredictionSetsTests
{
    private readonly MLContext _ml = new(seed: 1);

    internal static MlpBinaryTrainer.Options Binary() => Short(new MlpBinaryTrainer.Options
    {
        LabelColumnName = "Flag",
        PredictionSets = 0.95,
    });

    internal static MlpMulticlassTrainer.Options Multiclass() => Short(new MlpMulticlassTrainer.Options { PredictionSets = 0.9 });

    // Observed over seeds 1 to 5 of the rows: 0.885 to 0.918, of 1.3 classes.
    [Fact]
    public void Sets_OfSeveralClasses_HoldTheTrueOne_AndThePredictedOne()
    {
        (IDataView scored, MlpMulticlassTransformer model, IDataView keys) = FitMulticlass();
        uint[] labels = [.. scored.GetColumn<uint>("Label")], predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        bool[][] sets = [.. scored.GetColumn<bool[]>("PredictedLabelSet")];

        Assert.InRange(labels.Zip(sets).Average(pair => pair.Second[pair.First - 1] ? 1.0 : 0), 0.87, 0.94);
        Assert.InRange(sets.Average(set => set.Count(isIn => isIn)), 1.05, 2);
        Assert.All(predicted.Zip(sets), pair => Assert.True(pair.Second[pair.First - 1]));
        Assert.Equal(
            "Vector<Boolean, 3>; ScoreColumnKind: 'MulticlassClassification'; ScoreColumnSetId: 1; ScoreValueKind: 'PredictedLabelSet'; "
                + "TrainingLabelValues: ['high' 'low' 'middle']; SlotNames: ['high' 'low' 'middle']; Levels: [0.9]",
            ColumnText.Describe(scored, "PredictedLabelSet"));
        IDataView reloaded = ColumnText.SaveAndLoad(_ml, model, keys.Schema).Transform(keys);
        Assert.Equal(ColumnText.Values(model.Transform(keys), "PredictedLabelSet"), ColumnText.Values(reloaded, "PredictedLabelSet"));
    }

    [Fact]
    public void Sets_OfTwoClasses_HoldTheTrueOne()
    {
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Binary()).Fit(Noise.View(_ml, 1000));
        Noise.Row[] rows = Noise.Rows(3000, seed: 7);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        bool[][] sets = [.. scored.GetColumn<bool[]>("PredictedLabelSet")];
        Assert.InRange(rows.Zip(sets).Average(pair => pair.Second[pair.First.Flag ? 1 : 0] ? 1.0 : 0), 0.93, 0.98);
        Assert.Contains("SlotNames: ['false' 'true']", ColumnText.Describe(scored, "PredictedLabelSet"), StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_AreTheSameBits_WithAndWithout()
    {
        IDataView data = Noise.View(_ml, 300);
        MlpBinaryTrainer.Options options = Binary();
        float[] with = Moons.Scores(_ml.BinaryClassification.Trainers.Mlp(options).Fit(data), data);
        options.PredictionSets = null;
        Assert.Equal(Moons.Scores(_ml.BinaryClassification.Trainers.Mlp(options).Fit(data), data), with);
    }

    [Fact]
    public void RowsWithoutPrediction_HaveNoClassInTheirSet()
    {
        MlpBinaryTrainer.Options options = Binary();
        options.MissingValues = MissingValues.Refuse;
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Noise.View(_ml, 300));
        Noise.Row[] rows = Noise.Rows(1);
        rows[0].Features[0] = float.NaN;
        Assert.Equal([false, false], model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<bool[]>("PredictedLabelSet").Single());
    }

    [Fact]
    public void Shape_IsTheSchema()
    {
        (_, MlpMulticlassTransformer model, IDataView keys) = FitMulticlass();
        SchemaShape shape = _ml.MulticlassClassification.Trainers.Mlp(Multiclass()).GetOutputSchema(Shapes.Of(keys));
        SchemaShape.Column column = shape.Single(one => one.Name == "PredictedLabelSet");
        DataViewSchema.Column found = model.GetOutputSchema(keys.Schema)["PredictedLabelSet"];
        Assert.Equal(BooleanDataViewType.Instance, column.ItemType);
        Assert.Equal(
            found.Annotations.Schema.Select(annotation => annotation.Name).Order(),
            column.Annotations.Select(annotation => annotation.Name).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void LevelOutOfRange_IsRefused(double level)
    {
        MlpBinaryTrainer.Options options = Binary();
        options.PredictionSets = level;
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.BinaryClassification.Trainers.Mlp(options));
        Assert.Contains("PredictionSets is", exception.Message, StringComparison.Ordinal);
    }

    private (IDataView Scored, MlpMulticlassTransformer Model, IDataView Keys) FitMulticlass()
    {
        ITransformer map = _ml.Transforms.Conversion.MapValueToKey(
            "Label", "Class", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                .Fit(Noise.View(_ml, 1000));
        IDataView keys = map.Transform(Noise.View(_ml, 1000));
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(Multiclass()).Fit(keys);
        return (model.Transform(map.Transform(Noise.View(_ml, 3000, seed: 7))), model, keys);
    }

    private static TOptions Short<TOptions>(TOptions options)
        where TOptions : MlpOptions
    {
        (options.NumberOfEpochs, options.HiddenLayerSizes, options.NumericEmbedding) = (6, [16], NumericEmbedding.None);
        (options.Seed, options.NumberOfThreads) = (1, 1);
        return options;
    }
}
