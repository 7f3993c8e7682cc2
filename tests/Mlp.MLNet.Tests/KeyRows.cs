using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Rows with a label for every task that the key of a shop decides alone, beside features that say nothing.</summary>
internal static class KeyRows
{
    public static readonly string[] Shops = ["a", "b", "c", "d", "e"];

    public sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Shop { get; set; } = "";

        public string Day { get; set; } = "";

        public bool Flag { get; set; }

        /// <summary>From 0, as ML.NET reads a key from an object.</summary>
        [KeyType(3)]
        public uint Class { get; set; }

        /// <summary>10 for each shop before this one: 20 in the mean.</summary>
        public float Number { get; set; }

        [VectorType(2)]
        public float[] Numbers { get; set; } = [];

        [VectorType(3)]
        public bool[] Flags { get; set; } = [];
    }

    public sealed class Prediction
    {
        public float Score { get; set; }
    }

    /// <param name="rowCount">A multiple of five has all shops equally often.</param>
    /// <param name="shops">In the order in which they come first.</param>
    public static Row[] Rows(int rowCount = 300, string[]? shops = null)
    {
        shops ??= Shops;
        var random = new Random(1);
        return [.. Enumerable.Range(0, rowCount).Select(index =>
        {
            string name = shops[index % shops.Length];
            int shop = name[0] - 'a';
            return new Row
            {
                Features = [random.NextSingle(), random.NextSingle()],
                Shop = name,
                Day = $"day {index / 5 % 7}",
                Flag = shop % 2 == 1,
                Class = (uint)shop % 3,
                Number = 10 * shop,
                Numbers = [10 * shop, -shop],
                Flags = [shop > 1, shop == 2, shop % 2 == 0],
            };
        })];
    }

    /// <summary>Makes the keys ShopKey and DayKey of a row.</summary>
    public static IEstimator<ITransformer> Keys(MLContext ml) =>
        ml.Transforms.Conversion.MapValueToKey("ShopKey", "Shop").Append(ml.Transforms.Conversion.MapValueToKey("DayKey", "Day"));

    public static IDataView View(MLContext ml, int rowCount = 300, string[]? shops = null)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(Rows(rowCount, shops));
        return Keys(ml).Fit(rows).Transform(rows);
    }

    /// <summary>A small network that learns the number from the shop in a second.</summary>
    public static MlpRegressionTrainer.Options Regression(int numberOfEpochs = 40, params string[] columns)
    {
        MlpRegressionTrainer.Options options = Blobs.Regression("Number", numberOfEpochs);
        options.CategoricalColumnNames = columns.Length == 0 ? ["ShopKey"] : columns;
        return options;
    }

    public static MlpRegressionTransformer Fit(MLContext ml, IDataView data, int numberOfEpochs = 40) =>
        ml.Regression.Trainers.Mlp(Regression(numberOfEpochs)).Fit(data);
}
