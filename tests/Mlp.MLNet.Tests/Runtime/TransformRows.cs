using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>The data of the transform tests: five rows with scalars, vectors, text, keys and missing values.</summary>
internal static class TransformRows
{
    private static readonly Row[] Rows =
    [
        new()
        {
            A = 1, D = 0.5, V = [1, 2, 0], W = [1, 0.001], Variable = [1], Text = "red", Texts = ["x", ""], Flag = true, Int = 3, Long = -5,
            Byte = 200, Short = 300, Key = 1, Sparse = new VBuffer<float>(8, 2, [1, 2], [1, 5]),
        },
        new()
        {
            A = -2.5f, D = double.NaN, V = [float.NaN, -4, 0], W = [2, -5], Variable = [2, 3], Text = "green", Texts = ["y", "x"], Int = -3,
            Long = 1L << 40, Byte = 2, Short = 3, Sparse = new VBuffer<float>(8, 0, [], []),
        },
        new()
        {
            A = float.NaN, D = -7, V = [3, float.NaN, 0], W = [double.NaN, 4], Variable = [float.NaN], Text = "red", Flag = true, Int = 3,
            Short = 65535, Key = 5, Sparse = new VBuffer<float>(8, 3, [float.NaN, 4, -1], [0, 1, 7]),
        },
        new()
        {
            A = 0, D = 3, V = [0, 6, 0], W = [0, 4], Texts = ["z", "y"], Int = 100000, Long = 7, Byte = 255, Short = 12, Key = 2,
            Sparse = new VBuffer<float>(8, [1, 2, 3, 4, 5, 6, 7, 8]),
        },
        new()
        {
            A = 10, D = 3, V = [3, 6, 0], W = [3, 2], Variable = [5, 6, 7, 8], Text = "Blue", Texts = ["x", "x"], Flag = true, Byte = 1,
            Key = 5,
            Sparse = new VBuffer<float>(8, 1, [float.PositiveInfinity], [3]),
        },
    ];

    public static IDataView Load(MLContext ml) => ml.Data.LoadFromEnumerable(Rows);

    public static IDataView LoadEmpty(MLContext ml) => ml.Data.LoadFromEnumerable(Array.Empty<Row>());

    public sealed class Row
    {
        public float A { get; set; }

        public double D { get; set; }

        [VectorType(3)]
        public float[] V { get; set; } = [];

        [VectorType(2)]
        public double[] W { get; set; } = [];

        public float[] Variable { get; set; } = [];

        public string Text { get; set; } = "";

        [VectorType(2)]
        public string[] Texts { get; set; } = ["", ""];

        public bool Flag { get; set; }

        public int Int { get; set; }

        public long Long { get; set; }

        public byte Byte { get; set; }

        public ushort Short { get; set; }

        [KeyType(5)]
        public uint Key { get; set; }

        [VectorType(8)]
        public VBuffer<float> Sparse { get; set; }
    }
}
