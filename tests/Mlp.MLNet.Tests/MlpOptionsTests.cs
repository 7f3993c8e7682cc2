using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class MlpOptionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void PlainOptions_AreThoseOfTheEngine()
    {
        var options = new MlpBinaryTrainer.Options(MlpPreset.Plain);
        var settings = new TrainingSettings { Loss = Loss.BinaryCrossEntropy };
        Assert.Equal(("Label", "Features", null), (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
        Assert.Equal([64, 32], options.HiddenLayerSizes!);
        Assert.Equal((Activation.Relu, true, null, null, null), (options.Activation, options.HasBiases, options.WeightInitializer, options.NormalizeFeatures, options.Seed));
        Assert.Equal(settings, options.ToTrainingSettings(Loss.BinaryCrossEntropy, seed: 0));
        Assert.Equal(new EnsembleSettings(), options.ToEnsembleSettings());
    }

    [Fact]
    public void EveryOption_ReachesTheTraining()
    {
        void OnEpoch(EpochResult report)
        {
        }
        using var cancellation = new CancellationTokenSource();
        var options = new MlpBinaryTrainer.Options(MlpPreset.Plain)
        {
            Optimizer = new Sgd { Momentum = 0.5 },
            Schedule = new StepDecay(),
            BatchSize = 7,
            NumberOfEpochs = 9,
            Shuffle = false,
            LabelSmoothing = 0.1,
            L2Regularization = 0.25,
            L1Regularization = 0.125,
            RegularizeBiases = true,
            MaximumGradientNorm = 3,
            MaximumGradientValue = 5,
            DropoutRates = [0.25],
            EarlyStopping = new EarlyStopping { Patience = 3 },
            NumberOfThreads = 2,
            EpochCallback = OnEpoch,
            CancellationToken = cancellation.Token,
            ReturnBestOnCancellation = true,
            Checkpoint = new Checkpoint("c"),
            HiddenLayerSizes = [4],
            Activation = Activation.Elu,
            WeightInitializer = Initializer.LeCunUniform,
            BiasInitializer = Initializer.Constant(2),
            HasBiases = false,
        };
        var expected = new TrainingSettings
        {
            Loss = Loss.BinaryFocal(),
            Optimizer = new Sgd { Momentum = 0.5 },
            Schedule = new StepDecay(),
            BatchSize = 7,
            NumberOfEpochs = 9,
            Shuffle = false,
            LabelSmoothing = 0.1,
            L2Regularization = 0.25,
            L1Regularization = 0.125,
            RegularizeBiases = true,
            MaximumGradientNorm = 3,
            MaximumGradientValue = 5,
            DropoutRates = options.DropoutRates,
            EarlyStopping = new EarlyStopping { Patience = 3 },
            Seed = 11,
            NumberOfThreads = 2,
            EpochCallback = OnEpoch,
            CancellationToken = cancellation.Token,
            ReturnBestOnCancellation = true,
            Checkpoint = new Checkpoint("c"),
        };
        Assert.Equal(expected, options.ToTrainingSettings(Loss.BinaryFocal(), seed: 11));
        Assert.Equal(
            [
                Layer.Dense(4, Activation.Elu) with { HasBiases = false, WeightInitializer = Initializer.LeCunUniform, BiasInitializer = Initializer.Constant(2) },
                Layer.Dense(3) with { HasBiases = false, WeightInitializer = Initializer.LeCunUniform, BiasInitializer = Initializer.Constant(2) },
            ],
            options.ToLayers(options.HiddenLayerSizes, outputCount: 3));
    }

    public static TheoryData<Action<MlpBinaryTrainer.Options>, string, string> WrongOptions => new()
    {
        { options => options.LabelColumnName = null!, "LabelColumnName", "LabelColumnName is null; give the name of the label column." },
        { options => options.FeatureColumnName = "", "FeatureColumnName", "FeatureColumnName is empty; give the name of the feature column." },
        { options => options.ExampleWeightColumnName = "", "ExampleWeightColumnName", "ExampleWeightColumnName is empty; give the name of the example weight column." },
        { options => options.HiddenLayerSizes = [8, 0], "HiddenLayerSizes", "HiddenLayerSizes[1] is 0; every hidden layer needs at least 1 unit. For a linear model pass an empty array." },
        { options => options.Activation = (Activation)99, "Activation", "Activation is 99; it must be one of Identity, Sigmoid, Tanh, Relu, LeakyRelu, Elu, Selu, Gelu, Silu, Mish, Softplus." },
        { options => options.BatchSize = 0, "BatchSize", "BatchSize is 0; it must be at least 1; for all rows use TrainingSettings.FullBatch." },
        { options => options.NumberOfEpochs = -1, "NumberOfEpochs", "NumberOfEpochs is -1; it must be at least 1." },
        { options => options.L2Regularization = double.NaN, "L2Regularization", "L2Regularization is NaN; it must be at least 0 and finite." },
        { options => options.MaximumGradientNorm = 0, "MaximumGradientNorm", "MaximumGradientNorm is 0; it must be positive." },
        { options => options.MaximumGradientValue = -1, "MaximumGradientValue", "MaximumGradientValue is -1; it must be positive." },
        { options => options.L1Regularization = -1, "L1Regularization", "L1Regularization is -1; it must be at least 0 and finite." },
        { options => options.LabelSmoothing = 1, "LabelSmoothing", "LabelSmoothing is 1; it must be in [0, 1)." },
        { options => options.DropoutRates = [1], "DropoutRates[0]", "DropoutRates[0] is 1; it must be in [0, 1)." },
        {
            options => (options.HiddenLayerSizes, options.DropoutRates) = ([8, 8], [0.1, 0.2, 0.3]), "DropoutRates",
            "DropoutRates has 3 values for 2 hidden layers. Give one per hidden layer, or one for all."
        },
        {
            options => (options.HiddenLayerSizes, options.DropoutRates) = (null, [0.1, 0.2]), "DropoutRates",
            "DropoutRates has 2 values for as many hidden layers as the number of rows says (HiddenLayerSizes is null). Give one per hidden layer, or one for all."
        },
        { options => options.ValidationFraction = 1, "ValidationFraction", "ValidationFraction is 1; it must be in (0, 1)." },
        { options => options.NumberOfNetworks = 0, "NumberOfNetworks", "NumberOfNetworks is 0; it must be from 1 to 1,000." },
        { options => options.Normalization = (FeatureNormalization)7, "Normalization", "Normalization is 7; it must be one of Standard, Robust." },
        { options => options.NumericEmbedding = new NumericEmbedding { Outputs = 0 }, "Outputs", "Outputs of NumericEmbedding is 0; it must be at least 1." },
        { options => options.EarlyStopping = new EarlyStopping { Patience = 0 }, "Patience", "Patience is 0; it must be at least 1." },
        { options => options.Loss = null!, "Loss", "Value cannot be null." },
        { options => options.BiasInitializer = null!, "BiasInitializer", "Value cannot be null." },
        { options => options.NumberOfThreads = 0, "NumberOfThreads", "NumberOfThreads is 0; it must be from 1 to 1,024." },
        {
            options => options.Checkpoint = new Checkpoint("c"), "Seed",
            "Checkpoint is set, but Seed is not; a training that goes on from a file must draw the numbers of the one that wrote it. Set Seed, for example to 1."
        },
        {
            options => (options.Checkpoint, options.Seed) = (new Checkpoint("c") { EveryEpochs = 0 }, 1), "EveryEpochs",
            "EveryEpochs is 0; it must be at least 1."
        },
        { options => options.Optimizer = new Adam { LearningRate = 0 }, "LearningRate", "LearningRate is 0; it must be positive and finite." },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void WrongOption_IsNamedBeforeAnythingStarts(Action<MlpBinaryTrainer.Options> set, string parameter, string message)
    {
        var options = new MlpBinaryTrainer.Options();
        set(options);
        var exception = Assert.ThrowsAny<ArgumentException>(() => _ml.BinaryClassification.Trainers.Mlp(options));
        Assert.Equal(parameter, exception.ParamName);
        Assert.StartsWith(message, exception.Message);
    }

    [Fact]
    public void NullOptimizer_IsNamed()
    {
        var options = new MlpBinaryTrainer.Options { Optimizer = null! };
        Assert.Throws<ArgumentNullException>("Optimizer", () => _ml.BinaryClassification.Trainers.Mlp(options));
    }
}
