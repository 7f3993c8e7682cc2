using Mlp.Losses;
using Mlp.TestSupport;

namespace Mlp.Tests.Models;

/// <summary>Models with several networks, through the predictor.</summary>
public class EnsembleOutputsTests
{
    private const int RowCount = 9, OutputCount = 3;

    [Theory]
    [InlineData(OutputLink.Identity)]
    [InlineData(OutputLink.Sigmoid)]
    [InlineData(OutputLink.Softmax)]
    [InlineData(OutputLink.Exponential)]
    public void Predictions_AreTheMeansOfTheNetworks(OutputLink link)
    {
        Network<double>[] networks = [.. Enumerable.Range(0, 3).Select(Create<double>)];
        double[] features = GemmChecks.Random<double>(RowCount * 2, seed: 1), mean = new double[RowCount * OutputCount];
        foreach (Network<double> network in networks)
        {
            var outputs = new double[mean.Length];
            network.Predict(features, outputs);
            link.Apply<double>(outputs, OutputCount);
            for (int index = 0; index < mean.Length; index++)
                mean[index] += outputs[index] / 3;
        }
        double[] predictions = Predict(new Model<double>(networks, link: link), features);
        link.Apply<double>(predictions, OutputCount);
        Tolerance.AssertClose<double>("predictions", predictions, mean, 1e-13);
    }

    [Theory]
    [InlineData(OutputLink.Sigmoid, 1)]
    [InlineData(OutputLink.Sigmoid, 2)]
    [InlineData(OutputLink.Softmax, 1)]
    [InlineData(OutputLink.Softmax, 2)]
    public void Temperature_DividesTheOutputs(OutputLink link, int networkCount)
    {
        Network<double>[] networks = [.. Enumerable.Range(0, networkCount).Select(Create<double>)];
        double[] features = GemmChecks.Random<double>(RowCount * 2, seed: 1);
        double[] plain = Predict(new Model<double>(networks, link: link), features);
        double[] tempered = Predict(new Model<double>(networks, link: link) { Temperature = 0.8 }, features);
        Tolerance.AssertClose<double>("tempered", tempered, [.. plain.Select(output => output / 0.8)], 1e-15);
    }

    [Fact]
    public void Temperature_IsNotForNumbers()
    {
        double[] features = GemmChecks.Random<double>(RowCount * 2, seed: 1);
        Assert.Equal(
            Predict(new Model<double>(Create<double>(0)), features),
            Predict(new Model<double>(Create<double>(0)) { Temperature = 2 }, features));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Range_BoundsThePredictions_AndKeepsNaN(int networkCount)
    {
        Network<float>[] networks = [.. Enumerable.Range(0, networkCount).Select(Create<float>)];
        float[] features = [.. GemmChecks.Random<float>(RowCount * 2, seed: 1).Select(feature => 10 * feature)];
        features[0] = float.NaN;
        float[] free = Predict(new Model<float>(networks), features);
        var range = new TargetRange<float>([-0.1f, -0.2f, 0], [0.1f, 0.3f, 0]);
        float[] bounded = Predict(new Model<float>(networks) { Range = range }, features);
        Assert.Equal(free.Select((output, index) => Math.Clamp(output, range.Minima[index % 3], range.Maxima[index % 3])), bounded);
        Assert.All(bounded[..3], output => Assert.Equal(float.NaN, output));
        Assert.Contains(bounded, output => output == 0.3f);
    }

    [Theory]
    [InlineData(OutputLink.Identity)]
    [InlineData(OutputLink.Sigmoid)]
    [InlineData(OutputLink.Softmax)]
    public void Bits_DoNotDependOnTheOtherRows_AndNothingIsAllocated(OutputLink link)
    {
        var model = new Model<float>([.. Enumerable.Range(0, 4).Select(Create<float>)], link: link) { Temperature = 0.9 };
        float[] features = GemmChecks.Random<float>(RowCount * 2, seed: 1), all = new float[RowCount * OutputCount],
            one = new float[OutputCount];
        using var predictor = new Predictor<float>(model, maxRowCount: 4);
        predictor.Predict(features, all);
        Assert.Equal(0, Allocation.Of(() => predictor.Predict(features, all)));
        for (int row = 0; row < RowCount; row++)
        {
            predictor.Predict(features.AsSpan(2 * row, 2), one);
            Tolerance.AssertSameBits<float>($"row {row}", one, all.AsSpan(row * OutputCount, OutputCount));
        }
    }

    [Theory]
    [InlineData(OutputLink.Sigmoid)]
    [InlineData(OutputLink.Softmax)]
    public void ExtremeLogits_StayFinite(OutputLink link)
    {
        Network<float>[] networks = [.. Enumerable.Range(0, 2).Select(Create<float>)];
        foreach (Network<float> network in networks)
            network.Layers[^1].Biases.Fill(0);
        ((float[])[1e4f, -1e4f, 1e4f]).CopyTo(networks[0].Layers[^1].Biases);
        ((float[])[1e4f, -1e4f, -1e4f]).CopyTo(networks[1].Layers[^1].Biases);
        float[] outputs = Predict(new Model<float>(networks, link: link), new float[2]);
        Assert.All(outputs, output => Assert.True(float.IsFinite(output)));
        link.Apply<float>(outputs, OutputCount);
        Assert.Equal(link == OutputLink.Sigmoid ? [1, 0, 0.5f] : [0.75f, 0, 0.25f], outputs.Select(output => MathF.Round(output, 5)));
    }

    [Fact]
    public void Model_RefusesPartsThatDoNotFit()
    {
        Assert.StartsWith("There are no networks;", Assert.Throws<ArgumentException>("networks", () => new Model<float>([])).Message);
        var other = Network<float>.Create(2, [Layer.Dense(4, Activation.Relu), Layer.Dense(OutputCount)]);
        Assert.StartsWith(
            "Network 1 has another shape than the first one;",
            Assert.Throws<ArgumentException>("networks", () => new Model<float>([Create<float>(0), other])).Message);
        Assert.StartsWith(
            "Temperature is 0; it must be positive and finite.",
            Assert.Throws<ArgumentOutOfRangeException>("Temperature", () => new Model<float>(other) { Temperature = 0 }).Message);
        var range = new TargetRange<float>([0], [1]);
        Assert.StartsWith(
            "The range is for 1 values, and the network gives 3 with the link Identity;",
            Assert.Throws<ArgumentException>("Range", () => new Model<float>(other) { Range = range }).Message);
        Assert.Throws<ArgumentException>(
            "Range", () => new Model<float>(other, link: OutputLink.Softmax) { Range = new TargetRange<float>([0, 0, 0], [1, 1, 1]) });
    }

    private static Network<T> Create<T>(int seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        Network<T>.Create(2, [Layer.Dense(4, Activation.Tanh), Layer.Dense(OutputCount)], seed);

    private static T[] Predict<T>(Model<T> model, T[] features)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var outputs = new T[features.Length / 2 * OutputCount];
        using var predictor = new Predictor<T>(model);
        predictor.Predict(features, outputs);
        return outputs;
    }
}
