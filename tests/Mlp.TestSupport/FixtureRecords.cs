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
public sealed record OptimizerFixture(FixtureData Data, FixtureLayer[] InitialWeights, OptimizerCase[] Optimizers);

/// <summary>One rule with its hyper-parameters.</summary>
public sealed record OptimizerCase(
    string Id, string Rule, FixtureHyperParameters HyperParameters, FixtureClipping? Clipping,
    double[] LossBeforeStep, double LossAfterLastStep,
    double[] GradientNormBeforeClipping, FixtureSnapshot[] ParametersAfter);

/// <summary>Those of SGD and of Adam; what a rule does not have is 0 or false.</summary>
public sealed record FixtureHyperParameters(
    double LearningRate, double Momentum, double Dampening, bool Nesterov, double WeightDecay,
    double Beta1, double Beta2, double Epsilon, bool Amsgrad);

/// <summary>By "globalNorm" with a MaxNorm or by "value" with a Limit.</summary>
public sealed record FixtureClipping(string By, double MaxNorm, double Limit);

/// <summary>The parameters after some steps.</summary>
public sealed record FixtureSnapshot(int Steps, FixtureTensors[] Parameters);
