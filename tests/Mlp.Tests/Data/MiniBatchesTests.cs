using Mlp.Data;
using Mlp.State;

namespace Mlp.Tests.Data;

public class MiniBatchesTests
{
    [Fact]
    public void Epoch_HasEveryRowOnce_AndASmallerLastBatch()
    {
        var batches = new MiniBatches<float>(Rows(10), batchSize: 4, new RandomSource(1));
        var orders = new List<float[]>();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var sizes = new List<int>();
            var order = new List<float>();
            batches.StartEpoch();
            while (batches.MoveNext())
            {
                sizes.Add(batches.ExampleWeights.Length);
                Assert.Equal(batches.Inputs.Numbers.ToArray(), batches.Targets.ToArray());
                order.AddRange(batches.Inputs.Numbers);
                Assert.Equal(sizes.Count == 3, batches.IsLast);
            }
            Assert.Equal([4, 4, 2], sizes);
            Assert.Equal(Enumerable.Range(0, 10).Select(row => (float)row), order.Order());
            orders.Add([.. order]);
        }
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[1], orders[2]);
    }

    [Fact]
    public void WithoutRandomSource_RowsComeInTheirOrder()
    {
        var batches = new MiniBatches<float>(Rows(5), batchSize: 3, random: null);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            batches.StartEpoch();
            Assert.True(batches.MoveNext());
            Assert.Equal([0, 1, 2], batches.Inputs.Numbers.ToArray());
            Assert.True(batches.MoveNext());
            Assert.Equal([3, 4], batches.Inputs.Numbers.ToArray());
            Assert.False(batches.MoveNext());
        }
    }

    private static DenseRows<float> Rows(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(row => (float)row)];
        return new DenseRows<float>(values, values, inputCount: 1);
    }
}
