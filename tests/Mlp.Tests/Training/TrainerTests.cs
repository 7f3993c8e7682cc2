using Mlp.TestSupport;

namespace Mlp.Tests.Training;

/// <summary>What a training learns, and that it can be repeated.</summary>
public class TrainerTests(ITestOutputHelper output)
{
    [Fact]
    public void Fit_LearnsFiveTimesX()
    {
        (Network<double> network, DenseRows<double> rows) = (Network<double>.Create(1, [Layer.Dense(1)], seed: 1), FiveTimesX<double>());
        TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Sgd { LearningRate = 0.5 },
            BatchSize = TrainingSettings.FullBatch,
            NumberOfEpochs = 1_000,
        });

        // The problem is quadratic: after 1,000 steps its slowest direction has shrunk by some (1 − 0.5 · 0.13)^1000.
        Assert.Equal([5, 0], network.Parameters.Values.ToArray(), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal(1_000, result.History.Count);
        Assert.True(result.Last.Loss < 1e-24);
        Assert.True(result.Last.GradientNorm < 1e-12);
    }

    /// <summary>Observed: all of the seeds 0 to 19 learn it, with losses from 2.2e-4 to 8.1e-4.</summary>
    [Fact]
    public void Fit_LearnsXor()
    {
        float[] features = [0, 0, 0, 1, 1, 0, 1, 1], targets = [0, 1, 1, 0], outputs = new float[4];
        double[] losses = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            var network = Network<float>.Create(2, [Layer.Dense(8, Activation.Tanh), Layer.Dense(1)], seed);
            TrainingResult result = Trainer.Fit(network, new DenseRows<float>(features, targets, inputCount: 2), new TrainingSettings
            {
                Loss = Loss.BinaryCrossEntropy,
                Optimizer = new Adam { LearningRate = 0.05 },
                NumberOfEpochs = 400,
                Seed = seed,
            });
            network.Predict(features, outputs);
            Assert.Equal([false, true, true, false], outputs.Select(logit => logit > 0));
            return result.Last.Loss;
        })];
        output.WriteLine(string.Join(' ', losses.Select(loss => $"{loss:E1}")));
        Assert.All(losses, loss => Assert.InRange(loss, 0, 2e-3));
    }

    [Fact]
    public void Fit_GivesTheSameBits_ForTheSameSeed()
    {
        float[] Fit(int seed)
        {
            var network = Network<float>.Create(1, [Layer.Dense(5, Activation.Tanh), Layer.Dense(1)], seed: 1);
            Trainer.Fit(network, FiveTimesX<float>(), new TrainingSettings { Loss = Loss.SquaredError, NumberOfEpochs = 5, Seed = seed });
            return network.Parameters.Values.ToArray();
        }
        Assert.Equal(Fit(1), Fit(1));
        Assert.NotEqual(Fit(1), Fit(2));
    }

    [Fact]
    public void Fit_GivesTheSameBits_OnAnyNumberOfThreads_AndBesideOtherTrainings()
    {
        // 128 rows x 96 units x 80 inputs: large enough to be shared.
        float[] features = GemmChecks.Random<float>(400 * 80, seed: 1), targets = GemmChecks.Random<float>(400 * 3, seed: 2);
        (float[] Parameters, double Loss) Fit(int threadCount)
        {
            var network = Network<float>.Create(
                80, [Layer.Dense(96, Activation.Relu), Layer.Dense(96, Activation.Gelu), Layer.Dense(3)], seed: 1);
            TrainingResult result = Trainer.Fit(network, new DenseRows<float>(features, targets, 80, 3), new TrainingSettings
            {
                Loss = Loss.SquaredError,
                NumberOfEpochs = 4,
                BatchSize = 128,
                NumberOfThreads = threadCount,
            });
            return (network.Parameters.Values.ToArray(), result.Last.Loss);
        }

        (float[] parameters, double loss) = Fit(threadCount: 1);
        var others = new (float[] Parameters, double Loss)[4];
        Parallel.For(0, others.Length, index => others[index] = Fit(threadCount: index + 1));
        foreach ((float[] otherParameters, double otherLoss) in others)
        {
            Tolerance.AssertSameBits<float>("parameters", otherParameters, parameters);
            Assert.Equal(loss, otherLoss);
        }
    }

    [Fact]
    public void Fit_TakesRowsOfWeightZero_ForAbsent()
    {
        // Rows of weight 0 with features and targets that would overflow the loss or make the gradient NaN.
        float[] Fit(float[] features, float[] targets, float[] exampleWeights)
        {
            var network = Network<float>.Create(1, [Layer.Dense(4, Activation.Tanh), Layer.Dense(1)], seed: 1);
            var rows = new DenseRows<float>(features, targets, inputCount: 1, exampleWeights: exampleWeights);
            TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings
            {
                Loss = Loss.SquaredError,
                BatchSize = TrainingSettings.FullBatch,
                Shuffle = false,
                NumberOfEpochs = 10,
            });
            return [.. network.Parameters.Values, (float)result.Last.Loss];
        }
        float[] expected = Fit([1, 2, 3], [1, 0, 2], [1, 2, 0.5f]);
        Assert.Equal(expected, Fit([1, 1e30f, 2, 3, -1e30f], [1, 1e30f, 0, 2, -1e30f], [1, 0, 2, 0.5f, 0]));
        Assert.Equal(expected, Fit([1, float.NaN, 2, 3], [1, 0, 0, 2], [1, 0, 2, 0.5f]));
        Assert.Equal(expected, Fit([1, 2, 3, float.PositiveInfinity], [1, 0, 2, float.NaN], [1, 2, 0.5f, 0]));
    }

    [Fact]
    public void Fit_WithSum_EqualsMean_AtAsManyTimesTheRate()
    {
        double[] Fit(LossReduction reduction, double learningRate)
        {
            var network = Network<double>.Create(1, [Layer.Dense(4, Activation.Tanh), Layer.Dense(1)], seed: 1);
            TrainingResult result = Trainer.Fit(network, FiveTimesX<double>(), new TrainingSettings
            {
                Loss = Loss.SquaredError,
                LossReduction = reduction,
                Optimizer = new Sgd { LearningRate = learningRate },
                BatchSize = 20,
                NumberOfEpochs = 3,
            });
            return [.. network.Parameters.Values, result.Last.Loss / (reduction == LossReduction.Sum ? 100 : 1)];
        }
        Tolerance.AssertClose<double>("sum against mean", Fit(LossReduction.Sum, 0.001), Fit(LossReduction.Mean, 0.02), 1e-13);
    }

    [Theory]
    [InlineData(TrainingSettings.FullBatch, 100)]
    [InlineData(100, 100)]
    [InlineData(30, 30)]
    [InlineData(1, 1)]
    public void Fit_TakesAsManySteps_AsBatchesFillAnEpoch(int batchSize, int rowsPerStep)
    {
        int steps = 0;
        var network = Network<float>.Create(1, [Layer.Dense(1)], seed: 1);
        Trainer.Fit(network, FiveTimesX<float>(), new TrainingSettings
        {
            Loss = Loss.SquaredError,
            BatchSize = batchSize,
            NumberOfEpochs = 3,
            StepCallback = () => steps++,
        });
        Assert.Equal(3 * ((100 + rowsPerStep - 1) / rowsPerStep), steps);
    }

    [Fact]
    public void Fit_RowByRow_EqualsStepsByHand()
    {
        // o = w x, loss (o − y)², slope 2 (o − y) x, rate 0.1; rows (1, 2) and (2, 0), w = 1:
        //   w = 1 − 0.1 · 2 · (1 − 2) · 1 = 1.2        loss 1
        //   w = 1.2 − 0.1 · 2 · (2.4 − 0) · 2 = 0.24   loss 5.76
        var network = Network<double>.Create(1, [Layer.Dense(1) with { HasBiases = false, WeightInitializer = Initializer.Constant(1) }]);
        var rows = new DenseRows<double>(new double[] { 1, 2 }, new double[] { 2, 0 }, inputCount: 1);
        TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Sgd(),
            BatchSize = 1,
            Shuffle = false,
            NumberOfEpochs = 1,
        });
        Assert.Equal(0.24, network.Parameters.Values[0], 14);
        Assert.Equal((1 + 5.76) / 2, result.Last.Loss, 14);
        Assert.Equal(9.6, result.Last.GradientNorm, 14);
    }

    [Fact]
    public void L2Regularization_PullsWeights_AndBiasesOnlyWhenAskedTo()
    {
        double[] Fit(double l2, bool regularizeBiases)
        {
            var network = Network<double>.Create(
                1, [Layer.Dense(1) with { WeightInitializer = Initializer.Constant(3), BiasInitializer = Initializer.Constant(5) }]);
            Trainer.Fit(network, new DenseRows<double>(new double[] { 0 }, new double[] { 5 }, inputCount: 1), new TrainingSettings
            {
                Loss = Loss.SquaredError,
                Optimizer = new Sgd { LearningRate = 0.1 },
                L2Regularization = l2,
                RegularizeBiases = regularizeBiases,
                NumberOfEpochs = 1,
            });
            return network.Parameters.Values.ToArray();
        }
        // The loss is 0 and stays so, which leaves p ← p − α λ p.
        Assert.Equal([3, 5], Fit(l2: 0, regularizeBiases: false));
        Tolerance.AssertClose<double>("weights alone", Fit(l2: 0.5, regularizeBiases: false), [3 * 0.95, 5], 1e-15);
        Tolerance.AssertClose<double>("biases, too", Fit(l2: 0.5, regularizeBiases: true), [3 * 0.95, 5 * 0.95], 1e-15);
    }

    internal static DenseRows<T> FiveTimesX<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double[] features = [.. Enumerable.Range(0, 100).Select(row => row / 100.0)];
        T[] targets = FixtureNetworks.Convert<T>([.. features.Select(x => 5 * x)]);
        return new DenseRows<T>(FixtureNetworks.Convert<T>(features), targets, inputCount: 1);
    }
}
