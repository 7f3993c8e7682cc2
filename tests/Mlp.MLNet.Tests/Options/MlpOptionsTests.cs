using Microsoft.ML;
using Mlp.MLNet.Options;

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
        ResolvedOptions resolved = options.Resolve();
        Assert.Equal([64, 32], resolved.HiddenLayerSizes!);
        Assert.Equal(
            (Activation.Relu, true, Initializer.Automatic, null, null),
            (resolved.Activation, resolved.HasBiases, resolved.WeightInitializer, resolved.NormalizeFeatures, resolved.Seed));
        Assert.Equal(settings, options.Resolve().ToTrainingSettings(seed: 0, rowCount: 0));
        Assert.Equal(new EnsembleSettings(), options.Resolve().ToEnsembleSettings(rowCount: 100, hasValidation: false));
    }

    [Fact]
    public void EveryOption_ReachesTheTraining()
    {
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
            ReturnBestOnCancellation = true,
            Checkpoint = new Checkpoint("c"),
            Loss = Loss.BinaryFocal(),
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
            ReturnBestOnCancellation = true,
            Checkpoint = new Checkpoint("c"),
        };
        ResolvedOptions resolved = options.Resolve();
        Assert.Equal(expected, resolved.ToTrainingSettings(seed: 11, rowCount: 0));
        Assert.Equal(
            [
                Layer.Dense(4, Activation.Elu)
                    with { HasBiases = false, WeightInitializer = Initializer.LeCunUniform, BiasInitializer = Initializer.Constant(2) },
                Layer.Dense(3)
                    with { HasBiases = false, WeightInitializer = Initializer.LeCunUniform, BiasInitializer = Initializer.Constant(2) },
            ],
            resolved.ToLayers(options.HiddenLayerSizes, outputCount: 3, Activation.Identity));
    }

    public static TheoryData<Action<MlpBinaryTrainer.Options>, string, string> WrongOptions => new()
    {
        { options => options.LabelColumnName = null!, "LabelColumnName", "LabelColumnName is null; give the name of the label column." },
        { options => options.FeatureColumnName = "", "FeatureColumnName",
            "FeatureColumnName is empty; give the name of the feature column." },
        { options => options.ExampleWeightColumnName = "", "ExampleWeightColumnName",
            "ExampleWeightColumnName is empty; give the name of the example weight column." },
        { options => options.CategoricalColumnNames = ["Shop", ""], "CategoricalColumnNames[1]",
            "CategoricalColumnNames[1] is empty; give the name of the categorical column." },
        { options => options.CategoricalColumnNames = [null!], "CategoricalColumnNames[0]",
            "CategoricalColumnNames[0] is null; give the name of the categorical column." },
        { options => options.CategoricalColumnNames = ["Shop", "Day", "Shop"], "CategoricalColumnNames",
            "CategoricalColumnNames[2] is 'Shop', which is CategoricalColumnNames[0]; each column has one use. Leave it out." },
        { options => options.CategoricalColumnNames = ["Features"], "CategoricalColumnNames",
            "CategoricalColumnNames[0] is 'Features', which is the feature column; each column has one use. Leave it out." },
        { options => options.CategoricalColumnNames = ["Shop", "Label"], "CategoricalColumnNames",
            "CategoricalColumnNames[1] is 'Label', which is the label column; each column has one use. Leave it out." },
        { options => (options.CategoricalColumnNames, options.ExampleWeightColumnName) = (["W"], "W"), "CategoricalColumnNames",
            "CategoricalColumnNames[0] is 'W', which is the example weight column; each column has one use. Leave it out." },
        { options => (options.CategoricalColumnNames, options.CategoricalEmbedding) = (["Shop"], CategoricalEmbedding.None),
            "CategoricalEmbedding", "CategoricalEmbedding is none, and CategoricalColumnNames has 'Shop'; a network takes a key as an "
                + "embedding. Set CategoricalEmbedding to null, or CategoricalColumnNames to null." },
        { options => options.MinimumExampleCountPerSlot = 0, "MinimumExampleCountPerSlot",
            "MinimumExampleCountPerSlot is 0; it must be at least 1." },
        { options => options.HiddenLayerSizes = [8, 0], "HiddenLayerSizes",
            "HiddenLayerSizes[1] is 0; every hidden layer needs at least 1 unit. For a linear model pass an empty array." },
        { options => options.Activation = (Activation)99, "Activation",
            $"Activation is 99; it must be one of {string.Join(", ", Enum.GetNames<Activation>())}." },
        { options => options.BatchSize = 0, "BatchSize",
            "BatchSize is 0; it must be at least 1; for all rows use TrainingSettings.FullBatch." },
        { options => options.NumberOfEpochs = -1, "NumberOfEpochs", "NumberOfEpochs is -1; it must be at least 1." },
        { options => options.L2Regularization = double.NaN, "L2Regularization",
            "L2Regularization is NaN; it must be at least 0 and finite." },
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
            "DropoutRates has 2 values for as many hidden layers as the number of rows says (HiddenLayerSizes is null). Give one per "
                + "hidden layer, or one for all."
        },
        { options => options.ValidationFraction = 1, "ValidationFraction", "ValidationFraction is 1; it must be in (0, 1)." },
        { options => options.NumberOfNetworks = 0, "NumberOfNetworks", "NumberOfNetworks is 0; it must be from 1 to 1,000." },
        { options => options.Normalization = (FeatureNormalization)7, "Normalization",
            "Normalization is 7; it must be one of Standard, Robust, Adaptive." },
        { options => options.NumericEmbedding = new NumericEmbedding { Outputs = 0 }, "Outputs",
            "Outputs of NumericEmbedding is 0; it must be at least 1." },
        { options => options.EarlyStopping = new EarlyStopping { Patience = 0 }, "Patience", "Patience is 0; it must be at least 1." },
        { options => options.NumberOfThreads = 0, "NumberOfThreads", "NumberOfThreads is 0; it must be from 1 to 1,024." },
        {
            options => options.Checkpoint = new Checkpoint("c"), "Seed",
            "Checkpoint is set, but Seed is not; a training that goes on from a file must draw the numbers of the one that wrote it. Set "
                + "Seed, for example to 1."
        },
        {
            options => (options.Checkpoint, options.Seed) = (new Checkpoint("c") { EveryEpochs = 0 }, 1), "EveryEpochs",
            "EveryEpochs is 0; it must be at least 1."
        },
        { options => options.Optimizer = new Adam { LearningRate = 0 }, "LearningRate",
            "LearningRate is 0; it must be positive and finite." },
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
    public void CategoricalColumnNames_AreCopied_AndShown()
    {
        var options = new MlpRegressionTrainer.Options(MlpPreset.Plain);
        Assert.Contains("CategoricalColumnNames = none", options.ToString().Split(Environment.NewLine));
        options.CategoricalColumnNames = ["Shop", "Day"];
        MlpOptions copy = options.Copy();
        options.CategoricalColumnNames[0] = "Other";
        Assert.Equal(["Shop", "Day"], copy.CategoricalColumnNames!);
        Assert.Contains("CategoricalColumnNames = [Shop, Day]", copy.ToString().Split(Environment.NewLine));
        // The preset keeps its word for ranges of the features; a key can only be an embedding.
        ResolvedOptions resolved = copy.Validate();
        Assert.Equal((CategoricalEmbedding.None, new CategoricalEmbedding()), (resolved.CategoricalEmbedding, resolved.KeyEmbedding));
        copy.CategoricalEmbedding = new CategoricalEmbedding { MaximumWidth = 3, UnknownRate = 0.5 };
        resolved = copy.Resolve();
        Assert.Equal((3, 0.5), (resolved.KeyEmbedding.MaximumWidth, resolved.ToTrainingSettings(1, rowCount: 0).CategoryDropoutRate));
    }

    [Fact]
    public void NullAfterAValue_LeavesItToThePresetAgain()
    {
        var options = new MlpBinaryTrainer.Options
        {
            Optimizer = new Sgd(),
            Loss = Loss.SquaredError,
            NumberOfEpochs = 3,
            DropoutRates = [0.5]
        };
        (options.Optimizer, options.Loss, options.NumberOfEpochs, options.DropoutRates) = (null, null, null, null);
        Assert.Equal(new MlpBinaryTrainer.Options().ToString(), options.ToString());
    }

    [Fact]
    public void LearningRate_IsThatOfTheOptimizerInForce()
    {
        var options = new MlpBinaryTrainer.Options { LearningRate = 0.01 };
        Assert.Equal(new Adam { LearningRate = 0.01, Beta2 = 0.95 }, options.Resolve().Optimizer);
        options.Optimizer = new Sgd { LearningRate = 0.5, Momentum = 0.9 };
        Assert.Equal(new Sgd { LearningRate = 0.01, Momentum = 0.9 }, options.Resolve().Optimizer);
        options.LearningRate = null;
        Assert.Equal(0.5, options.Resolve().LearningRate);
    }

    [Theory]
    [InlineData(MlpPreset.Plain)]
    [InlineData(MlpPreset.Default)]
    public void WhatAPresetHas_CanBeTakenBack(MlpPreset preset)
    {
        var options = new MlpRegressionTrainer.Options(preset)
        {
            EarlyStopping = EarlyStopping.None,
            NumericEmbedding = NumericEmbedding.None,
            HiddenLayerSizes = MlpOptions.HiddenLayerSizesFor(1000),
            WeightInitializer = Initializer.Automatic,
            BiasInitializer = Initializer.Constant(2),
            OutputInitializer = Initializer.Automatic,
            DropoutRates = [],
        };
        ResolvedOptions resolved = options.Resolve();
        var settings = resolved.ToTrainingSettings(seed: 0, rowCount: 0);
        Assert.Null(settings.EarlyStopping);
        Assert.Empty(settings.DropoutRates);
        Assert.Null(resolved.NumericEmbedding.For(new RowBlocks<float>([0.5f, 2], 1), () => { }));
        Assert.Equal([128, 128], resolved.HiddenLayerSizes!);
        Assert.All(
            resolved.ToLayers([3], 1, Activation.Identity),
            layer => Assert.Equal((Initializer.Automatic, Initializer.Constant(2)), (layer.WeightInitializer, layer.BiasInitializer)));
        Assert.Contains("EarlyStopping = none", options.ToString().Split(Environment.NewLine));
        Assert.Contains("NumericEmbedding = none", options.ToString().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData(0, 16, 0.003, 80)]
    [InlineData(999, 16, 0.003, 80)]
    [InlineData(1_000, 64, 0.0045, 40)]
    [InlineData(60_000, 64, 0.0045, 40)]
    [InlineData(100_000, 64, 0.0045, 24)]
    [InlineData(10_000_000_000, 64, 0.0045, 8)]
    public void Recipe_FollowsTheNumberOfRows(long rowCount, int batchSize, double learningRate, int epochs)
    {
        Assert.Equal(epochs, MlpOptions.NumberOfEpochsFor(rowCount));
        Assert.Equal((batchSize, learningRate, epochs), Recipe(new MlpBinaryTrainer.Options()));
        Assert.Equal((null, 0.001, 100), Recipe(new MlpBinaryTrainer.Options(MlpPreset.Plain)));
        Assert.Equal((null, new Lbfgs().LearningRate, 80), Recipe(new MlpBinaryTrainer.Options { Optimizer = new Lbfgs() }));
        Assert.Equal((batchSize, 0.5, epochs), Recipe(new MlpBinaryTrainer.Options { Optimizer = new Sgd { LearningRate = 0.5 } }));
        Assert.Equal((9, 0.25, 7), Recipe(new MlpBinaryTrainer.Options { BatchSize = 9, LearningRate = 0.25, NumberOfEpochs = 7 }));

        (int? BatchSize, double LearningRate, int Epochs) Recipe(MlpOptions options)
        {
            var settings = options.Resolve().ToTrainingSettings(seed: 0, rowCount);
            return (settings.BatchSize, settings.Optimizer.LearningRate, settings.NumberOfEpochs);
        }
    }

    [Fact]
    public void WhatTheRowsDecide_IsSaidInWords()
    {
        string[] lines = new MlpBinaryTrainer.Options().ToString().Split(Environment.NewLine);
        Assert.Contains("LearningRate = by the number of rows", lines);
        Assert.Contains("NumberOfEpochs = by the number of rows", lines);
        Assert.Contains(lines, line => line.StartsWith("Optimizer = Adam { LearningRate = by the number of rows, "));
        lines = new MlpBinaryTrainer.Options { LearningRate = 0.003 }.ToString().Split(Environment.NewLine);
        Assert.Contains(lines, line => line.StartsWith("Optimizer = Adam { LearningRate = 0.003, "));
    }

    [Fact]
    public void ARefitOfNothing_IsRefused()
    {
        var options = new MlpBinaryTrainer.Options { NumberOfNetworks = 1, RefitOnAllRows = true };
        Assert.StartsWith(
            "RefitOnAllRows is true and NumberOfNetworks is 1; a refit is a second network. Set NumberOfNetworks to 2, or "
                + "RefitOnAllRows to false.",
            Assert.Throws<ArgumentException>("RefitOnAllRows", () => _ml.BinaryClassification.Trainers.Mlp(options)).Message);
    }
}
