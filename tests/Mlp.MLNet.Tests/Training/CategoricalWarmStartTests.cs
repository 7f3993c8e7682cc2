using Microsoft.ML;
using Mlp.Networks;

namespace Mlp.MLNet.Tests.Training;

public class CategoricalWarmStartTests
{
    private static readonly string[] MoreShops = [.. KeyRows.Shops, "f", "g"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    private readonly MlpRegressionTransformer _start;

    public CategoricalWarmStartTests()
    {
        _data = KeyRows.View(_ml);
        _start = KeyRows.Fit(_ml, _data, numberOfEpochs: 60);
    }

    [Fact]
    public void FurtherValues_GetRows_WhichBeginAsUnknown()
    {
        MlpRegressionTrainer.Options options = KeyRows.Regression();
        // A rate that changes nothing: what comes out is what went in.
        (options.Optimizer, options.NumberOfEpochs, options.LearningRate) = (new Sgd(), 1, 1e-30);
        IDataView more = KeyRows.View(_ml, shops: MoreShops);
        MlpRegressionTransformer grown = Fit(options, more, _start.Model);
        Assert.Equal([7], grown.Model.EngineModel.Layout!.KeyCounts);
        InputEncoder<float> before = _start.Model.EngineModel.Network.Encoder!, after = grown.Model.EngineModel.Network.Encoder!;
        AssertSame([.. before.Table(0), .. new float[2 * 5]], after.Table(0));
        AssertSame(before.Base(0), after.Base(0));
        Assert.Equal(Moons.Scores(_start, more), Moons.Scores(grown, more), (a, b) => Math.Abs(a - b) < 1e-3f);

        var loaded = (MlpRegressionTransformer)ColumnText.SaveAndLoad(_ml, grown, more.Schema);
        Assert.Equal(Moons.Scores(grown, more), Moons.Scores(loaded, more));
        // With fewer values the model keeps those it knows, and their names.
        MlpRegressionTransformer kept = Fit(options, _data, loaded.Model);
        Assert.Equal([7], kept.Model.EngineModel.Layout!.KeyCounts);
        Assert.Equal("g", kept.Model.Categories[0].Values!.NameOf(6));
        Assert.Equal([5], _start.Model.EngineModel.Layout!.KeyCounts);

        static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
            Assert.Equal(expected.ToArray(), actual.ToArray(), (a, b) => Math.Abs(a - b) < 1e-20f);
    }

    [Fact]
    public void FurtherValues_AreLearnt()
    {
        IDataView more = KeyRows.View(_ml, shops: MoreShops);
        MlpRegressionTransformer grown = Fit(KeyRows.Regression(60), more, _start.Model, validation: more);
        Assert.All(
            Moons.Scores(grown, more).Zip(Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(more, "Number")),
            pair => Assert.Equal(pair.Second, pair.First, tolerance: 4));
    }

    [Fact]
    public void OtherNames_AreRefused_WithTheFirstThatDiffers()
    {
        AssertRefused(
            "has 'ShopKey' as categorical column 1, and CategoricalColumnNames has 'DayKey' there. Set CategoricalColumnNames to "
                + "[ShopKey].", ["DayKey"], _start.Model);
        AssertRefused(
            "has none as categorical column 2, and CategoricalColumnNames has 'DayKey' there. Set CategoricalColumnNames to [ShopKey].",
            ["ShopKey", "DayKey"], _start.Model);
        AssertRefused(
            "has 'ShopKey' as categorical column 1, and CategoricalColumnNames has none there. Set CategoricalColumnNames to [ShopKey].",
            null, _start.Model);
        MlpModelParameters plain = _ml.Regression.Trainers.Mlp(Blobs.Regression("Number")).Fit(_data).Model;
        AssertRefused(
            "has none as categorical column 1, and CategoricalColumnNames has 'ShopKey' there. Set CategoricalColumnNames to null.",
            ["ShopKey"], plain);
    }

    [Fact]
    public void ParametersByThemselves_KnowTheNumberOfColumns()
    {
        using var stream = new MemoryStream();
        _start.Model.Save(stream);
        stream.Position = 0;
        var bare = MlpModelParameters.Load(stream);
        Assert.Equal(
            Fit(KeyRows.Regression(1), _data, _start.Model).Fingerprint, Fit(KeyRows.Regression(1), _data, bare).Fingerprint);
        AssertRefused(
            "reads 1 key columns, and CategoricalColumnNames has 2. Name those that it was trained on.", ["ShopKey", "DayKey"], bare);
    }

    [Fact]
    public void ValuesInAnotherOrder_AreRefused()
    {
        IDataView swapped = KeyRows.View(_ml, shops: ["a", "c", "b", "d", "e", "f"]);
        var exception = Assert.Throws<ArgumentException>("start", () => Fit(KeyRows.Regression(), swapped, _start.Model));
        Assert.StartsWith(
            "The key values of categorical column 'ShopKey' differ, first in value 2: 'c' in the training data, 'b' in the training of the "
                + "model to start from. Transform the data with the transformers that were fitted for that model.", exception.Message);
    }

    private MlpRegressionTransformer Fit(
        MlpRegressionTrainer.Options options, IDataView data, MlpModelParameters start, IDataView? validation = null) =>
        _ml.Regression.Trainers.Mlp(options).Fit(data, validation, start);

    private void AssertRefused(string message, string[]? columns, MlpModelParameters start)
    {
        MlpRegressionTrainer.Options options = KeyRows.Regression();
        options.CategoricalColumnNames = columns;
        var exception = Assert.Throws<ArgumentException>("start", () => Fit(options, _data, start));
        Assert.Equal($"The model to start from {message} (Parameter 'start')", exception.Message);
    }
}
