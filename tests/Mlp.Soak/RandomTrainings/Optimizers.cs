using FsCheck;
using FsCheck.Fluent;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Every optimizer and schedule, with any hyper-parameters that are allowed.</summary>
internal static class Optimizers
{
    public static Gen<Optimizer> Any { get; } = Gen.OneOf(Sgd(), Adam(), AdamW(), NAdam(), RmsProp(), Adagrad(), Adadelta(), Lbfgs());

    public static Gen<LearningRateSchedule> AnySchedule { get; } = Gen.Frequency(
        (3, Gen.Constant(LearningRateSchedule.Constant)),
        (1, from length in Gen.Choose(1, 5)
            from factor in Numbers.Part
            select (LearningRateSchedule)new StepDecay
            {
                EpochsPerStep =
            length,
                Factor = factor
            }),
        (1, from epoch in Gen.Choose(1, 5)
            from factor in Numbers.Part
            select (LearningRateSchedule)new MultiStepDecay
            {
                Milestones =
            [epoch, epoch + 1],
                Factor = factor
            }),
        (1, from factor in Numbers.Part select (LearningRateSchedule)new ExponentialDecay { Factor = factor }),
        (1, from power in Numbers.Positive select (LearningRateSchedule)new InverseScaling { Power = power }),
        (1, from warmup in Gen.Elements(0.0, 0.5, 2, 10, 1e300)
            from start in Numbers.Part
            from least in Numbers.Strength
            select (LearningRateSchedule)new CosineAnnealing
            {
                WarmupEpochs = warmup,
                WarmupStartFactor = start,
                MinimumLearningRate = least
            }),
        (1, from up in Numbers.Part
            from first in Gen.Elements(1.0, 25, 1e300)
            from last in Gen.Elements(1.0, 1e4, 1e300)
            from linear in Numbers.Flag
            from one in Numbers.Memory
            from other in Numbers.Memory
            select (LearningRateSchedule)new OneCycle
            {
                WarmupFraction = up,
                DivisionFactor = first,
                FinalDivisionFactor = last,
                Linear = linear,
                LowestMomentum = Math.Min(one, other),
                HighestMomentum = Math.Max(one, other),
            }),
        (1, from factor in Numbers.Part
            from patience in Gen.Choose(0, 2)
            from least in Numbers.Strength
            from relative in Numbers.Flag
            select (LearningRateSchedule)new ReduceOnPlateau
            {
                Factor = factor,
                Patience = patience,
                MinimumLearningRate = least,
                RelativeImprovement = relative
            }));

    /// <summary>The decoupled decay, whose bound depends on the rate.</summary>
    private static Gen<double> DecayFor(double rate) =>
        from part in Gen.Frequency(
            (3, Gen.Constant(0.0)), (1, Gen.Elements(1e-4, 0.5, 0.999)))
        select Math.Min(part / rate, double.MaxValue);

    private static Gen<Optimizer> Sgd() =>
        from rate in Numbers.Positive
        from decay in DecayFor(rate)
        from momentum in Numbers.Memory
        from nesterov in Numbers.Flag
        from dampening in Gen.Elements(0.0, 0, 0.5, 1)
        select (Optimizer)new Sgd
        {
            LearningRate = rate,
            WeightDecay = decay,
            Momentum = momentum,
            Nesterov = nesterov && momentum > 0,
            Dampening = nesterov ? 0 : dampening,
        };

    private static Gen<Optimizer> Adam() =>
        from rate in Numbers.Positive
        from decay in DecayFor(rate)
        from first in Numbers.Memory
        from second in Numbers.Memory
        from epsilon in Numbers.Positive
        from largest in Numbers.Flag
        from uncorrected in Numbers.Flag
        select (Optimizer)new Adam
        {
            LearningRate = rate,
            WeightDecay = decay,
            Beta1 = first,
            Beta2 = second,
            Epsilon = epsilon,
            AmsGrad = largest,
            UncorrectedEpsilon = uncorrected,
        };

    private static Gen<Optimizer> AdamW() =>
        from rate in Gen.Elements(1e-300, 0.001, 0.1, 10)
        from epsilon in Numbers.Positive
        select (Optimizer)new AdamW { LearningRate = rate, Epsilon = epsilon };

    private static Gen<Optimizer> NAdam() =>
        from rate in Numbers.Positive
        from first in Numbers.Memory
        from second in Numbers.Memory
        from epsilon in Numbers.Positive
        from warmup in Numbers.Positive
        select (Optimizer)new NAdam { LearningRate = rate, Beta1 = first, Beta2 = second, Epsilon = epsilon, MomentumDecay = warmup };

    private static Gen<Optimizer> RmsProp() =>
        from rate in Numbers.Positive
        from decay in DecayFor(rate)
        from memory in Numbers.Memory
        from momentum in Numbers.Memory
        from epsilon in Numbers.Positive
        from centered in Numbers.Flag
        select (Optimizer)new RmsProp
        {
            LearningRate = rate,
            WeightDecay = decay,
            Decay = memory,
            Momentum = momentum,
            Epsilon = epsilon,
            Centered = centered,
        };

    private static Gen<Optimizer> Adagrad() =>
        from rate in Numbers.Positive
        from fall in Numbers.Strength
        from start in Numbers.Strength
        from epsilon in Numbers.Positive
        select (Optimizer)new Adagrad { LearningRate = rate, LearningRateDecay = fall, InitialAccumulator = start, Epsilon = epsilon };

    private static Gen<Optimizer> Adadelta() =>
        from rate in Numbers.Positive
        from memory in Numbers.Memory
        from epsilon in Numbers.Positive
        select (Optimizer)new Adadelta { LearningRate = rate, Decay = memory, Epsilon = epsilon };

    private static Gen<Optimizer> Lbfgs() =>
        from rate in Numbers.Positive
        from memory in Gen.Elements(1, 10, int.MaxValue)
        from tolerance in Numbers.Strength
        from steps in Gen.Elements(1, 20, 100)
        select (Optimizer)new Lbfgs { LearningRate = rate, Memory = memory, GradientTolerance = tolerance, MaximumLineSearchSteps = steps };
}
