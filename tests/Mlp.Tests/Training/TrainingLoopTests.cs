using System.Globalization;
using Mlp.TestSupport;

namespace Mlp.Tests.Training;

/// <summary>What a training tells while it runs, how it ends early, and what it must not do.</summary>
public class TrainingLoopTests
{
    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.SquaredError,
        Optimizer = new Sgd { LearningRate = 0.05 },
        NumberOfEpochs = 10,
        NumberOfThreads = 1,
    };

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1e-4)]
    [InlineData(true, 0)]
    [InlineData(true, 1e-4)]
    public void Steps_DoNotAllocate(bool adam, double l2Regularization)
    {
        const int StepsPerEpoch = 25, EpochCount = 4;
        // Of several trainings, as a collection may spoil one: see Allocation.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedInSteps()));

        // Measured from step to step on the thread that trains; between epochs there is a report.
        long AllocatedInSteps()
        {
            var allocated = new long[StepsPerEpoch * EpochCount];
            int step = 0;
            Fit(Settings with
            {
                BatchSize = 4,
                NumberOfEpochs = EpochCount,
                Optimizer = adam ? new Adam { AmsGrad = true } : new Sgd { Momentum = 0.9, Nesterov = true },
                L2Regularization = l2Regularization,
                MaximumGradientNorm = 1,
                MaximumGradientValue = 0.5,
                StepCallback = () => allocated[step++] = GC.GetAllocatedBytesForCurrentThread(),
            });
            Assert.Equal(allocated.Length, step);
            return Enumerable.Range(0, EpochCount).Sum(
                epoch => allocated[(epoch + 1) * StepsPerEpoch - 1] - allocated[epoch * StepsPerEpoch]);
        }
    }

    [Fact]
    public void EpochCallback_IsToldEveryEpoch()
    {
        var reports = new List<EpochResult>();
        TrainingResult result = Fit(Settings with { EpochCallback = reports.Add });

        Assert.Equal(result.History, reports);
        Assert.Equal(Enumerable.Range(1, 10), reports.Select(report => report.Epoch));
        Assert.All(reports, report => Assert.Equal((10, 0.05), (report.NumberOfEpochs, report.LearningRate)));
        Assert.Equal(reports.Select(report => report.Seconds).Order(), reports.Select(report => report.Seconds));
        Assert.Equal(reports.Select(report => report.Loss).OrderDescending(), reports.Select(report => report.Loss));
        Assert.Same(reports[9], result.Last);
    }

    [Fact]
    public void StopTraining_MakesItsEpochTheLast()
    {
        TrainingResult result = Fit(Settings with
        {
            EpochCallback = report =>
            {
                if (report.Epoch == 3)
                    report.StopTraining();
            },
        });
        Assert.Equal(3, result.History.Count);
    }

    [Fact]
    public void Callbacks_ThatThrow_EndTheTraining()
    {
        Assert.Equal("epoch", Assert.Throws<TimeoutException>(
            () => Fit(Settings with { EpochCallback = _ => throw new TimeoutException("epoch") })).Message);
        Assert.Equal("step", Assert.Throws<TimeoutException>(
            () => Fit(Settings with { StepCallback = () => throw new TimeoutException("step"), NumberOfThreads = 3 })).Message);
    }

    [Fact]
    public void Cancellation_EndsTheTraining_BeforeTheNextStep()
    {
        using var cancellation = new CancellationTokenSource();
        int steps = 0;
        Assert.Throws<OperationCanceledException>(() => Fit(Settings with
        {
            BatchSize = 10,
            CancellationToken = cancellation.Token,
            StepCallback = () =>
            {
                if (++steps == 13)
                    cancellation.Cancel();
            },
        }));
        Assert.Equal(13, steps);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e200)]
    public void Divergence_IsAnError_WithEpochStepRateAndFeatureRange(double learningRate)
    {
        var exception = Assert.Throws<TrainingDivergedException>(
            () => Fit(Settings with { Optimizer = new Sgd { LearningRate = learningRate }, BatchSize = 10, NumberOfEpochs = 100 }));

        Assert.Matches(
            string.Create(
                CultureInfo.InvariantCulture,
                $"^The training loss became (NaN|Infinity) in epoch {exception.Epoch}, step {exception.Step}, "
                + $"at learning rate {learningRate}; "
                + $"features range from 0 to 0.99. Normalize the features or lower LearningRate.$").Replace("+", @"\+"),
            exception.Message);
        Assert.Equal(learningRate, exception.LearningRate);
        // Ten steps to an epoch; the step counts those that were done.
        Assert.Equal(exception.Epoch, exception.Step / 10 + 1);
        Assert.True(exception.Step >= 1);
    }

    [Fact]
    public void Divergence_InTheLastStep_ShowsInTheParameters()
    {
        var exception = Assert.Throws<TrainingDivergedException>(() => FitOneRow(x: 1, target: 1e10f, learningRate: 1e30));
        Assert.StartsWith(
            "The largest of the weights of layer 1 (1 x 1) became Infinity in epoch 1, step 1, at learning rate 1E+30;", exception.Message);
    }

    [Fact]
    public void Divergence_OfTheGradient_IsNoticed()
    {
        // The loss, 1e36, is finite; its slope by the weight, 2e18 · 1e30, is not.
        var exception = Assert.Throws<TrainingDivergedException>(() => FitOneRow(x: 1e30f, target: 1e18f, learningRate: 0.1));
        Assert.StartsWith(
            "The norm of the gradient became Infinity in epoch 1, step 1, at learning rate 0.1; features range from 1E+30 to 1E+30.",
            exception.Message);
    }

    [Fact]
    public void Fit_RowsThatDoNotFitTheNetwork_AreRefused()
    {
        var network = Network<float>.Create(2, [Layer.Dense(3)]);
        AssertRefused(
            "The rows have 1 features, the network has 2 inputs.",
            new DenseRows<float>(new float[4], new float[12], inputCount: 1, targetCount: 3));
        AssertRefused(
            "The rows have 1 targets, the network has 3 outputs.", new DenseRows<float>(new float[4], new float[2], inputCount: 2));
        AssertRefused(
            "There are no rows; at least one is needed.", new DenseRows<float>(new float[0], new float[0], inputCount: 2, targetCount: 3));
        Assert.Throws<ArgumentNullException>("network", () => Trainer.Fit(null!, TrainerTests.FiveTimesX<float>(), Settings));
        Assert.Throws<ArgumentNullException>("rows", () => Trainer.Fit(network, null!, Settings));
        Assert.Throws<ArgumentNullException>("settings", () => Trainer.Fit(network, TrainerTests.FiveTimesX<float>(), null!));

        void AssertRefused(string message, DenseRows<float> rows) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>("rows", () => Trainer.Fit(network, rows, Settings)).Message);
    }

    [Fact]
    public void Fit_LossThatDoesNotFitTheNetwork_IsRefused() => Assert.StartsWith(
        "SoftmaxCrossEntropy needs at least 2 outputs",
        Assert.Throws<ArgumentException>(() => Fit(Settings with { Loss = Loss.SoftmaxCrossEntropy })).Message);

    [Fact]
    public void Fit_MayBeRepeated_AndGoesOnFromItsParameters()
    {
        // Plain SGD in order has no state: twice five epochs are ten.
        (Network<float> twice, Network<float> once) = (CreateNetwork(), CreateNetwork());
        TrainingSettings inOrder = Settings with { Shuffle = false };
        Trainer.Fit(once, TrainerTests.FiveTimesX<float>(), inOrder);
        for (int repeat = 0; repeat < 2; repeat++)
            Trainer.Fit(twice, TrainerTests.FiveTimesX<float>(), inOrder with { NumberOfEpochs = 5 });
        Tolerance.AssertSameBits<float>("parameters", twice.Parameters.Values, once.Parameters.Values);
    }

    private static TrainingResult Fit(TrainingSettings settings) =>
        Trainer.Fit(CreateNetwork(), TrainerTests.FiveTimesX<float>(), settings);

    private static Network<float> CreateNetwork() => Network<float>.Create(1, [Layer.Dense(3), Layer.Dense(1)], seed: 1);

    private static void FitOneRow(float x, float target, double learningRate) => Trainer.Fit(
        Network<float>.Create(1, [Layer.Dense(1) with { HasBiases = false, WeightInitializer = Initializer.Zero }]),
        new DenseRows<float>(new[] { x }, new[] { target }, inputCount: 1),
        Settings with { Optimizer = new Sgd { LearningRate = learningRate }, NumberOfEpochs = 1 });
}
