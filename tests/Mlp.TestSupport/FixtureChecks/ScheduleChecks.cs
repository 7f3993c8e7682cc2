using System.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp.TestSupport;

/// <summary>The rates of optimizers.json, as the schedule says them and as <see cref="Trainer"/> reports them.</summary>
public static class ScheduleChecks
{
    private const int StepCount = 50;

    /// <summary>Loss, outputs and gradient before the first step.</summary>
    public static void Initial<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OptimizerFixture fixture = Fixtures.Optimizers;
        double tolerance = FixtureCheck.Allowed<T>(1e-12, 1e-5);
        Network<T> network = FixtureNetworks.Create<T>(fixture.InitialWeights);
        var gradients = new T[network.Parameters.Length];
        double loss = Trainer.Gradient(network, FixtureNetworks.Rows<T>(fixture.Data), Loss.SoftmaxCrossEntropy, gradients);
        check.Close("loss", loss, fixture.Initial.Loss, tolerance);
        check.Close<T>("gradient", network.Parameters.Tensors, gradients, fixture.Initial.Gradient, tolerance);
        check.Close<T>("outputs", FixtureNetworks.Predict(network, fixture.Data.Inputs), fixture.Initial.Outputs.Data, tolerance);
    }

    /// <summary>50 steps; an epoch is a step.</summary>
    public static void Run<T>(ScheduleCase scheduleCase, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Rates are computed in double, whatever the network's precision.
        const double Tolerance = 1e-14;
        ScheduleParameters values = scheduleCase.Parameters;
        LearningRateSchedule schedule = ScheduleOf(scheduleCase);
        double learningRate = scheduleCase.Name == "oneCycle" ? values.MaxLearningRate : values.LearningRate;

        ScheduleState state = schedule.Start(new ScheduleLength(learningRate, StepsPerEpoch: 1, NumberOfEpochs: StepCount));
        var rates = new StepRates[StepCount];
        for (int step = 0; step < StepCount; step++)
        {
            rates[step] = state.At(step);
            if (scheduleCase.Metrics is not null)
                state.EpochEnded(scheduleCase.Metrics[step]);
        }
        check.Close<double>("rates", [.. rates.Select(each => each.LearningRate)], scheduleCase.Values, Tolerance);
        if (scheduleCase.MomentumValues is not null)
            check.Close<double>("momenta", [.. rates.Select(each => each.Momentum ?? double.NaN)], scheduleCase.MomentumValues, Tolerance);
        if (scheduleCase.Metrics is not null)
        {
            check.Close("rate after the last step", state.At(StepCount).LearningRate, scheduleCase.LearningRateAfterLast!.Value, Tolerance);
            return;
        }

        TrainingResult result = Trainer.Fit(
            FixtureNetworks.Create<T>(Fixtures.Optimizers.InitialWeights), FixtureNetworks.Rows<T>(Fixtures.Optimizers.Data),
            new TrainingSettings
            {
                Loss = Loss.SoftmaxCrossEntropy,
                Optimizer = new Sgd { LearningRate = learningRate },
                Schedule = schedule,
                BatchSize = TrainingSettings.FullBatch,
                NumberOfEpochs = StepCount,
                NumberOfThreads = 1,
            });
        check.Close<double>("reported rates", [.. result.History.Select(report => report.LearningRate)], scheduleCase.Values, Tolerance);
    }

    private static LearningRateSchedule ScheduleOf(ScheduleCase scheduleCase)
    {
        ScheduleParameters values = scheduleCase.Parameters;
        return scheduleCase.Name switch
        {
            "constant" => LearningRateSchedule.Constant,
            "step" => new StepDecay { EpochsPerStep = values.StepSize, Factor = values.Gamma },
            "multiStep" => new MultiStepDecay { Milestones = values.Milestones!, Factor = values.Gamma },
            "exponential" => new ExponentialDecay { Factor = values.Gamma },
            "cosineAnnealing" => new CosineAnnealing { MinimumLearningRate = values.MinLearningRate },
            "linearWarmupCosine" => new CosineAnnealing
            {
                WarmupEpochs = values.WarmupSteps,
                WarmupStartFactor = values.StartFactor,
                MinimumLearningRate = values.MinLearningRate,
            },
            "oneCycle" => new OneCycle
            {
                WarmupFraction = values.WarmupFraction,
                DivisionFactor = values.DivFactor,
                FinalDivisionFactor = values.FinalDivFactor,
                Linear = values.Anneal == "linear",
                LowestMomentum = values.BaseMomentum,
                HighestMomentum = values.MaxMomentum,
            },
            "reduceOnPlateau" => new ReduceOnPlateau
            {
                Factor = values.Factor,
                Patience = values.Patience,
                MinimumImprovement = values.Threshold,
                RelativeImprovement = values.ThresholdMode == "rel",
                Cooldown = values.Cooldown,
                MinimumLearningRate = values.MinLearningRate,
                SmallestChange = values.Epsilon,
            },
            _ => throw new NotSupportedException($"There is no schedule {scheduleCase.Name}."),
        };
    }
}
