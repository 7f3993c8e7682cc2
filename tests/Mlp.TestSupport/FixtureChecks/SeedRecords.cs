namespace Mlp.TestSupport;

/// <summary>seed-000.json.</summary>
public sealed record Seed000Fixture(
    FixtureData Data, FixtureLayer[] InitialWeights, Seed000Initial Initial, Seed000Rules Rules, RuleComparison GradientComparison);

/// <summary>Before the first step.</summary>
public sealed record Seed000Initial(double Loss, double[] Predictions, FixtureMatrix[] SeedRuleGradient, FixtureMatrix[] TrueGradient);

/// <summary>Both trajectories.</summary>
public sealed record Seed000Rules(Seed000Rule SeedRule, Seed000Rule TrueGradient);

/// <summary>One trajectory: epoch e is after e updates.</summary>
public sealed record Seed000Rule(EpochLoss[] Loss, EpochWeights[] WeightsAt, FixtureLayer[] FinalWeights, double[] FinalPredictions);

/// <summary>The loss after some updates.</summary>
public sealed record EpochLoss(int Epoch, double Value);

/// <summary>The weights after some updates, a matrix per layer.</summary>
public sealed record EpochWeights(int Epoch, FixtureMatrix[] Weights);

/// <summary>The article's rule beside the gradient.</summary>
public sealed record RuleComparison(RulePoint[] Points, RuleDraws ThousandRandomInitialDraws, RuleOneHidden OneHiddenLayer);

/// <summary>At some weights: "initial", "seedRule after 10".</summary>
public sealed record RulePoint(string At, double CosineAllLayers, RuleLayer[] PerLayer);

/// <summary>One layer.</summary>
public sealed record RuleLayer(int Layer, double Cosine, double NormRatioSeedOverTrue, double MaxAbsDifference);

/// <summary>Over random starts.</summary>
public sealed record RuleDraws(Spread CosineAllLayers, RuleLayerSpread[] PerLayer);

/// <summary>One layer.</summary>
public sealed record RuleLayerSpread(Spread Cosine, Spread NormRatioSeedOverTrue);

/// <summary>Of many numbers.</summary>
public sealed record Spread(double Min, double Median, double Max);

/// <summary>A network with a single hidden layer.</summary>
public sealed record RuleOneHidden(int[] Sizes, double MaxAbsDifference);

/// <summary>seed-001.json.</summary>
public sealed record Seed001Fixture(
    Seed001Data Data, FixtureLayer[] InitialWeights, Seed001Initial Initial, Seed001Step[] FirstEpochSteps,
        Seed001Trajectory LossTrajectory,
    double FinalLoss, EpochParameters[] ParametersAfterEpochs, FixtureLayer[] FinalWeights, Seed001Predictions FinalPredictions,
    Seed001SinglePredictions Float32FinalPredictions);

/// <summary>Four rows, and three to ask for.</summary>
public sealed record Seed001Data(FixtureMatrix Inputs, double[] Targets, Seed001Probes Probes);

/// <summary>Rows to ask for.</summary>
public sealed record Seed001Probes(double[] EmilyPure, double[] EmilyTorch, double[] Frank);

/// <summary>Before the first step.</summary>
public sealed record Seed001Initial(double Loss, double[] Predictions, FixtureTensors[] FullBatchGradient);

/// <summary>A step on one row.</summary>
public sealed record Seed001Step(double LossBefore, double OutputBefore, FixtureTensors[] Gradient, FixtureTensors[] ParametersAfter);

/// <summary>The loss of every tenth epoch, in double and by two single-precision programs.</summary>
public sealed record Seed001Trajectory(int[] Epochs, double[] Values, double[] Float32NumPy, double[] Float32Torch);

/// <summary>The parameters after some epochs.</summary>
public sealed record EpochParameters(int Epochs, FixtureTensors[] Parameters);

/// <summary>Of the rows and of those to ask for.</summary>
public sealed record Seed001Predictions(double[] Rows, double EmilyPure, double EmilyTorch, double Frank);

/// <summary>By two single-precision programs.</summary>
public sealed record Seed001SinglePredictions(Seed001Predictions Numpy, Seed001Predictions Torch);

/// <summary>seed-002.json.</summary>
public sealed record Seed002Fixture(Seed002Data Data, Seed002Net[] Nets);

/// <summary>Two moons.</summary>
public sealed record Seed002Data(FixtureMatrix Inputs, int[] Labels);

/// <summary>The network with some number of hidden units.</summary>
public sealed record Seed002Net(
    int Hidden, FixtureLayer[] InitialWeights, Seed002Initial Initial, Seed002Cost Cost, double FinalCost,
        IterationParameters[] ParametersAfterIterations,
    FixtureLayer[] FinalWeights, FixtureMatrix FinalOutputs, int[] FinalClasses, double FinalAccuracy, Seed002Grid? Grid,
    Seed002Observed ObservedDifferences);

/// <summary>Before the first step.</summary>
public sealed record Seed002Initial(double Cost, FixtureMatrix Outputs, FixtureTensors[] Gradient);

/// <summary>The cost before some updates.</summary>
public sealed record Seed002Cost(int[] Iterations, double[] Values);

/// <summary>The parameters after some updates.</summary>
public sealed record IterationParameters(int Iterations, FixtureTensors[] Parameters);

/// <summary>Outputs at (X[c], Y[r]), row after row.</summary>
public sealed record Seed002Grid(double[] X, double[] Y, FixtureMatrix Outputs, int[] Classes, double SmallestOutputGap);

/// <summary>How the article's own arithmetic fares.</summary>
public sealed record Seed002Observed(Seed002Arithmetic DoubleSeedArithmetic);

/// <summary>The iteration whose outputs make its cost NaN; null for never.</summary>
public sealed record Seed002Arithmetic(int? BecomesNaNAtIteration, int? BecomesNaNAtIterationFloat32);

/// <summary>seed-003.json.</summary>
public sealed record Seed003Fixture(Seed003GradientCheck GradientCheck, Seed003Training Training);

/// <summary>The numerical beside the analytic gradient, on five images.</summary>
public sealed record Seed003GradientCheck(
    Seed003Images Data, FixtureLayer[] InitialWeights, double Loss, double LossWithDelta, FixtureMatrix Probabilities,
        Seed003Tensors AnalyticGradient,
    Seed003Tensors NumericalGradient, Seed003Differences Differences);

/// <summary>Bytes of the images and their digits.</summary>
public sealed record Seed003Images(string ImagesBase64, int[] Labels);

/// <summary>Of both layers.</summary>
public sealed record Seed003Tensors(FixtureMatrix W1, FixtureMatrix B1, FixtureMatrix W2, FixtureMatrix B2)
{
    /// <summary>In the order of a network's tensors.</summary>
    public FixtureMatrix[] InOrder => [W1, B1, W2, B2];
}

/// <summary>What the two gradients differ by.</summary>
public sealed record Seed003Differences(Seed003Difference NumericalMinusAnalytic);

/// <summary>Of both layers.</summary>
public sealed record Seed003Difference(MaxAndMean W1, MaxAndMean B1, MaxAndMean W2, MaxAndMean B2)
{
    /// <summary>In the order of a network's tensors.</summary>
    public MaxAndMean[] InOrder => [W1, B1, W2, B2];
}

/// <summary>Of absolute values.</summary>
public sealed record MaxAndMean(double MaxAbs, double MeanAbs);

/// <summary>The long training: what can be checked without its images.</summary>
public sealed record Seed003Training(Seed003Initialization Initialization, Seed003BatchIndices BatchIndices);

/// <summary>Check values of the first weights.</summary>
public sealed record Seed003Initialization(double[] W1First5, double W1Last, double W1Sum, double[] W2First5, double W2Last, double W2Sum);

/// <summary>Check values of the row indices.</summary>
public sealed record Seed003BatchIndices(int[] First200, int[] Last10, long Sum, string Sha256OfAllAsLittleEndianInt32);

/// <summary>seed-004.json.</summary>
public sealed record Seed004Fixture(Seed004Data Data, Seed004Nets Nets);

/// <summary>Ten rows.</summary>
public sealed record Seed004Data(FixtureMatrix Inputs, double[] Targets);

/// <summary>Both networks.</summary>
public sealed record Seed004Nets(Seed004Net Hidden4, Seed004Net LogisticRegression);

/// <summary>One network.</summary>
public sealed record Seed004Net(
    FixtureLayer[] InitialWeights, Seed004Initial Initial, Seed004Epoch[] Epochs, FixtureLayer[] FinalWeights, double FinalLossSum,
    double[] FinalPredictions, double FinalAccuracy);

/// <summary>Before the first step.</summary>
public sealed record Seed004Initial(double LossSum, double[] Outputs, FixtureMatrix[] Gradient);

/// <summary>Loss, outputs and accuracy before the epoch's update, weights after it.</summary>
public sealed record Seed004Epoch(int Epoch, double LossSum, double[] Outputs, double Accuracy, FixtureMatrix[] WeightsAfter);
