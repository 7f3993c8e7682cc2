using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mlp.TestSupport;

/// <summary>
/// seed-003.json: the gradient check on five MNIST images, and what of the long training needs no images. (The training itself:
/// samples/SeedNetworks with --mnist.)
/// </summary>
public static class Seed003Checks
{
    private const int PixelCount = 784, ClassCount = 10;

    private static Seed003GradientCheck Fixture => Fixtures.Seed003.GradientCheck;

    /// <summary>All of the file's cases.</summary>
    public static IEnumerable<FixtureCase> Cases() =>
    [
        new("seed-003", "analytic gradient", AnalyticGradient<double>, AnalyticGradient<float>),
        new("seed-003", "numerical gradient", NumericalGradient<double>, NumericalGradient<float>),
        new("seed-003", "first weights of the training", InitialWeights, InitialWeights),
        new("seed-003", "batches of the training", BatchIndices, BatchIndices),
    ];

    private static T[] Images<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Convert.FromBase64String(Fixture.Data.ImagesBase64).Select(pixel => T.CreateChecked(pixel / 255f))];

    private static DenseRows<T> Rows<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Images<T>(), (T[])[.. Fixture.Data.Labels.SelectMany(OneHot<T>)], PixelCount, ClassCount);

    private static IEnumerable<T> OneHot<T>(int label)
        where T : INumberBase<T> => Enumerable.Range(0, ClassCount).Select(digit => digit == label ? T.One : T.Zero);

    private static void AnalyticGradient<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tolerance = FixtureCheck.Allowed<T>(1e-14, 1e-6);
        Network<T> network = Create<T>();
        var gradients = new T[network.Parameters.Length];
        check.Close(
            "loss", Trainer.Gradient(network, Rows<T>(), Loss.SoftmaxCrossEntropy, gradients), Fixture.Loss,
            FixtureCheck.Allowed<T>(1e-12, 1e-5));
        CompareTensors<T>(check, network.Parameters.Tensors, "analytic", gradients, Fixture.AnalyticGradient, tolerance);

        double[] probabilities = Probabilities(network, Images<T>());
        check.Close<double>("probabilities", probabilities, Fixture.Probabilities.Data, FixtureCheck.Allowed<T>(1e-12, 1e-5));
        check.Close(
            "loss with 1e-7 in the logarithm", LossWithDelta(probabilities), Fixture.LossWithDelta, FixtureCheck.Allowed<T>(1e-12, 1e-5));
    }

    /// <summary>Central differences of the article's loss, with the article's step, through the engine's forward pass.</summary>
    private static void NumericalGradient<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const double Step = 1e-4;
        // A loss of 2.3 is rounded to 4e-16 or 2e-7, which the division by 2e-4 magnifies.
        double tolerance = FixtureCheck.Allowed<T>(5e-11, 5e-3);
        Network<T> network = Create<T>();
        T[] images = Images<T>();
        var numerical = new double[network.Parameters.Length];
        for (int index = 0; index < numerical.Length; index++)
        {
            T original = network.Parameters.Values[index];
            network.Parameters.Values[index] = original + T.CreateChecked(Step);
            double above = LossWithDelta(Probabilities(network, images));
            network.Parameters.Values[index] = original - T.CreateChecked(Step);
            double below = LossWithDelta(Probabilities(network, images));
            network.Parameters.Values[index] = original;
            numerical[index] = (above - below) / (2 * Step);
        }
        CompareTensors<double>(check, network.Parameters.Tensors, "numerical", numerical, Fixture.NumericalGradient, tolerance);

        var gradients = new T[network.Parameters.Length];
        Trainer.Gradient(network, Rows<T>(), Loss.SoftmaxCrossEntropy, gradients);
        MaxAndMean[] differencesInOrder = Fixture.Differences.NumericalMinusAnalytic.InOrder;
        foreach ((ParameterTensor tensor, MaxAndMean expected) in network.Parameters.Tensors.Zip(differencesInOrder))
        {
            IEnumerable<int> indices = Enumerable.Range(tensor.Offset, tensor.Length);
            double[] differences = [.. indices.Select(index => Math.Abs(numerical[index] - double.CreateChecked(gradients[index])))];
            check.Close($"largest difference of the {tensor.Name}", differences.Max(), expected.MaxAbs, tolerance);
            check.Close($"mean difference of the {tensor.Name}", differences.Average(), expected.MeanAbs, tolerance);
        }
    }

    private static void InitialWeights(FixtureCheck check)
    {
        Seed003Initialization expected = Fixtures.Seed003.Training.Initialization;
        double[] weights = MnistRandom.Weights(50 * PixelCount + ClassCount * 50);
        ReadOnlySpan<double> w1 = weights.AsSpan(0, 50 * PixelCount), w2 = weights.AsSpan(50 * PixelCount);
        check.Close("W1", w1[..5], expected.W1First5, 1e-15);
        check.Close("W2", w2[..5], expected.W2First5, 1e-15);
        check.Close<double>("last entries", [w1[^1], w2[^1]], [expected.W1Last, expected.W2Last], 1e-15);
        check.Close<double>("sums", [w1.ToArray().Sum(), w2.ToArray().Sum()], [expected.W1Sum, expected.W2Sum], 1e-12);
    }

    private static void BatchIndices(FixtureCheck check)
    {
        Seed003BatchIndices expected = Fixtures.Seed003.Training.BatchIndices;
        int[] indices = MnistRandom.BatchIndices();
        check.Equal("first indices", indices.AsSpan(0, 200), expected.First200);
        check.Equal("last indices", indices.AsSpan(indices.Length - 10), expected.Last10);
        check.Close("sum", indices.Sum(index => (double)index), expected.Sum, 0);
        // The fixture's bytes are little-endian, like every platform .NET 10 runs on but one.
        string hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(indices)));
        check.Equal("hash", BitConverter.IsLittleEndian && hash != expected.Sha256OfAllAsLittleEndianInt32 ? 1 : 0, 0);
    }

    private static Network<T> Create<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FixtureNetworks.Create<T>([Fixture.InitialWeights[0], Fixture.InitialWeights[1] with { Activation = "identity" }]);

    private static void CompareTensors<T>(
        FixtureCheck check, IReadOnlyList<ParameterTensor> tensors, string what, ReadOnlySpan<T> values, Seed003Tensors expected,
        double tolerance)
        where T : INumberBase<T>
    {
        for (int index = 0; index < tensors.Count; index++)
        {
            ParameterTensor tensor = tensors[index];
            check.Close(
                $"{what} gradient of the {tensor.Name}", values.Slice(tensor.Offset, tensor.Length), expected.InOrder[index].Data,
                tolerance);
        }
    }

    private static double[] Probabilities<T>(Network<T> network, T[] images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var logits = new T[images.Length / PixelCount * ClassCount];
        network.Predict(images, logits);
        return [.. logits.Chunk(ClassCount).SelectMany(row =>
        {
            double[] exponentials = [.. row.Select(logit => Math.Exp(double.CreateChecked(logit)))];
            return exponentials.Select(each => each / exponentials.Sum());
        })];
    }

    /// <summary>−ln(p + 1e-7), as the article has it.</summary>
    private static double LossWithDelta(double[] probabilities) =>
        probabilities.Chunk(ClassCount).Zip(Fixture.Data.Labels).Average(pair => -Math.Log(pair.First[pair.Second] + 1e-7));
}
