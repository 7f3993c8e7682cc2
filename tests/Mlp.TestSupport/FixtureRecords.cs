namespace Mlp.TestSupport;

/// <summary>Row-major.</summary>
public sealed record FixtureMatrix(int[] Shape, double[] Data);

/// <summary>Weights [outputs x inputs] and bias [outputs] of a layer, or their gradients; no bias where the layer has none.</summary>
public sealed record FixtureTensors(FixtureMatrix Weights, double[]? Bias);

/// <summary>A layer with its parameters.</summary>
public sealed record FixtureLayer(int Inputs, int Outputs, string Activation, FixtureMatrix Weights, double[]? Bias);

/// <summary>The rows of a case; every weight is 1 where there are none.</summary>
public sealed record FixtureData(FixtureMatrix Inputs, FixtureMatrix Targets, double[]? SampleWeights);

/// <summary>gradients.json.</summary>
public sealed record GradientFixture(GradientCase[] Cases);

/// <summary>One network, one batch, one loss.</summary>
public sealed record GradientCase(
    string Id, string Kind, string Activation, string Loss, FixtureLayer[] Layers, FixtureData Data, GradientExpectation Expected,
        double LargestAbsGradient);

/// <summary>What torch computed.</summary>
public sealed record GradientExpectation(
    double Loss, double[] RowLosses, FixtureMatrix Outputs, FixtureTensors[] Gradients, FixtureMatrix InputGradient);

/// <summary>optimizers.json.</summary>
public sealed record OptimizerFixture(
    FixtureData Data, FixtureLayer[] InitialWeights, OptimizerInitial Initial, OptimizerCase[] Optimizers, ScheduleCase[] Schedules);

/// <summary>Before the first step.</summary>
public sealed record OptimizerInitial(double Loss, FixtureMatrix Outputs, FixtureTensors[] Gradient);

/// <summary>One rule with its hyper-parameters.</summary>
public sealed record OptimizerCase(
    string Id, string Rule, FixtureHyperParameters HyperParameters, FixtureClipping? Clipping, double[] LossBeforeStep,
        double LossAfterLastStep,
    double[] GradientNormBeforeClipping, FixtureSnapshot[] ParametersAfter);

/// <summary>Those of every rule; what a rule does not have is 0 or false.</summary>
public sealed record FixtureHyperParameters(
    double LearningRate, double Momentum, double Dampening, bool Nesterov, double WeightDecay, double Beta1, double Beta2, double Epsilon,
        bool Amsgrad,
    double Alpha, bool Centered, double LearningRateDecay, double InitialAccumulator, double Rho, double MomentumDecay);

/// <summary>The rates of 50 steps; momenta for one-cycle, metrics shown after each step for reduce-on-plateau.</summary>
public sealed record ScheduleCase(
    string Name, ScheduleParameters Parameters, double[] Values, double[]? MomentumValues, double[]? Metrics,
        double? LearningRateAfterLast);

/// <summary>Those of every schedule; what a schedule does not have is 0 or null.</summary>
public sealed record ScheduleParameters(
    double LearningRate, int StepSize, double Gamma, int[]? Milestones, double MinLearningRate, int Period, int WarmupSteps,
        double StartFactor,
    double MaxLearningRate, int TotalSteps, double WarmupFraction, string? Anneal, double DivFactor, double FinalDivFactor,
        double BaseMomentum,
    double MaxMomentum, double Factor, int Patience, double Threshold, string? ThresholdMode, int Cooldown, double Epsilon);

/// <summary>By "globalNorm" with a MaxNorm or by "value" with a Limit.</summary>
public sealed record FixtureClipping(string By, double MaxNorm, double Limit);

/// <summary>The parameters after some steps.</summary>
public sealed record FixtureSnapshot(int Steps, FixtureTensors[] Parameters);
