using Microsoft.ML;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>Columns that CategoricalColumnNames names and that cannot be learnt from.</summary>
public class BadCategoriesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Shop", "Categorical column 'Shop' is String; it must be a key (MapValueToKey) of one value a row. Map it with "
        + "Conversion.MapValueToKey, or leave it out of CategoricalColumnNames.")]
    [InlineData("Flag", "Categorical column 'Flag' is Boolean; it must be a key (MapValueToKey) of one value a row. Map it with "
        + "Conversion.MapValueToKey, or leave it out of CategoricalColumnNames.")]
    [InlineData("Flags", "Categorical column 'Flags' is Vector<Boolean, 3>; it must be a key (MapValueToKey) of one value a row. Map it "
        + "with Conversion.MapValueToKey, or leave it out of CategoricalColumnNames.")]
    [InlineData("Store", "Could not find categorical column 'Store'. The input has Features, Shop, Day, Flag, Class, Number, Numbers, "
        + "Flags, ShopKey, DayKey. Set CategoricalColumnNames.")]
    public void AColumnThatIsMissing_OrNoKey_IsRefused(string column, string message)
    {
        IDataView data = KeyRows.View(_ml, rowCount: 10);
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(KeyRows.Regression(1, "ShopKey", column));
        Assert.Equal(
            $"{message} (Parameter 'inputSchema')", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data)).Message);
        // Where only the shape is known a vector has no length.
        Assert.Equal(
            $"{message.Replace(", 3>", ">")} (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainer.GetOutputSchema(Shapes.Of(data))).Message);
        Assert.NotNull(_ml.Regression.Trainers.Mlp(KeyRows.Regression(1, "ShopKey", "Class"))
            .GetOutputSchema(Shapes.Of(data)));
    }

    [Fact]
    public void MoreValuesThanANetworkTakes_AreRefused()
    {
        IDataView data = KeyRows.View(_ml, rowCount: 10);
        IDataView hashed = _ml.Transforms.Conversion.Hash("ShopKey", "Shop", numberOfBits: 31).Fit(data).Transform(data);
        Assert.StartsWith(
            $"Categorical column 'ShopKey' is a key with 2,147,483,648 values; a network takes at most {Array.MaxLength:N0}. Hash it to "
                + "fewer bits, or leave it out of CategoricalColumnNames.",
            Assert.Throws<ArgumentOutOfRangeException>(() => KeyRows.Fit(_ml, hashed)).Message);
        // As many fit an array and no memory: that is known before a row is read.
        IDataView many = _ml.Transforms.Conversion.Hash("ShopKey", "Shop", numberOfBits: 30).Fit(data).Transform(data);
        var watched = new WatchedView(many);
        MlpRegressionTrainer.Options options = KeyRows.Regression(1);
        options.MemoryLimit = 1e9;
        Assert.Throws<NotEnoughMemoryException>(() => _ml.Regression.Trainers.Mlp(options).Fit(watched));
        Assert.Equal(0, watched.CursorCount);
        // And so do hashes of a usual size.
        IDataView few = _ml.Transforms.Conversion.Hash("ShopKey", "Shop", numberOfBits: 10).Fit(data).Transform(data);
        Assert.Equal([1024], KeyRows.Fit(_ml, few, 1).Model.EngineModel.Layout!.KeyCounts);
    }

    [Fact]
    public void ValidationRows_NeedTheSameKeys()
    {
        IDataView data = KeyRows.View(_ml);
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(KeyRows.Regression(1));
        Assert.StartsWith(
            "Categorical column 'ShopKey' is Key<UInt32, 0-2> in the validation data and Key<UInt32, 0-4> in the training data. Transform "
                + "both with the same fitted transformers.",
            Refusal(KeyRows.View(_ml, shops: ["a", "b", "c"])));
        Assert.StartsWith(
            "The key values of categorical column 'ShopKey' differ, first in value 4: 'e' in the validation data, 'd' in the training "
                + "data. Transform both with the same fitted transformers.",
            Refusal(KeyRows.View(_ml, shops: ["a", "b", "c", "e", "d"])));
        Assert.StartsWith("Could not find categorical column 'ShopKey'.", Refusal(_ml.Data.LoadFromEnumerable(KeyRows.Rows(10))));
        Assert.NotNull(trainer.Fit(data, KeyRows.View(_ml, rowCount: 20)));

        string Refusal(IDataView validation) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data, validation)).Message;
    }
}
