using System.Numerics;
using Mlp.Networks;
using Mlp.State;
using Mlp.Training;

namespace Mlp.Tests.Training;

/// <summary>Wherever a training leaves weights without a gradient, nothing that it keeps or computes becomes subnormal.</summary>
public class SubnormalTests
{
    // Of one-hot rows; the last Rare of them occur in the first step alone, as do the numbers beside them.
    private const int Categories = 12, Rare = 4, Numbers = 3, Inputs = Categories + Numbers;

    private const int BatchSize = 8, DyingStep = 20;

    // By half or a tenth a step, all of the exponents of float and double are gone long before.
    private const int StepCount = 3_000;

    public static TheoryData<string> Optimizers => [.. Settings<float>().Keys];

    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    public static TheoryData<string> Losses => [.. LossesByName.Keys];

    private static Dictionary<string, Loss> LossesByName { get; } = new Loss[]
    {
        Loss.SquaredError, Loss.HalfSquaredError, Loss.AbsoluteError, Loss.Huber(), Loss.Poisson, Loss.Quantile(0.3),
        Loss.BinaryCrossEntropy, Loss.BinaryFocal(), Loss.BinaryFocal(0.3), Loss.SoftmaxCrossEntropy, Loss.SoftmaxFocal(),
            Loss.SoftmaxFocal(0.3),
    }.ToDictionary(loss => loss.ToString());

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_OfRareCategoriesAndDeadUnits_KeepsNoSubnormalNumber(string name)
    {
        Train<float>(name);
        Train<double>(name);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Batch_InTheTailsOfAnActivation_HasNoSubnormalNumber(Activation activation)
    {
        RunTails<float>(activation, farthest: -200);
        RunTails<double>(activation, farthest: -1500);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Batch_WithSaturatedOutputs_HasNoSubnormalNumber(string name)
    {
        RunSaturated<float>(LossesByName[name], farthest: 120);
        RunSaturated<double>(LossesByName[name], farthest: 800);
    }

    [Fact]
    public void Lbfgs_ShrinkingWeights_DoNotBecomeSubnormal()
    {
        // Only the penalty moves them, to 0 in ever larger strides.
        var network = Network<float>.Create(2, [Layer.Dense(3, Activation.Relu), Layer.Dense(1)], seed: 1);
        network.Layers[0].Biases.Fill(-100);
        var settings = new TrainingSettings
        {
            Loss = Loss.HalfSquaredError,
            Optimizer = new Lbfgs { GradientTolerance = 0, LearningRate = 0.9 },
            L2Regularization = 1,
            NumberOfEpochs = 100,
            NumberOfThreads = 1,
        };
        Trainer.Fit(network, new DenseRows<float>((float[])[1, 0, 0, 1], (float[])[0, 0], inputCount: 2), settings);
        AssertNone<float>("parameters", network.Parameters.Values);
    }

    private static void Train<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Layer embedding = Layer.PeriodicEmbedding([Categories, Categories + 1], frequencies: 3);
        var network = Network<T>.Create(Inputs, [embedding, Layer.Dense(10, Activation.Relu), Layer.Dense(1)], seed: 1);
        int step = 0;
        TrainingSettings settings = Settings<T>()[name] with
        {
            // Units that have learnt something die.
            StepCallback = () =>
            {
                if (++step == DyingStep)
                    network.Layers[0].Biases[..5].Fill(T.CreateTruncating(-1000));
            },
        };
        (T[] rowFeatures, T[] rowTargets) = Draw<T>();
        using var epochs = new MiniBatchEpochs<T>(network, new DenseRows<T>(rowFeatures, rowTargets, Inputs), settings);
        epochs.RunEpoch(1);
        Assert.Equal(StepCount, step);
        AssertNone<T>("parameters", network.Parameters.Values);
        epochs.Exchange(new StateCheck());
    }

    private static void RunTails<T>(Activation activation, double farthest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Network<T>.Create(Inputs, [Layer.Dense(40, activation), Layer.Dense(40, activation), Layer.Dense(1)], seed: 1);
        foreach (DenseLayer<T> layer in network.Layers.Take(2))
        {
            for (int unit = 0; unit < layer.UnitCount; unit++)
                layer.Biases[unit] = T.CreateTruncating(farthest * unit / layer.UnitCount);
        }
        RunBatches(network, Loss.HalfSquaredError);
    }

    private static void RunSaturated<T>(Loss loss, double farthest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Network<T>.Create(Inputs, [Layer.Dense(20, Activation.Tanh), Layer.Dense(3)], seed: 1);
        RunBatches(network, loss, batch =>
        {
            double logit = farthest * batch / 50;
            ((T[])[T.CreateTruncating(logit), T.CreateTruncating(-logit), T.Zero]).CopyTo(network.Layers[1].Biases);
        });
    }

    private static void RunBatches<T>(Network<T> network, Loss loss, Action<int>? before = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] features, _) = Draw<T>();
        var targets = new T[BatchSize * network.OutputCount];
        for (int row = 0; row < BatchSize; row++)
            targets[row * network.OutputCount] = T.One;
        T[] weights = [.. Enumerable.Repeat(T.One, BatchSize)];
        using var backpropagation = new Backpropagation<T>(network, loss, LossReduction.Mean, BatchSize, threadCount: 1);
        for (int batch = 0; batch < 50; batch++)
        {
            before?.Invoke(batch);
            backpropagation.Compute(features.AsSpan(batch * BatchSize * Inputs, BatchSize * Inputs), targets, weights);
            AssertNone<T>("gradients", backpropagation.Gradients);
            AssertNone("losses", backpropagation.RowLosses(BatchSize));
            for (int layer = 0; layer < network.Layers.Count; layer++)
            {
                AssertNone<T>("activations", backpropagation.Workspace.Activations(layer, BatchSize));
                AssertNone<T>("slopes", backpropagation.Workspace.Slopes(layer, BatchSize));
                AssertNone<T>("delta", backpropagation.Workspace.Delta(layer, BatchSize));
            }
        }
    }

    private static void AssertNone<T>(string what, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        int count = 0;
        foreach (T value in values)
        {
            if (value is float single ? float.IsSubnormal(single) : value is double number && double.IsSubnormal(number))
                count++;
        }
        Assert.True(count == 0, $"{count} of {values.Length} {what} are subnormal in {typeof(T).Name}.");
    }

    private static (T[] Features, T[] Targets) Draw<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int RowCount = StepCount * BatchSize;
        var random = new Random(1);
        T[] features = new T[RowCount * Inputs], targets = new T[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            bool isFirst = row < BatchSize;
            features[row * Inputs + random.Next(isFirst ? Categories : Categories - Rare)] = T.One;
            for (int number = Categories; isFirst && number < Inputs; number++)
                features[row * Inputs + number] = T.CreateTruncating(random.NextDouble());
            targets[row] = T.CreateTruncating(random.NextDouble());
        }
        return (features, targets);
    }

    /// <summary>Every rule that keeps something from step to step, and every way in which weights shrink.</summary>
    private static Dictionary<string, TrainingSettings> Settings<T>()
    {
        // Double has eight times the exponents to decay through.
        bool isSingle = typeof(T) == typeof(float);
        double mean = isSingle ? 0.9 : 0.6, square = isSingle ? 0.95 : 0.7;
        var adam = new Adam { Beta1 = mean, Beta2 = square };
        var settings = new TrainingSettings
        {
            Loss = Loss.HalfSquaredError,
            BatchSize = BatchSize,
            Shuffle = false,
            NumberOfThreads = 1,
            NumberOfEpochs = 1,
        };
        return new Dictionary<string, TrainingSettings>
        {
            ["Adam"] = settings with { Optimizer = adam },
            ["Adam, AmsGrad"] = settings with { Optimizer = adam with { AmsGrad = true } },
            ["Adam, uncorrected"] = settings with { Optimizer = adam with { UncorrectedEpsilon = true } },
            ["Adam, tiny ε"] = settings with { Optimizer = adam with { Epsilon = 1e-45 } },
            ["Adam, L2"] = settings with { Optimizer = adam, L2Regularization = 0.1 },
            ["Adam, L1"] = settings with { Optimizer = adam, L1Regularization = 0.1 },
            ["Adam, clipped"] = settings with { Optimizer = adam, MaximumGradientNorm = 1e-3, MaximumGradientValue = 1e-4 },
            ["Adam, vanishing rate"] = settings with { Optimizer = adam with { LearningRate = isSingle ? 1e-41 : 1e-300 } },
            ["AdamW"] = settings with { Optimizer = new AdamW { Beta1 = mean, Beta2 = square, LearningRate = 0.01, WeightDecay = 50 } },
            ["NAdam"] = settings with { Optimizer = new NAdam { Beta1 = mean, Beta2 = square } },
            ["RmsProp"] = settings with { Optimizer = new RmsProp { Decay = square } },
            ["RmsProp, momentum"] = settings with { Optimizer = new RmsProp { Decay = square, Momentum = mean } },
            ["RmsProp, centered"] = settings with { Optimizer = new RmsProp { Decay = square, Momentum = mean, Centered = true } },
            ["Adagrad"] = settings with { Optimizer = new Adagrad { InitialAccumulator = isSingle ? 1e-42 : 1e-310 } },
            ["Adagrad, L2"] = settings with { Optimizer = new Adagrad(), L2Regularization = 1 },
            ["Adadelta"] = settings with { Optimizer = new Adadelta { Decay = square } },
            ["Adadelta, L2"] = settings with { Optimizer = new Adadelta { Decay = square }, L2Regularization = 0.5 },
            ["Sgd, vanishing rate"] = settings with { Optimizer = new Sgd { LearningRate = isSingle ? 1e-41 : 1e-300 } },
            ["Sgd, L2"] = settings with { Optimizer = new Sgd { LearningRate = 0.1 }, L2Regularization = 4 },
            ["Sgd, weight decay"] = settings with { Optimizer = new Sgd { LearningRate = 0.1, WeightDecay = 4 } },
            ["Sgd, momentum"] = settings with { Optimizer = new Sgd { LearningRate = 0.01, Momentum = mean } },
            ["Sgd, Nesterov, L2"] = settings
                with
            { Optimizer = new Sgd { LearningRate = 0.01, Momentum = mean, Nesterov = true }, L2Regularization = 9 },
        };
    }

    /// <summary>Looks at all that a training would save.</summary>
    private sealed class StateCheck : StateExchange
    {
        public override void Exchange(string name, ref int value, int minimum, int maximum)
        {
        }

        public override void Exchange(string name, ref long value)
        {
        }

        public override void Exchange(string name, ref double value) => AssertNone(name, [value]);

        public override void Exchange(string name, ref bool value)
        {
        }

        public override void Exchange<T>(string name, Span<T> values) => AssertNone<T>(name, values);

        public override void ExchangeParameters<T>(string name, Span<T> values) => AssertNone<T>(name, values);

        public override void Exchange<TItem>(
            List<TItem> items, Func<LittleEndianReader, List<TItem>> read, Action<LittleEndianWriter, IReadOnlyList<TItem>> write)
        {
        }

        public override void Check(bool isPossible, string claim)
        {
        }
    }
}
