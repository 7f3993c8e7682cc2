using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Scoring;

/// <summary>A row with columns of many kinds beside the features, for tests that read them beside the predictions.</summary>
internal sealed class AheadRow
{
    public int Id { get; set; }

    public string Text { get; set; } = "";

    [KeyType(7)]
    public uint Key { get; set; }

    [VectorType(2)]
    public float[] Features { get; set; } = [];

    [VectorType(20)]
    public VBuffer<float> Sparse { get; set; }

    public double[] Variable { get; set; } = [];

    public string[] Words { get; set; } = [];

    public DateTime Date { get; set; }

    public bool Flag { get; set; }

    /// <summary>More rows than three batches take.</summary>
    public static AheadRow[] Create(int rowCount = 700) => [.. Blobs.Rows(rowCount).Select((row, index) => new AheadRow
    {
        Id = index,
        Text = $"row {index}",
        Key = (uint)index % 8,
        Features = row.Features,
        Sparse = new VBuffer<float>(20, 2, row.Features, [index % 10, 10 + index % 9]),
        Variable = [.. Enumerable.Range(0, index % 5).Select(value => value + 0.5 * index)],
        Words = [.. Enumerable.Repeat($"w{index}", index % 3)],
        Date = new DateTime(2020, 1, 1).AddDays(index),
        Flag = row.Flag,
    })];
}
