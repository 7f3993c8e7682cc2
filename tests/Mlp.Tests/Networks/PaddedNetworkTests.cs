using Mlp.Data;
using Mlp.Networks;

namespace Mlp.Tests.Networks;

public class PaddedNetworkTests
{
    private static readonly InputDescription Inputs = new(3)
    {
        MissingColumns = [1],
        Categories = [new(ValueCount: 4, Width: 2)],
        SparseCount = 5,
    };

    [Theory]
    [InlineData(new[] { 4 }, new[] { 4 })]
    [InlineData(new[] { 4 }, new[] { 7 })]
    [InlineData(new[] { 4 }, new[] { 6, 5, 9 })]
    [InlineData(new[] { 4, 3 }, new[] { 4, 3, 3 })]
    [InlineData(new[] { 2, 6 }, new[] { 5, 8, 6 })]
    public void Create_GivesTheSameOutputs(int[] sizes, int[] paddedSizes)
    {
        Network<double> network = Create(sizes, Activation.Relu);

        Network<double> padded = PaddedNetwork.Create(network, paddedSizes);

        Assert.Equal(paddedSizes, padded.Layers.SkipLast(1).Select(layer => layer.UnitCount));
        double[] expected = Outputs(network), outputs = Outputs(padded);
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.True(expected.Distinct().Count() > 10, "The network says the same of every row.");
        Assert.Equal(network.OutputOffsets, padded.OutputOffsets);
        Assert.True(Create(paddedSizes, Activation.Relu).HasShapeOf(padded));
    }

    [Fact]
    public void CommonSizes_RepeatTheLastSizeOfAShorterNetwork()
    {
        Assert.Equal([6, 5, 5], PaddedNetwork.CommonSizes([[6, 4], [3, 5], [2, 2, 1]]));
        Assert.Equal([4], PaddedNetwork.CommonSizes([[4], [2]]));
    }

    [Fact]
    public void Create_RefusesWhatWouldChangeTheNetwork()
    {
        Network<double> silu = Create([4], Activation.Silu), relu = Create([4, 4], Activation.Relu);

        Assert.Contains(
            "A layer after Silu", Assert.Throws<ArgumentException>(() => PaddedNetwork.Create(silu, [4, 4])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "hiddenSizes[1] is 3", Assert.Throws<ArgumentException>(() => PaddedNetwork.Create(relu, [4, 3])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "2 hidden layers", Assert.Throws<ArgumentException>(() => PaddedNetwork.Create(relu, [4])).Message, StringComparison.Ordinal);
        Assert.Equal([9], PaddedNetwork.Create(silu, [9]).Layers.SkipLast(1).Select(layer => layer.UnitCount));
    }

    private static Network<double> Create(int[] sizes, Activation activation)
    {
        var network = Network<double>.Create(
            Inputs,
            [
                Layer.PeriodicEmbedding([0, 2], frequencies: 4, outputs: 2),
                .. sizes.Select(units => (Layer)Layer.Dense(units, activation)),
                Layer.Dense(2, Activation.Identity),
            ], seed: 7);
        var random = new Random(3);
        foreach (ref double value in network.Parameters.Values)
            value += 0.4 * (random.NextDouble() - 0.3);
        network.OutputOffsets = [10, -3];
        return network;
    }

    private static double[] Outputs(Network<double> network)
    {
        const int Rows = 20;
        var batch = new FeatureBatch<double>(network.Inputs, Rows);
        var random = new Random(11);
        for (int row = 0; row < Rows; row++)
        {
            double[] numbers = [.. Enumerable.Range(0, 3).Select(_ => 4 * random.NextDouble() - 2)];
            if (row % 4 == 0)
                numbers[1] = double.NaN;
            batch.Add(numbers, [row % 5], [row % 5], [1 + random.NextDouble()]);
        }
        using var predictor = new Predictor<double>(network, Rows);
        var outputs = new double[2 * Rows];
        predictor.PredictScaled(batch.Inputs, Rows, outputs);
        return outputs;
    }
}
