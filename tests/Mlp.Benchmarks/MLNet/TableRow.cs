using Microsoft.ML.Data;

namespace Mlp.Benchmarks;

/// <summary>A row as a user has it: an object with features and a label.</summary>
internal sealed class TableRow
{
    public const int FeatureCount = 28;

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    public static IEnumerable<TableRow> Create(int rowCount)
    {
        var random = new Random(1);
        for (int row = 0; row < rowCount; row++)
        {
            var features = new float[FeatureCount];
            for (int feature = 0; feature < features.Length; feature++)
                features[feature] = random.NextSingle() * (feature + 1) - 1;
            yield return new TableRow { Features = features, Label = features[0] + features[1] > 0 };
        }
    }
}
