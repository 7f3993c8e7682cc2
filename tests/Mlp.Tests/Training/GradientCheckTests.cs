using System.Numerics;
using Mlp.Networks;
using Mlp.TestSupport;

namespace Mlp.Tests.Training;

public class GradientCheckTests(ITestOutputHelper output)
{
    private const int InputCount = 3, OutputCount = 3;

    private static Loss[] Losses =>
    [
        Loss.SquaredError, Loss.HalfSquaredError, Loss.AbsoluteError, Loss.Huber(0.8), Loss.Poisson, Loss.BinaryCrossEntropy,
        Loss.SoftmaxCrossEntropy,
    ];

    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    /// <summary>
    /// The difference quotient is off by step² · f‴ / 6 and by rounding / step: some 1e-10 each at 1e-5. The worst seen is 2.5e-9.
    /// </summary>
    [Theory]
    [MemberData(nameof(Activations))]
    public void Run_FindsBackpropagationRight_ForEveryLoss(Activation activation)
    {
        foreach (Loss loss in Losses)
        {
            foreach (LossReduction reduction in Enum.GetValues<LossReduction>())
            {
                Network<double> network = CreateNetwork<double>(activation, units: 4);
                double[] before = network.Parameters.Values.ToArray();

                GradientCheckResult report = GradientCheck.Run(network, CreateRows<double>(loss, rowCount: 5), loss, reduction);

                output.WriteLine($"{loss} {reduction}: {report.MaxRelativeDifference:E1}");
                Assert.True(report.MaxRelativeDifference < 1e-8, $"{loss} {reduction}: {report}");
                Assert.Equal(6, report.Tensors.Count);
                Assert.All(report.Tensors, tensor => Assert.True(tensor.MaxAbsoluteGradient > 0, tensor.Tensor.Name));
                Assert.Equal(before, network.Parameters.Values.ToArray());
            }
        }
    }

    /// <summary>Differences beside the largest gradient of the tensor. The worst seen is 4.3e-7.</summary>
    [Theory]
    [MemberData(nameof(Activations))]
    public void Gradients_InFloat_MatchThoseInDouble_TensorByTensor(Activation activation)
    {
        const int RowCount = 40;
        foreach (Loss loss in Losses)
        {
            Network<double> network = CreateNetwork<double>(activation, units: 37);
            Network<float> single = CreateNetwork<float>(activation, units: 37);
            // Both start from the same numbers: those of float.
            for (int index = 0; index < single.Parameters.Length; index++)
                network.Parameters.Values[index] = single.Parameters.Values[index];
            using var exact = new Backpropagation<double>(network, loss, LossReduction.Mean, RowCount, threadCount: 1);
            using var rounded = new Backpropagation<float>(single, loss, LossReduction.Mean, RowCount, threadCount: 1);
            Compute(exact, loss, RowCount);
            Compute(rounded, loss, RowCount);

            double worst = 0;
            foreach (ParameterTensor tensor in network.Parameters.Tensors)
            {
                double[] expected = exact.Gradients.Slice(tensor.Offset, tensor.Length).ToArray();
                worst = Math.Max(worst, Tolerance.AssertClose<float>(
                    $"{loss}, {tensor.Name}",
                    rounded.Gradients.Slice(tensor.Offset, tensor.Length),
                    expected,
                    tolerance: 2e-6,
                    scale: expected.Max(Math.Abs)));
            }
            output.WriteLine($"{loss}: {worst:E1}");
        }
    }

    [Fact]
    public void Run_ShowsAKink_InTheTensorThatHasIt()
    {
        // ReLU at 0 with slope 0: one-sided differences see the slope 1 on one side. Weights stay clear of it, since x = 0.
        var network = Network<double>.Create(
            inputCount: 1, [Layer.Dense(1, Activation.Relu), Layer.Dense(1) with { WeightInitializer = Initializer.Constant(1) }]);
        var rows = new DenseRows<double>(new double[] { 0 }, new double[] { 1 }, inputCount: 1);

        GradientCheckResult report = GradientCheck.Run(network, rows, Loss.SquaredError);

        Assert.Equal(1, report.MaxRelativeDifference, 6);
        TensorGradientCheck wrong = Assert.Single(report.Tensors, tensor => tensor.RelativeDifference > 1e-6);
        Assert.Equal("biases of layer 1 (1): 1 of 1", wrong.ToString());
        Assert.Contains("weights of layer 1 (1 x 1): 0 of 0", report.ToString());
    }

    [Fact]
    public void Run_ShowsNaN()
    {
        var network = Network<double>.Create(inputCount: 1, [Layer.Dense(1)]);
        var rows = new DenseRows<double>(new double[] { double.NaN }, new double[] { 1 }, inputCount: 1);
        Assert.True(double.IsNaN(GradientCheck.Run(network, rows, Loss.SquaredError).MaxRelativeDifference));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Run_StepOutOfRange_IsRefused(double step)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("step", () => GradientCheck.Run(
            CreateNetwork<double>(Activation.Tanh, units: 2), CreateRows<double>(Loss.SquaredError, 1), Loss.SquaredError, step: step));
        Assert.StartsWith($"step is {step}; it must be positive and finite.", exception.Message);
    }

    private static Network<T> CreateNetwork<T>(Activation activation, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Network<T>.Create(
            InputCount,
            [
                Layer.Dense(units, activation) with { BiasInitializer = Initializer.Normal(0.3) },
                Layer.Dense(units, activation) with { BiasInitializer = Initializer.Normal(0.3) },
                Layer.Dense(OutputCount),
            ],
            seed: 3);

    private static DenseRows<T> CreateRows<T>(Loss loss, int rowCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] features, T[] targets, T[] exampleWeights) = CreateValues<T>(loss, rowCount);
        return new DenseRows<T>(features, targets, InputCount, OutputCount, exampleWeights);
    }

    private static void Compute<T>(Backpropagation<T> backpropagation, Loss loss, int rowCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] features, T[] targets, T[] exampleWeights) = CreateValues<T>(loss, rowCount);
        backpropagation.Compute(features, targets, exampleWeights);
    }

    /// <summary>Multiples of 1/64, which float and double share; targets are counts, probabilities or classes, as wanted.</summary>
    private static (T[] Features, T[] Targets, T[] ExampleWeights) CreateValues<T>(Loss loss, int rowCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(5);
        T[] features = [.. Enumerable.Range(0, rowCount * InputCount).Select(_ => T.CreateChecked(random.Next(-96, 97) / 64.0))];
        double[] targets = [.. Enumerable.Range(0, rowCount * OutputCount).Select(_ => random.Next(0, 65) / 64.0)];
        if (loss == Loss.Poisson)
            targets = [.. targets.Select(target => Math.Floor(4 * target))];
        if (loss == Loss.SoftmaxCrossEntropy)
            targets = [.. targets.Select((_, index) => index / OutputCount % OutputCount == index % OutputCount ? 1.0 : 0)];
        T[] exampleWeights = [.. Enumerable.Range(0, rowCount).Select(row => T.CreateChecked(1 + row % 3))];
        return (features, FixtureNetworks.Convert<T>(targets), exampleWeights);
    }
}
