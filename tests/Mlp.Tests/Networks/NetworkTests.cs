using Mlp.TestSupport;

namespace Mlp.Tests.Networks;

public class NetworkTests
{
    [Fact]
    public void Parameters_LieLayerByLayer_WeightsBeforeBiases()
    {
        var network = Network<float>.Create(
            inputCount: 3, [Layer.Dense(4, Activation.Tanh), Layer.Dense(2, Activation.Relu) with { HasBiases = false }, Layer.Dense(1)]);

        Assert.Equal(
            [
                "weights of layer 1 (4 x 3)", "biases of layer 1 (4)", "weights of layer 2 (2 x 4)", "weights of layer 3 (1 x 2)",
                "biases of layer 3 (1)",
            ],
            network.Parameters.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([0, 12, 16, 24, 26], network.Parameters.Tensors.Select(tensor => tensor.Offset));
        Assert.Equal(27, network.Parameters.Length);
        Assert.Equal((3, 1), (network.InputCount, network.OutputCount));
        Assert.True(network.Layers[1].Biases.IsEmpty);

        network.Layers[1].Weights[5] = 42;
        Assert.Equal(42, network.Parameters.Values[16 + 5]);
        network.Layers[2].Biases[0] = 43;
        Assert.Equal(43, network.Parameters.Values[26]);
    }

    [Fact]
    public void Create_DrawsTheSameNumbers_ForTheSameSeedOnly()
    {
        float[] Draw(int seed) =>
            Network<float>.Create(5, [Layer.Dense(7, Activation.Relu), Layer.Dense(2)], seed).Parameters.Values.ToArray();
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
        Assert.NotEqual(Draw(0), Draw(-1));
    }

    [Fact]
    public void Create_LeavesBiasesZero_UnlessToldOtherwise()
    {
        var network = Network<double>.Create(2, [Layer.Dense(3), Layer.Dense(3) with { BiasInitializer = Initializer.Constant(0.5) }]);
        Assert.Equal([0, 0, 0], network.Layers[0].Biases.ToArray());
        Assert.Equal([0.5, 0.5, 0.5], network.Layers[1].Biases.ToArray());
    }

    [Fact]
    public void Create_ImpossibleArchitecture_IsNamed()
    {
        Assert.StartsWith(
            "inputCount is 0; it must be at least 1.",
            Assert.Throws<ArgumentOutOfRangeException>("inputCount", () => Network<float>.Create(0, [Layer.Dense(1)])).Message);
        Assert.StartsWith(
            "The list of layers is empty; a network needs at least its output layer. Add Layer.Dense(units).",
            Assert.Throws<ArgumentException>("layers", () => Network<float>.Create(1, [])).Message);
        Assert.StartsWith(
            "layers[1] has 0 units; every layer needs at least 1.",
            Assert.Throws<ArgumentOutOfRangeException>("layers", () => Network<float>.Create(1, [Layer.Dense(3), Layer.Dense(0)])).Message);
        Assert.StartsWith(
            $"Activation 77 is not one of the {Enum.GetValues<Activation>().Length} of the Activation enumeration.",
            Assert.Throws<ArgumentOutOfRangeException>(
                "activation", () => Network<float>.Create(1, [Layer.Dense(1, (Activation)77)])).Message);
        Assert.Throws<ArgumentNullException>("layers", () => Network<float>.Create(1, null!));
        ArgumentOutOfRangeException tooLarge = Assert.Throws<ArgumentOutOfRangeException>(
            () => Network<float>.Create(100_000, [Layer.Dense(10), Layer.Dense(100_000), Layer.Dense(100_000)]));
        Assert.Contains("parameters up to layer 3 (100000 x 100000); an array holds at most", tooLarge.Message);
    }

    [Fact]
    public void Predict_MatchesHandWorkedExample()
    {
        // z = (1·1 + 2·2 + 0.5, −1·1 + 0·2) = (5.5, −1); ReLU: (5.5, 0); o = 2·5.5 + 3·0 − 1 = 10.
        var network = Network<double>.Create(2, [Layer.Dense(2, Activation.Relu), Layer.Dense(1)]);
        ((double[])[1, 2, -1, 0, 0.5, 0, 2, 3, -1]).CopyTo(network.Parameters.Values);
        var outputs = new double[2];
        network.Predict([1, 2, 0, 0], outputs);
        Assert.Equal([10, 0], outputs);
    }

    [Fact]
    public void Predict_LengthsThatDoNotFit_AreRefused()
    {
        var network = Network<float>.Create(3, [Layer.Dense(2)]);
        Assert.StartsWith(
            "features holds 7 values; the network has 3 inputs, and rows of that many must fill it.",
            Assert.Throws<ArgumentException>("features", () => network.Predict(new float[7], new float[4])).Message);
        Assert.StartsWith(
            "outputs holds 5 values; 2 rows with 2 outputs need 4.",
            Assert.Throws<ArgumentException>("outputs", () => network.Predict(new float[6], new float[5])).Message);
        network.Predict([], []);
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void Predict_GivesTheSameBits_WhateverTheNumberOfRows(Activation activation)
    {
        const int RowCount = 300;
        var network = Network<float>.Create(9, [Layer.Dense(33, activation), Layer.Dense(17, Activation.Sigmoid), Layer.Dense(3)], seed: 2);
        float[] features = GemmChecks.Random<float>(RowCount * 9, seed: 3), expected = new float[RowCount * 3];
        network.Predict(features, expected);
        foreach (int rows in (int[])[1, 2, 5, 6, 7, 64, 255, 257])
        {
            var outputs = new float[rows * 3];
            network.Predict(features.AsSpan(0, rows * 9), outputs);
            Tolerance.AssertSameBits<float>($"{rows} rows", outputs, expected.AsSpan(0, rows * 3));
        }
    }

    [Fact]
    public void Predict_KeepsNaN_InItsRow()
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            var network = Network<float>.Create(4, [Layer.Dense(20, activation), Layer.Dense(2)], seed: 2);
            float[] features = GemmChecks.Random<float>(10 * 4, seed: 3), outputs = new float[20];
            features[5 * 4 + 1] = float.NaN;
            network.Predict(features, outputs);
            for (int index = 0; index < outputs.Length; index++)
                Assert.Equal(index / 2 == 5, float.IsNaN(outputs[index]));
        }
    }

    [Fact]
    public void Predict_MayRunOnSeveralThreads()
    {
        var network = Network<float>.Create(9, [Layer.Dense(33, Activation.Tanh), Layer.Dense(3)], seed: 2);
        float[] features = GemmChecks.Random<float>(100 * 9, seed: 3), expected = new float[300];
        network.Predict(features, expected);
        Parallel.For(0, 50, _ =>
        {
            var outputs = new float[300];
            network.Predict(features, outputs);
            Assert.Equal(expected, outputs);
        });
    }
}
