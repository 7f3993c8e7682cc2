using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class MlpMulticlassTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public MlpMulticlassTrainerTests() => _data = Blobs.View(_ml);

    // Observed over seeds 1 to 10: micro-accuracy 1, log-loss 0.003 to 0.012.
    [Fact]
    public void Fit_TellsClustersApart()
    {
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(numberOfEpochs: 30)).Fit(_data);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(
            model.Transform(Blobs.View(_ml, Blobs.Rows(seed: 2))), "ClassKey");
        Assert.InRange(metrics.MicroAccuracy, 0.98, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.1);
    }

    [Fact]
    public void Scores_AreProbabilities_AndTheLargestIsPredicted()
    {
        IDataView scored = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass()).Fit(_data).Transform(_data);
        float[][] scores = [.. scored.GetColumn<float[]>("Score")];
        Assert.All(scores, row => Assert.Equal(1, row.Sum(), 1e-6f));
        Assert.All(scores, row => Assert.All(row, value => Assert.InRange(value, 0, 1)));
        Assert.Equal(scores.Select(row => (uint)Array.IndexOf(row, row.Max()) + 1), scored.GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void PredictedLabel_MapsBackToTheClass()
    {
        var pipeline = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(30))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Found", "PredictedLabel"));
        string[] found = [.. pipeline.Fit(_data).Transform(_data).GetColumn<string>("Found")];
        Assert.InRange(found.Zip(Blobs.Rows(), (name, row) => name == row.Class ? 1 : 0).Sum(), 148, 150);
    }

    [Fact]
    public void NaNFeatures_GiveNaNScores_AndAMissingKey()
    {
        MlpMulticlassTrainer.Options options = Blobs.Multiclass();
        options.MissingValues = MissingValues.Refuse;
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(options).Fit(_data);
        Blobs.Row[] rows = Blobs.Rows(2);
        rows[0].Features[1] = float.NaN;
        IDataView scored = model.Transform(Blobs.View(_ml, rows));
        Assert.Equal("[NaN NaN NaN]", ColumnText.Values(scored, "Score")[0]);
        Assert.Equal(0u, scored.GetColumn<uint>("PredictedLabel").First());
        Assert.NotEqual(0u, scored.GetColumn<uint>("PredictedLabel").Last());
    }

    [Fact]
    public void ClassesWithoutRows_HaveAnOutput()
    {
        // The keys are those of all three classes.
        IDataView two = Blobs.View(_ml, [.. Blobs.Rows().Where(row => row.Class != "y")]);
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(20)).Fit(two);
        Assert.Equal(3, model.Model.OutputCount);
        Assert.DoesNotContain(2u, model.Transform(two).GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void KeysOfEveryStorageType_TrainTheSame()
    {
        var expected = _ml.MulticlassClassification.Trainers.Mlp(With("BareKey")).Fit(_data);
        foreach (DataKind kind in (DataKind[])[DataKind.Byte, DataKind.UInt16, DataKind.UInt64])
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllLines(path, Blobs.Rows()
                    .Select(row => FormattableString.Invariant($"{row.BareKey}\t{row.Features[0]:R}\t{row.Features[1]:R}")));
                IDataView loaded = _ml.Data.LoadFromTextFile(path, new TextLoader.Options
                {
                    Columns = [new("BareKey", kind, [new TextLoader.Range(0)], new KeyCount(3)), new("Features", DataKind.Single, 1, 2)],
                });
                MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(With("BareKey")).Fit(loaded);
                Assert.Equal(Moons.Bits(expected.Model), Moons.Bits(model.Model));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    [Fact]
    public void MissingKeys_AreCounted()
    {
        Blobs.Row[] rows = Blobs.Rows();
        rows[7].Class = rows[9].Class = "";
        var exception = Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.Mlp("ClassKey").Fit(Blobs.View(_ml, rows)));
        Assert.Equal(
            "Label column 'ClassKey' is missing, or not among the values of its key, in 2 of 150 rows, first in row 8. Fit MapValueToKey "
                + "on rows that have every class, or filter these rows before Fit.", exception.Message);
    }

    [Theory]
    [InlineData("ClassKey", "'y'")]
    [InlineData("NumberKey", "'20'")]
    [InlineData("BareKey", "key value 2")]
    public void OneClassOnly_IsRefused(string label, string found)
    {
        IDataView data = Blobs.View(_ml, [.. Blobs.Rows().Where(row => row.Class == "y")]);
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.Mlp(label).Fit(data));
        Assert.Equal(
            $"Label column '{label}' is {found} in all 50 rows; a classifier needs rows of at least two classes. Check how the rows were "
                + "filtered and split.",
            exception.Message);
    }

    [Fact]
    public void KeyOfOneValue_IsRefused()
    {
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Only", "Class").Fit(
            _ml.Data.LoadFromEnumerable(Blobs.Rows(1))).Transform(_data);
        const string Message =
            "Label column 'Only' is a key with 1 value: all rows that the key was made from have the same class, and a classifier needs "
                + "at least 2. Check how those rows were filtered, or set LabelColumnName.";
        Assert.StartsWith(
            Message, Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.Mlp("Only").Fit(data)).Message);
        Assert.StartsWith(
            Message, Assert.Throws<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.Trainers.Mlp("Only").Fit(data)).Message);
    }

    [Fact]
    public void SigmoidOutputs_AreTrainedOneByOne()
    {
        MlpMulticlassTrainer.Options options = Blobs.Multiclass(30);
        options.Loss = Loss.BinaryCrossEntropy;
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(options).Fit(_data);
        Assert.Equal(OutputLink.Sigmoid, model.Model.Link);
        IDataView scored = model.Transform(_data);
        Assert.Contains(scored.GetColumn<float[]>("Score"), row => Math.Abs(row.Sum() - 1) > 0.001);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(scored, "ClassKey").MicroAccuracy, 0.98, 1);
    }

    [Fact]
    public void BalancedClassWeights_AreThoseGivenByHand()
    {
        // 100 rows of z, 50 of y and 25 of x: weights 175 / (3 · 100), 175 / (3 · 50), 175 / (3 · 25).
        Blobs.Row[] all = Blobs.Rows(300);
        Blobs.Row[] rows = [.. all.Where(row => row.Class == "z"), .. all.Where(row => row.Class == "y").Take(50),
            .. all.Where(row => row.Class == "x").Take(25)];
        IDataView data = Blobs.View(_ml, rows);
        MlpMulticlassTrainer.Options balanced = Blobs.Multiclass(), given = Blobs.Multiclass(), weighted = Blobs.Multiclass();
        balanced.ClassWeights = ClassWeights.Balanced;
        given.ClassWeights = ClassWeights.Of(175 / 300.0, 175 / 150.0, 175 / 75.0);
        weighted.ExampleWeightColumnName = "Weight";
        foreach (Blobs.Row row in rows)
            row.Weight = row.Class switch { "z" => 175 / 300f, "y" => 175 / 150f, _ => 175 / 75f };
        int[] expected = Moons.Bits(_ml.MulticlassClassification.Trainers.Mlp(weighted).Fit(Blobs.View(_ml, rows)).Model);
        Assert.Equal(expected, Moons.Bits(_ml.MulticlassClassification.Trainers.Mlp(balanced).Fit(data).Model));
        Assert.Equal(expected, Moons.Bits(_ml.MulticlassClassification.Trainers.Mlp(given).Fit(data).Model));
        Assert.NotEqual(expected, Moons.Bits(_ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass()).Fit(data).Model));
    }

    [Fact]
    public void WrongNumberOfClassWeights_IsRefused()
    {
        MlpMulticlassTrainer.Options options = Blobs.Multiclass();
        options.ClassWeights = ClassWeights.Of(1, 2);
        var exception = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Mlp(options).Fit(_data));
        Assert.StartsWith("There are 2 class weights for 3 classes. Give one per class, in the order of the classes.", exception.Message);
    }

    [Fact]
    public void LabelSmoothing_KeepsProbabilitiesFromTheEnds()
    {
        MlpMulticlassTrainer.Options options = Blobs.Multiclass(60);
        float plain = Largest(options);
        options.LabelSmoothing = 0.3;
        Assert.InRange(Largest(options), 0.7f, 0.95f);
        Assert.True(plain > 0.99f);

        float Largest(MlpMulticlassTrainer.Options options) =>
            _ml.MulticlassClassification.Trainers.Mlp(options).Fit(_data).Transform(_data).GetColumn<float[]>("Score")
            .Max(row => row.Max());
    }

    [Fact]
    public void PlainArguments_AreTheOptions()
    {
        MlpMulticlassTrainer trainer = _ml.MulticlassClassification.Trainers.Mlp(
            "ClassKey", "Features", "Weight", hiddenLayerSizes: [3], learningRate: 0.5, batchSize: 10, numberOfEpochs: 2);
        MlpModelParameters model = trainer.Fit(_data).Model;
        Assert.Equal([3, 3], model.Layers.Select(layer => layer.UnitCount));
        Assert.All(model.History, report => Assert.Equal(2, report.NumberOfEpochs));
        // The last of the first epoch's 12 steps, along the recipe's cosine.
        Assert.Equal(0.5 * (1 + Math.Cos(Math.PI * 11 / 24)) / 2, model.History[0].LearningRate, 1e-12);
    }

    private static MlpMulticlassTrainer.Options With(string label)
    {
        MlpMulticlassTrainer.Options options = Blobs.Multiclass();
        options.LabelColumnName = label;
        return options;
    }
}
