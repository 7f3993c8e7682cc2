using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>Compares twenty full-batch steps of <see cref="Trainer"/> with a case of optimizers.json.</summary>
public static class OptimizerFixtureCheck
{
    /// <summary>Losses before each step and after the last, gradient norms, and parameters; returns the largest deviation.</summary>
    public static double Run<T>(OptimizerCase optimizerCase, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OptimizerFixture fixture = Fixtures.Optimizers;
        (string id, int stepCount, double worst) = (optimizerCase.Id, optimizerCase.LossBeforeStep.Length, 0);
        Network<T> network = FixtureNetworks.Create<T>(fixture.InitialWeights);
        // One epoch is one step; one epoch more tells the loss after the last step.
        TrainingResult result = Trainer.Fit(network, FixtureNetworks.Rows<T>(fixture.Data), SettingsOf(optimizerCase) with
        {
            NumberOfEpochs = stepCount + 1,
            EpochCallback = report => worst = Math.Max(worst, CompareParameters(network, optimizerCase, report.Epoch, tolerance)),
        });

        double[] losses = [.. result.History.Select(report => report.Loss)];
        double[] norms = [.. result.History.Take(stepCount).Select(report => report.GradientNorm)];
        worst = Math.Max(worst, Tolerance.AssertClose<double>(
            $"{id} losses", losses, [.. optimizerCase.LossBeforeStep, optimizerCase.LossAfterLastStep], tolerance));
        return Math.Max(worst, Tolerance.AssertClose<double>(
            $"{id} gradient norms", norms, optimizerCase.GradientNormBeforeClipping, tolerance));
    }

    private static TrainingSettings SettingsOf(OptimizerCase optimizerCase)
    {
        (FixtureHyperParameters values, FixtureClipping? clipping) = (optimizerCase.HyperParameters, optimizerCase.Clipping);
        return new TrainingSettings
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = OptimizerOf(optimizerCase.Rule, values),
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
            // Everywhere but in AdamW the decay is part of the gradient.
            L2Regularization = optimizerCase.Rule == "adamw" ? 0 : values.WeightDecay,
            RegularizeBiases = true,
            MaximumGradientNorm = clipping?.By == "globalNorm" ? clipping.MaxNorm : double.PositiveInfinity,
            MaximumGradientValue = clipping?.By == "value" ? clipping.Limit : double.PositiveInfinity,
            NumberOfThreads = 1,
        };
    }

    private static Optimizer OptimizerOf(string rule, FixtureHyperParameters values) => rule switch
    {
        "sgd" => new Sgd
        {
            LearningRate = values.LearningRate,
            Momentum = values.Momentum,
            Dampening = values.Dampening,
            Nesterov = values.Nesterov
        },
        "adam" => new Adam
        {
            LearningRate = values.LearningRate,
            Beta1 = values.Beta1,
            Beta2 = values.Beta2,
            Epsilon = values.Epsilon,
            AmsGrad = values.Amsgrad,
        },
        "adamw" => new AdamW
        {
            LearningRate = values.LearningRate,
            Beta1 = values.Beta1,
            Beta2 = values.Beta2,
            Epsilon = values.Epsilon,
            AmsGrad = values.Amsgrad,
            WeightDecay = values.WeightDecay,
        },
        "nadam" => new NAdam
        {
            LearningRate = values.LearningRate,
            Beta1 = values.Beta1,
            Beta2 = values.Beta2,
            Epsilon = values.Epsilon,
            MomentumDecay = values.MomentumDecay,
        },
        "rmsprop" => new RmsProp
        {
            LearningRate = values.LearningRate,
            Decay = values.Alpha,
            Momentum = values.Momentum,
            Centered = values.Centered,
            Epsilon = values.Epsilon,
        },
        "adagrad" => new Adagrad
        {
            LearningRate = values.LearningRate,
            LearningRateDecay = values.LearningRateDecay,
            InitialAccumulator = values.InitialAccumulator,
            Epsilon = values.Epsilon,
        },
        "adadelta" => new Adadelta { LearningRate = values.LearningRate, Decay = values.Rho, Epsilon = values.Epsilon },
        _ => throw new NotSupportedException($"There is no optimizer for the rule {rule}."),
    };

    private static double CompareParameters<T>(Network<T> network, OptimizerCase optimizerCase, int steps, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FixtureSnapshot? snapshot = optimizerCase.ParametersAfter.SingleOrDefault(snapshot => snapshot.Steps == steps);
        return snapshot is null ? 0 : network.Parameters.Tensors.Max(tensor => Tolerance.AssertClose<T>(
            $"{optimizerCase.Id} {tensor.Name} after {steps} steps",
            network.Parameters[tensor],
            FixtureNetworks.Values(snapshot.Parameters, tensor),
            tolerance));
    }
}
