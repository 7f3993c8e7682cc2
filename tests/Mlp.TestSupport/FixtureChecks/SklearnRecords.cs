namespace Mlp.TestSupport;

/// <summary>sklearn-mlp.json.</summary>
public sealed record SklearnFixture(SklearnData Data, SklearnRun[] Runs);

/// <summary>The three tables.</summary>
public sealed record SklearnData(
    SklearnTable Iris, [property: System.Text.Json.Serialization.JsonPropertyName("breast_cancer")] SklearnTable BreastCancer,
        SklearnTable Diabetes);

/// <summary>Labels for classification, targets for regression.</summary>
public sealed record SklearnTable(FixtureMatrix Inputs, int[]? Labels, double[]? Targets);

/// <summary>One fit; every loss includes the penalty.</summary>
public sealed record SklearnRun(
    string Id, string Task, string Dataset, string Solver, int MaxIter, double Alpha, string Loss, string Activation,
        FixtureLayer[] InitialWeights,
    SklearnInitial Initial, int Iterations, double FinalLoss, double FinalObjective, double FinalGradientMaxAbs,
        FixtureLayer[] FinalWeights,
    SklearnRows First20, SklearnScore TrainScore, FixtureHyperParameters HyperParameters, double[]? LossCurve,
        double[]? ObjectiveAtEachEvaluation,
    SklearnOtherMethod[]? OtherMethods);

/// <summary>Before the first step; the gradient includes the penalty's.</summary>
public sealed record SklearnInitial(double Objective, double Penalty, FixtureTensors[] Gradient);

/// <summary>What is said of rows 0 … 19: classes (or values), and for classification the probability of every class.</summary>
public sealed record SklearnRows(double[] Predictions, FixtureMatrix? Probabilities);

/// <summary>Accuracy for classification, the other two for regression.</summary>
public sealed record SklearnScore(double? Accuracy, int? Correct, double? RSquared, double? Rmse);

/// <summary>Where another minimizer ends.</summary>
public sealed record SklearnOtherMethod(string Method, double Objective);
