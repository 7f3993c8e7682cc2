using Microsoft.ML.Data;

namespace Mlp.Soak;

/// <summary>A row with a label for every task, made up.</summary>
internal sealed class SoakRow
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public string Colour { get; set; } = "";

    /// <summary>NaN in one row of three.</summary>
    public float Age { get; set; }

    public bool Flag { get; set; }

    public float Price { get; set; }

    [VectorType(2)]
    public float[] Targets { get; set; } = [];

    [VectorType(3)]
    public bool[] Answers { get; set; } = [];

    /// <summary>The same rows for the same seed.</summary>
    public static SoakRow[] Create(int rowCount, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rowCount).Select(index =>
        {
            float[] features = [.. Enumerable.Range(0, 4).Select(_ => 2 * random.NextSingle() - 1)];
            float price = 100 * features[0] * features[1] + 50 * features[2];
            return new SoakRow
            {
                Features = features,
                Colour = ((string[])["red", "green", "blue"])[features[3] < -0.3f ? 0 : features[3] < 0.3f ? 1 : 2],
                Age = index % 3 == 0 ? float.NaN : index,
                // Both values whatever the seed.
                Flag = index < 2 ? index == 1 : price > 0,
                Price = price,
                Targets = [price, features[3]],
                Answers = [index % 2 == 0, price > 10, features[1] > 0],
            };
        })];
    }
}
