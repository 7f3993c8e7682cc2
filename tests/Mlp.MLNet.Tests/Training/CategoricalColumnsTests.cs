using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;
using Mlp.MLNet.Tests.BadData;
using Mlp.MLNet.Tests.Scoring;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Training;

/// <summary>Key columns beside the features, from training to a loaded model.</summary>
public sealed class CategoricalColumnsTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tasks))]
    public void EveryTask_Trains_Saves_AndPredicts_WithTheSameBits(string task)
    {
        IDataView data = KeyRows.View(_ml, rowCount: 60);
        MlpOptions options = Options(task);
        EveryTask.AssertTrains(options, data);
        (ITransformer model, MlpModelParameters parameters) = EveryTask.Fit(options, data, data);
        (_, MlpModelParameters again) = EveryTask.Fit(options, data, data);
        Assert.Equal(parameters.Fingerprint, again.Fingerprint);
        Assert.Equal([5, 7], parameters.EngineModel.Layout!.KeyCounts);
        Assert.Equal([5, 7], parameters.EngineModel.Network.Inputs.Categories.Select(category => category.Width));

        var loaded = (MlpTransformerBase)ColumnText.SaveAndLoad(_ml, model, data.Schema);
        Assert.Equal(["ShopKey", "DayKey"], loaded.CategoricalColumnNames);
        Assert.Equal(EveryTask.Scores(model.Transform(data)), EveryTask.Scores(loaded.Transform(data)));
        Assert.Equal(parameters.Fingerprint, loaded.Fingerprint);
        // The keys say something: without training they would have no effect.
        IDataView others = _ml.Data.LoadFromEnumerable(KeyRows.Rows(60).Select(row =>
        {
            row.Shop = "c";
            return row;
        }));
        IDataView moved = KeyRows.Keys(_ml).Fit(_ml.Data.LoadFromEnumerable(KeyRows.Rows(60))).Transform(others);
        Assert.NotEqual(EveryTask.Scores(model.Transform(data)), EveryTask.Scores(loaded.Transform(moved)));
    }

    [Fact]
    public void DefaultPreset_TakesThemBesideOneHotRanges_AndSparseSlots()
    {
        IDataView rows = MixedRows.View(_ml);
        var options = new MlpRegressionTrainer.Options
        {
            LabelColumnName = "Target",
            CategoricalColumnNames = ["Key"],
            NumberOfNetworks = 2,
            NumberOfEpochs = 3,
            Seed = 1,
        };
        IEnumerable<ITransformer> steps = _ml.Transforms.Conversion.MapValueToKey("Key", "Colour")
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Colour"))
            .Append(_ml.Transforms.Concatenate("Features", "Size", "Colour", "Words"))
            .Append(_ml.Regression.Trainers.Mlp(options)).Fit(rows);
        var network = (MlpRegressionTransformer)steps.Last();
        FeatureLayout layout = network.Model.EngineModel.Layout!;
        Assert.Equal((2, 1), (layout.CategoryCount, layout.Categories.Length));
        Assert.Equal([3], layout.KeyCounts);
        Assert.NotEmpty(layout.SparseSlots);
        IDataView features = steps.SkipLast(1).Aggregate(rows, (view, step) => step.Transform(view));
        Assert.Equal(RowText.ByMapper(network, features, "Score"), RowText.ByCursor(network.Transform(features), "Score"));
    }

    [Fact]
    public void ATargetOfTheKeyAlone_IsLearnt_AndAnUnknownKey_IsNearTheMean()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(KeyRows.Rows());
        MlpRegressionTrainer.Options options = KeyRows.Regression(numberOfEpochs: 60);
        options.CategoricalEmbedding = new CategoricalEmbedding { UnknownRate = 0.1 };
        ITransformer model = KeyRows.Keys(_ml).Append(_ml.Regression.Trainers.Mlp(options)).Fit(rows);
        foreach (ITransformer each in (ITransformer[])[model, ColumnText.SaveAndLoad(_ml, model, rows.Schema)])
        {
            using PredictionEngine<KeyRows.Row, KeyRows.Prediction> engine =
                _ml.Model.CreatePredictionEngine<KeyRows.Row, KeyRows.Prediction>(each);
            foreach (KeyRows.Row row in KeyRows.Rows(25))
            {
                Assert.Equal(row.Number, engine.Predict(row).Score, tolerance: 2);
                row.Shop = row.Number > 20 ? "never seen" : null!;
                // Observed: 14.9 to 22.9.
                Assert.Equal(20, engine.Predict(row).Score, tolerance: 7);
            }
        }
    }

    [Theory]
    [InlineData(MlpPreset.Plain)]
    [InlineData(MlpPreset.Fast)]
    [InlineData(MlpPreset.Default)]
    public void ALinearModel_LearnsThem_InEveryPreset(MlpPreset preset)
    {
        // Presets begin with a last layer of 0, embeddings with 0: between them nothing would move.
        IDataView data = KeyRows.View(_ml);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(new MlpRegressionTrainer.Options(preset)
        {
            LabelColumnName = "Number",
            CategoricalColumnNames = ["ShopKey"],
            HiddenLayerSizes = [],
            Seed = 1,
        }).Fit(data);
        // Observed: 0.9999; 0.04 with both at 0.
        Assert.InRange(_ml.Regression.Evaluate(model.Transform(data), "Number").RSquared, 0.9, 1);
    }

    [Fact]
    public void MissingKeys_AreTrainedOnAsUnknown()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(KeyRows.Rows().Select(row =>
        {
            if (row.Shop == "e")
                row.Shop = "";
            return row;
        }));
        IDataView data = KeyRows.Keys(_ml).Fit(rows).Transform(rows);
        Assert.Equal(4ul, ((KeyDataViewType)data.Schema["ShopKey"].Type).Count);
        MlpRegressionTransformer model = KeyRows.Fit(_ml, data, numberOfEpochs: 60);
        // Observed: off by 4.7 at most, where rows of other shops counted as unknown now and then.
        Assert.All(
            Moons.Scores(model, data).Zip(data.GetColumn<float>("Number")), pair => Assert.Equal(pair.Second, pair.First, tolerance: 6));
    }

    [Fact]
    public void AKeyAboveItsCount_IsTrainedOnAsUnknown()
    {
        Assert.Equal(FingerprintWith(0), FingerprintWith(9));
        Assert.NotEqual(FingerprintWith(0), FingerprintWith(1));

        string FingerprintWith(uint key)
        {
            var table = new Table();
            table.Class[4] = key;
            MlpOptions options = EveryTask.Options("regression");
            options.CategoricalColumnNames = ["Class"];
            return EveryTask.Fit(options, table.View()).Model.Fingerprint;
        }
    }

    [Fact]
    public void ACheckpoint_GoesOnWithTheSameBits()
    {
        IDataView data = KeyRows.View(_ml);
        MlpRegressionTrainer.Options options = KeyRows.Regression(4);
        string expected = _ml.Regression.Trainers.Mlp(options).Fit(data).Fingerprint;
        options.Checkpoint = new Checkpoint(_folder.PathOf("c"));
        options.EpochCallback = report =>
        {
            if (report.Epoch == 2)
                throw new OperationCanceledException();
        };
        Assert.Throws<OperationCanceledException>(() => _ml.Regression.Trainers.Mlp(options).Fit(data));
        int epochs = 0;
        options.EpochCallback = _ => epochs++;
        // Other keys are another training.
        IDataView others = KeyRows.View(_ml, shops: ["e", "a", "b", "c", "d"]);
        Assert.StartsWith(
            $"Checkpoint '{options.Checkpoint.Path}' belongs to another training: ",
            Assert.Throws<InvalidOperationException>(() => _ml.Regression.Trainers.Mlp(options).Fit(others)).Message);
        Assert.Equal(expected, _ml.Regression.Trainers.Mlp(options).Fit(data).Fingerprint);
        Assert.Equal(2, epochs);
    }

    [Fact]
    public void CrossValidation_TakesThem()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(KeyRows.Rows());
        var folds = _ml.Regression.CrossValidate(
            rows, KeyRows.Keys(_ml).Append(_ml.Regression.Trainers.Mlp(KeyRows.Regression())), numberOfFolds: 3, labelColumnName: "Number");
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.RSquared, 0.9, 1));
    }

    private static MlpOptions Options(string task)
    {
        MlpOptions options = EveryTask.Options(task);
        options.CategoricalColumnNames = ["ShopKey", "DayKey"];
        return options;
    }
}
