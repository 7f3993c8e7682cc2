using System.Numerics;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.TestSupport;

namespace Mlp.Tests.Networks;

public class PackedEmbeddingTests
{
    private static readonly int[] RowCounts = [1, 2, 3, 5, 15, 16, 17, 37];

    /// <summary>Frequencies around every width of a vector, and columns that fill none, one or several.</summary>
    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int, int>();
            foreach (int frequencies in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 29, 32, 47])
                sizes.Add(3, frequencies, 2);
            foreach (int columns in (int[])[1, 2, 7, 8, 15, 16, 17, 28, 40])
                sizes.Add(columns, 16, 3);
            sizes.Add(5, 16, 1);
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Forward_HasTheBitsOfTheEmbedding_HoweverManyRows(int columns, int frequencies, int outputs)
    {
        AssertSameBits<float>(columns, frequencies, outputs);
        AssertSameBits<double>(columns, frequencies, outputs);
    }

    [Fact]
    public void Order_NamesEachProductOnce()
    {
        for (int count = 0; count <= 50; count++)
        {
            Assert.Equal(Enumerable.Range(0, count), LaneSums.Order<float>(count).Order());
            Assert.Equal(Enumerable.Range(0, count), LaneSums.Order<double>(count).Order());
        }
    }

    private static void AssertSameBits<T>(int columns, int frequencies, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Every second input, and one more at the end.
        int inputCount = 2 * columns + 1;
        var network = Network<T>.Create(
            inputCount,
            [Layer.PeriodicEmbedding([.. Enumerable.Range(0, columns).Select(index => 2 * index)], frequencies, outputs), Layer.Dense(1)],
            seed: 3);
        PeriodicEmbedding<T> embedding = network.Embedding!;
        GemmChecks.Random<T>(embedding.Biases.Length, seed: 4).CopyTo(embedding.Biases);
        var packed = new PackedEmbedding<T>(embedding);
        var scratch = new AlignedBuffer<T>(PackedEmbedding<T>.ScratchLength(embedding));
        foreach (int rowCount in RowCounts)
        {
            T[] inputs = GemmChecks.Random<T>(rowCount * inputCount, seed: 5);
            if (rowCount > 4)
                (inputs[0], inputs[inputCount], inputs[2 * inputCount]) = (T.NaN, T.PositiveInfinity, T.CreateTruncating(-1e6));
            T[] expected = new T[rowCount * embedding.OutputCount], found = new T[expected.Length];
            embedding.Forward(inputs, expected, rowCount);
            packed.Forward(inputs, found, rowCount, scratch.Span);
            Tolerance.AssertSameBits<T>($"{rowCount} rows", found, expected);
        }
    }
}
