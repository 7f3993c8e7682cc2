using Mlp.TestSupport;

namespace Mlp.Tests.Schedules;

public class LearningRateScheduleTests
{
    public static TheoryData<string> Names =>
        [.. FixtureCases.Of("optimizers").Select(each => each.Name).Where(name => name.StartsWith("schedule"))];

    public static TheoryData<LearningRateSchedule> Schedules =>
    [
        LearningRateSchedule.Constant, new StepDecay(), new MultiStepDecay { Milestones = [2, 5] }, new ExponentialDecay(),
        new InverseScaling(), new CosineAnnealing { WarmupEpochs = 2 }, new OneCycle(), new ReduceOnPlateau(),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_MatchTorch(string name)
    {
        FixtureCase schedule = FixtureCases.Of("optimizers").Single(each => each.Name == name);
        Assert.Null(schedule.InDouble.Failure);
        Assert.Null(schedule.InSingle.Failure);
    }

    [Fact]
    public void Names_AreElevenSchedules() => Assert.Equal(11, Names.Count);

    [Fact]
    public void Constant_IsTheOptimizersRate() => Assert.Equal(
        [1, 1, 1, 1], ScheduleRates.Of(LearningRateSchedule.Constant, stepsPerEpoch: 2, numberOfEpochs: 2));

    [Fact]
    public void Fit_ReportsTheRateOfTheEpochsLastStep()
    {
        // Four rows in batches of 2: the last step of epoch e is at t = e − ½.
        TrainingResult result = Fit(new ExponentialDecay { Factor = 0.25 }, numberOfEpochs: 3);
        Assert.Equal([0.5, 0.125, 0.03125], result.History.Select(report => report.LearningRate), ScheduleRates.Close);
    }

    [Fact]
    public void Fit_StepsWithTheScheduledRate()
    {
        // One row per epoch, gradient 1 whatever the weight: the weight is the sum of the rates.
        var network = Network<double>.Create(
            inputCount: 1, [Layer.Dense(1) with { HasBiases = false, WeightInitializer = Initializer.Constant(10) }]);
        Trainer.Fit(network, new DenseRows<double>((double[])[1], (double[])[0], inputCount: 1), new TrainingSettings
        {
            Loss = Loss.AbsoluteError,
            Optimizer = new Sgd { LearningRate = 1 },
            Schedule = new StepDecay { EpochsPerStep = 1, Factor = 0.5 },
            NumberOfEpochs = 4,
            NumberOfThreads = 1,
        });
        Assert.Equal(10 - (1 + 0.5 + 0.25 + 0.125), network.Parameters.Values[0]);
    }

    [Theory]
    [MemberData(nameof(Schedules), DisableDiscoveryEnumeration = true)]
    public void Defaults_AreInRange(LearningRateSchedule schedule) => schedule.Validate();

    [Theory]
    [MemberData(nameof(Schedules), DisableDiscoveryEnumeration = true)]
    public void At_AllocatesNothing(LearningRateSchedule schedule)
    {
        Mlp.Schedules.ScheduleState state = schedule.Start(new(LearningRate: 1, StepsPerEpoch: 10, NumberOfEpochs: 10));
        state.At(0);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int step = 0; step < 100; step++)
                state.At(step);
        }));
    }

    private static TrainingResult Fit(LearningRateSchedule schedule, int numberOfEpochs) => Trainer.Fit(
        Network<double>.Create(inputCount: 1, [Layer.Dense(1)]), new DenseRows<double>(
            (double[])[1, 2, 3, 4], (double[])[1, 2, 3, 4], inputCount: 1),
        new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Sgd { LearningRate = 1 },
            // Only the rates matter here; the steps stay small.
            MaximumGradientNorm = 1e-3,
            Schedule = schedule,
            BatchSize = 2,
            NumberOfEpochs = numberOfEpochs,
            NumberOfThreads = 1,
        });
}
