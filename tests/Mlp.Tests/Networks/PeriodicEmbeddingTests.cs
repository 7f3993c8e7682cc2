using Mlp.Networks;
using Mlp.TestSupport;

namespace Mlp.Tests.Networks;

public class PeriodicEmbeddingTests
{
    private const int RowCount = 6;

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 3, 2 }, { 7, 1 }, { 16, 3 }, { 21, 4 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Forward_IsTheFormula_ColumnByColumn(int frequencies, int outputs)
    {
        Network<double> network = Create(frequencies, outputs);
        PeriodicEmbedding<double> embedding = network.Embedding!;
        double[] inputs = GemmChecks.Random<double>(RowCount * 4, seed: 5), actual = new double[RowCount * embedding.OutputCount];
        embedding.Forward(inputs, actual, RowCount);

        var expected = new List<double>();
        for (int row = 0; row < RowCount; row++)
        {
            expected.AddRange(inputs[(4 * row)..(4 * row + 4)]);
            for (int index = 0; index < 2; index++)
            {
                double x = inputs[4 * row + embedding.Columns[index]];
                for (int output = 0; output < outputs; output++)
                {
                    double sum = embedding.Biases[index * outputs + output];
                    for (int wave = 0; wave < frequencies; wave++)
                    {
                        int parameter = index * frequencies + wave;
                        sum += embedding.Weights[(index * outputs + output) * frequencies + wave]
                            * Math.Cos(Math.Tau * (embedding.Frequencies[parameter] * x + embedding.Phases[parameter]));
                    }
                    expected.Add(sum);
                }
            }
        }
        Tolerance.AssertClose<double>("embedded", actual, [.. expected], 1e-13);
    }

    /// <summary>The worst seen is 4e-10 of the largest gradient of the tensor.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_AreThoseOfCentralDifferences(int frequencies, int outputs)
    {
        Network<double> network = Create(frequencies, outputs);
        var rows = new DenseRows<double>(
            GemmChecks.Random<double>(RowCount * 4, seed: 5), GemmChecks.Random<double>(RowCount * 2, seed: 6), inputCount: 4,
            targetCount: 2);
        GradientCheckResult report = GradientCheck.Run(network, rows, Loss.SquaredError);
        Assert.True(report.MaxRelativeDifference < 1e-7, report.ToString());
        Assert.Equal(
            ["frequencies of the embedding", "phases of the embedding", "weights of the embedding", "biases of the embedding"],
            report.Tensors.Take(4).Select(tensor => tensor.Tensor.Name[..tensor.Tensor.Name.IndexOf(" (", StringComparison.Ordinal)]));
        Assert.All(report.Tensors, tensor => Assert.True(tensor.MaxAbsoluteGradient > 0, tensor.Tensor.Name));
    }

    [Fact]
    public void InputGradients_AreThoseOfCentralDifferences()
    {
        Network<double> network = Create(frequencies: 5, outputs: 2);
        double[] inputs = GemmChecks.Random<double>(4, seed: 5), targets = [0.5, -0.25], gradients = new double[4];
        using var backpropagation = new Backpropagation<double>(
            network, Loss.SquaredError, LossReduction.Mean, maxRowCount: 1, threadCount: 1);
        backpropagation.Compute(inputs, targets, [1], gradients);
        const double Step = 1e-5;
        for (int index = 0; index < 4; index++)
        {
            double original = inputs[index];
            inputs[index] = original + Step;
            double above = backpropagation.ComputeLoss(inputs, targets, [1]).Loss;
            inputs[index] = original - Step;
            double below = backpropagation.ComputeLoss(inputs, targets, [1]).Loss;
            inputs[index] = original;
            Assert.Equal((above - below) / (2 * Step), gradients[index], 1e-8);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Predict_HasTheBitsOfTraining_HoweverManyRowsAtOnce(int maxRowCount)
    {
        var network = Network<float>.Create(
            30, [Layer.PeriodicEmbedding([0, 7, 29]), Layer.Dense(40, Activation.Silu), Layer.Dense(3)], seed: 2);
        float[] features = GemmChecks.Random<float>(30 * RowCount, seed: 1), outputs = new float[3 * RowCount];
        using var predictor = new Predictor<float>(network, maxRowCount);
        predictor.Predict(features, outputs);
        using var training = new Backpropagation<float>(network, Loss.SquaredError, LossReduction.Mean, RowCount, threadCount: 1);
        float[] ones = [.. Enumerable.Repeat(1f, RowCount)];
        training.Compute(features, outputs, ones);
        Tolerance.AssertSameBits<float>("outputs", outputs, training.Outputs(RowCount));

        Assert.Equal(0, Allocation.Of(() =>
        {
            predictor.Predict(features, outputs);
            training.Compute(features, outputs, ones);
        }));
    }

    [Fact]
    public void Refresh_TakesTheEmbeddingOver_WhichShowsNoSooner()
    {
        Network<double> network = Create(frequencies: 4, outputs: 2);
        using var predictor = new Predictor<double>(network);
        double[] features = [1, 2, 3, 4], before = new double[2], unchanged = new double[2], after = new double[2];
        predictor.Predict(features, before);
        network.Embedding!.Phases[0] += 0.25;
        predictor.Predict(features, unchanged);
        predictor.Refresh();
        predictor.Predict(features, after);
        Assert.Equal(before, unchanged);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Create_DrawsTheDescribedNumbers()
    {
        var network = Network<double>.Create(1, [Layer.PeriodicEmbedding([0], frequencies: 4_000, outputs: 2), Layer.Dense(1)], seed: 1);
        PeriodicEmbedding<double> embedding = network.Embedding!;
        Assert.Equal(0.1, Deviation(embedding.Frequencies), 0.005);
        Assert.Equal(Math.Sqrt(1 / 12.0), Deviation(embedding.Phases), 0.01);
        Assert.Equal(Math.Sqrt(1 / 4_000.0), Deviation(embedding.Weights), 0.001);
        Assert.Equal([0, 0], embedding.Biases.ToArray());
        Assert.Equal((1, 3, 3), (network.InputCount, embedding.OutputCount, network.Layers[0].InputCount));
        Assert.Equal("frequencies of the embedding (1 x 4000)", network.Parameters.Tensors[0].Name);

        static double Deviation(ReadOnlySpan<double> values) => Math.Sqrt(values.ToArray().Average(value => value * value));
    }

    public static TheoryData<Layer[], string> WrongLayers => new()
    {
        { [Layer.PeriodicEmbedding([0])],
            "The list of layers has only an embedding; a network needs at least its output layer. Add Layer.Dense(units)." },
        { [Layer.Dense(2), Layer.PeriodicEmbedding([0])], "A periodic embedding is not the first of the layers. Put it there." },
        { [Layer.PeriodicEmbedding([]), Layer.Dense(1)], "PeriodicEmbedding.Columns.Count is 0; it must be at least 1." },
        { [Layer.PeriodicEmbedding([1, 1]), Layer.Dense(1)],
            "PeriodicEmbedding.Columns[1] is 1; it must be from 2 to 2: columns of the inputs, ascending." },
        { [Layer.PeriodicEmbedding([3]), Layer.Dense(1)],
            "PeriodicEmbedding.Columns[0] is 3; it must be from 0 to 2: columns of the inputs, ascending." },
        { [Layer.PeriodicEmbedding([0], frequencies: 0), Layer.Dense(1)], "PeriodicEmbedding.Frequencies is 0; it must be at least 1." },
        { [Layer.PeriodicEmbedding([0], outputs: 0), Layer.Dense(1)], "PeriodicEmbedding.Outputs is 0; it must be at least 1." },
        { [Layer.PeriodicEmbedding([0]) with { FrequencyDeviation = 0 }, Layer.Dense(1)],
            "PeriodicEmbedding.FrequencyDeviation is 0; it must be positive and finite." },
        { [Layer.PeriodicEmbedding([0]), Layer.Dense(0)], "layers[1] has 0 units; every layer needs at least 1." },
        { [Layer.PeriodicEmbedding([0], frequencies: int.MaxValue, outputs: int.MaxValue), Layer.Dense(1)], "The network has more than" },
    };

    [Theory]
    [MemberData(nameof(WrongLayers))]
    public void Create_NamesWhatIsWrong(Layer[] layers, string message) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => Network<float>.Create(3, layers)).Message);

    private static Network<double> Create(int frequencies, int outputs)
    {
        var network = Network<double>.Create(
            4, [Layer.PeriodicEmbedding([1, 3], frequencies, outputs) with { FrequencyDeviation = 0.5 }, Layer.Dense(5, Activation.Tanh),
                Layer.Dense(2)], seed: 3);
        GemmChecks.Random<double>(network.Embedding!.Biases.Length, seed: 9).CopyTo(network.Embedding.Biases);
        return network;
    }
}
