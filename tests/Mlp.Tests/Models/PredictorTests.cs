using Mlp.Networks;
using Mlp.TestSupport;

namespace Mlp.Tests.Models;

public class PredictorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Predict_CutsRowsIntoPortions_WithoutChangingABit(int maxRowCount)
    {
        var network = Network<double>.Create(3, [Layer.Dense(9, Activation.Tanh), Layer.Dense(2)], seed: 1);
        var model = new Model<double>(network, new FeatureScaling<double>([1, 2, 3], [0.5, 2, 1]));
        double[] features = GemmChecks.Random<double>(100 * 3, seed: 3), outputs = new double[200], expected = new double[200];
        double[] scaled = [.. features];
        model.Scaling!.Apply(scaled);
        network.Predict(scaled, expected);
        double[] before = [.. features];

        using var predictor = new Predictor<double>(model, maxRowCount);
        predictor.Predict(features, outputs);

        Assert.Equal(expected, outputs);
        Assert.Equal(before, features);
    }

    /// <summary>A row alone takes other ways than rows of a batch: last layers side by side, zeros left out.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Predict_OfSeveralNetworks_HasTheBitsOfABatch_RowByRow(int networkCount, bool hasBiases)
    {
        Layer[] layers =
        [
            Layer.PeriodicEmbedding([0, 2, 3]), Layer.Dense(130, Activation.Relu),
            Layer.Dense(140, Activation.Relu) with { HasBiases = hasBiases },
            Layer.Dense(1) with { HasBiases = hasBiases },
        ];
        var model = new Model<float>(
            [.. Enumerable.Range(0, networkCount).Select(seed => Network<float>.Create(5, layers, seed))], link: OutputLink.Sigmoid);
        float[] features = GemmChecks.Random<float>(5 * 40, seed: 1), expected = new float[40], found = new float[40];
        using (var batch = new Predictor<float>(model))
            batch.Predict(features, expected);
        foreach (int maxRowCount in (int[])[1, 2, 3])
        {
            using var single = new Predictor<float>(model, maxRowCount);
            for (int row = 0; row < 40; row++)
                single.Predict(features.AsSpan(row * 5, 5), found.AsSpan(row, 1));
            Tolerance.AssertSameBits<float>($"at most {maxRowCount} rows", found, expected);
        }
    }

    [Fact]
    public void Predict_DoesNotAllocate()
    {
        var network = Network<float>.Create(3, [Layer.Dense(9, Activation.Tanh), Layer.Dense(2)], seed: 1);
        var model = new Model<float>(network, new FeatureScaling<float>([1, 2, 3], [0.5f, 2, 1]));
        float[] features = GemmChecks.Random<float>(100 * 3, seed: 3), outputs = new float[200];
        using var predictor = new Predictor<float>(model, maxRowCount: 32);
        predictor.Predict(features, outputs);
        Assert.Equal(0, Allocation.Of(() => predictor.Predict(features, outputs)));
    }

    [Fact]
    public void Refresh_TakesOverTheParameters_WhichShowNoSooner()
    {
        var network = Network<float>.Create(3, [Layer.Dense(40, Activation.Tanh), Layer.Dense(2)]);
        using var predictor = new Predictor<float>(network);
        float[] features = [0.5f, -1, 2], before = new float[2], unchanged = new float[2], after = new float[2], expected = new float[2];
        predictor.Predict(features, before);

        foreach (ref float parameter in network.Parameters.Values)
            parameter += 0.25f;
        predictor.Predict(features, unchanged);
        predictor.Refresh();
        predictor.Predict(features, after);

        Assert.Equal(before, unchanged);
        network.Predict(features, expected);
        Assert.Equal(expected, after);
        Assert.NotEqual(before, after);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Predict_HasTheBitsOfTheForwardPassOfTraining(int rowCount)
    {
        var network = Network<float>.Create(300, [Layer.Dense(130, Activation.Gelu), Layer.Dense(17, Activation.Relu), Layer.Dense(1)]);
        float[] features = GemmChecks.Random<float>(rowCount * 300, seed: 1), outputs = new float[rowCount];
        using var predictor = new Predictor<float>(network);
        predictor.Predict(features, outputs);

        using var training = new Backpropagation<float>(network, Loss.SquaredError, LossReduction.Mean, rowCount, threadCount: 2);
        float[] ones = [.. Enumerable.Repeat(1f, rowCount)];
        training.Compute(features, outputs, ones);

        Tolerance.AssertSameBits<float>("outputs", outputs, training.Outputs(rowCount));
    }

    [Fact]
    public void MaxRowCount_OutOfRange_IsNamed()
    {
        var network = Network<float>.Create(1, [Layer.Dense(1000), Layer.Dense(1)]);
        Assert.Throws<ArgumentOutOfRangeException>("maxRowCount", () => new Predictor<float>(network, 0));
        Assert.StartsWith(
            "A batch of 10,000,000 rows x 1,000 columns has 10,000,000,000 values;",
            Assert.Throws<ArgumentOutOfRangeException>("maxRowCount", () => new Predictor<float>(network, 10_000_000)).Message);
    }

    [Fact]
    public void Model_WithAScalingOfOtherFeatures_IsRefused()
    {
        var network = Network<float>.Create(3, [Layer.Dense(1)]);
        Assert.StartsWith(
            "The scaling is for 2 features, the network has 3 inputs.",
            Assert.Throws<ArgumentException>(
                "scaling", () => new Model<float>(network, new FeatureScaling<float>([0, 0], [1, 1]))).Message);
    }

    [Fact]
    public void Threads_ChangeNoBit()
    {
        // 65,536 parameters x 256 rows are enough to be shared.
        var model = new Model<float>(Network<float>.Create(255, [Layer.Dense(256, Activation.Relu), Layer.Dense(3)], seed: 1));
        float[] features = [.. Enumerable.Range(0, 300 * 255).Select(index => MathF.Sin(index))], expected = new float[900],
            found = new float[900];
        using (var single = new Predictor<float>(model))
            single.Predict(features, expected);
        using (var shared = new Predictor<float>(model, threadCount: 3))
            shared.Predict(features, found);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), found.Select(BitConverter.SingleToInt32Bits));
        Assert.Throws<ArgumentOutOfRangeException>("threadCount", () => new Predictor<float>(model, threadCount: 0));
    }

    /// <summary>Blocks of rows of each network, with all kinds of inputs; and calls with too few rows to be shared.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Threads_ChangeNoBit_OfSeveralNetworks(int networkCount)
    {
        Layer[] layers =
            [Layer.PeriodicEmbedding([0, 2]), Layer.Dense(250, Activation.Relu), Layer.Dense(260, Activation.Relu), Layer.Dense(2)];
        var model = new Model<float>(
            [.. Enumerable.Range(0, networkCount).Select(seed => Mixed.Network<float>(layers, seed))], link: OutputLink.Sigmoid)
        {
            Layout = Mixed.Layout,
        };
        var random = new Random(5);
        float[] features = [.. Enumerable.Range(0, 300).SelectMany(_ => Mixed.Vector<float>(random))];
        using var single = new Predictor<float>(model);
        using var shared = new Predictor<float>(model, threadCount: 3);
        foreach (int rowCount in (int[])[300, 1, 256, 130, 65, 40, 2])
        {
            float[] expected = new float[2 * rowCount], found = new float[2 * rowCount];
            single.Predict(features.AsSpan(0, rowCount * Mixed.SlotCount), expected);
            shared.Predict(features.AsSpan(0, rowCount * Mixed.SlotCount), found);
            Tolerance.AssertSameBits<float>($"{rowCount} rows", found, expected);
        }
    }
}
