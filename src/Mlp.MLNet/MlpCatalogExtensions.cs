using Mlp.MLNet;
using Mlp.MLNet.Interop;

namespace Microsoft.ML;

/// <summary>Neural networks among the trainers of an <see cref="MLContext"/>.</summary>
public static class MlpCatalogExtensions
{
    /// <summary>Creates a trainer of a multilayer perceptron that tells two classes apart.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.BinaryClassification"/>.</param>
    /// <param name="labelColumnName">The column with the class: <see cref="bool"/>, <see cref="float"/> with 0 and 1 (or −1 and 1), or a
    /// key with 2 values, of which the second is the positive class.</param>
    /// <param name="featureColumnName">The column with the inputs: a vector of <see cref="float"/> of known size, dense or sparse, or a
    /// single <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">The column with the importance of each row, <see cref="float"/>; null for none.</param>
    /// <param name="hiddenLayerSizes">See <see cref="MlpOptions.HiddenLayerSizes"/>; null leaves it to the preset.</param>
    /// <param name="learningRate">See <see cref="MlpOptions.LearningRate"/>; null leaves it to the preset.</param>
    /// <param name="batchSize">See <see cref="MlpOptions.BatchSize"/>; null leaves it to the number of rows.</param>
    /// <param name="numberOfEpochs">See <see cref="MlpOptions.NumberOfEpochs"/>; null leaves it to the preset.</param>
    /// <param name="positiveClass">See <see cref="MlpBinaryTrainer.Options.PositiveClass"/>; null for the second value of a key.</param>
    /// <param name="preset">Decides every option that is not given.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpBinaryTrainer Mlp(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int[]? hiddenLayerSizes = null,
        double? learningRate = null,
        int? batchSize = null,
        int? numberOfEpochs = null,
        string? positiveClass = null,
        MlpPreset preset = MlpPreset.Default)
    {
        var options = new MlpBinaryTrainer.Options(preset) { PositiveClass = positiveClass };
        SetUsual(
            options, labelColumnName, featureColumnName, exampleWeightColumnName,
            hiddenLayerSizes, learningRate, batchSize, numberOfEpochs);
        return catalog.Mlp(options);
    }

    /// <summary>Creates a trainer of a multilayer perceptron that tells two classes apart.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.BinaryClassification"/>.</param>
    /// <param name="options">The columns and every hyper-parameter; copied.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpBinaryTrainer Mlp(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MlpBinaryTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new MlpBinaryTrainer(MLNetInternals.GetEnvironment(catalog), options);
    }

    /// <summary>Creates a trainer of a multilayer perceptron that tells several classes apart.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="labelColumnName">The column with the class: a key, as Conversion.MapValueToKey makes it.</param>
    /// <param name="featureColumnName">The column with the inputs: a vector of <see cref="float"/> of known size, dense or sparse, or a
    /// single <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">The column with the importance of each row, <see cref="float"/>; null for none.</param>
    /// <param name="hiddenLayerSizes">See <see cref="MlpOptions.HiddenLayerSizes"/>; null leaves it to the preset.</param>
    /// <param name="learningRate">See <see cref="MlpOptions.LearningRate"/>; null leaves it to the preset.</param>
    /// <param name="batchSize">See <see cref="MlpOptions.BatchSize"/>; null leaves it to the number of rows.</param>
    /// <param name="numberOfEpochs">See <see cref="MlpOptions.NumberOfEpochs"/>; null leaves it to the preset.</param>
    /// <param name="preset">Decides every option that is not given.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpMulticlassTrainer Mlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int[]? hiddenLayerSizes = null,
        double? learningRate = null,
        int? batchSize = null,
        int? numberOfEpochs = null,
        MlpPreset preset = MlpPreset.Default)
    {
        var options = new MlpMulticlassTrainer.Options(preset);
        SetUsual(
            options, labelColumnName, featureColumnName, exampleWeightColumnName,
            hiddenLayerSizes, learningRate, batchSize, numberOfEpochs);
        return catalog.Mlp(options);
    }

    /// <summary>Creates a trainer of a multilayer perceptron that tells several classes apart.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="options">The columns and every hyper-parameter; copied.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpMulticlassTrainer Mlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MlpMulticlassTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new MlpMulticlassTrainer(MLNetInternals.GetEnvironment(catalog), options);
    }

    /// <summary>Creates a trainer of a multilayer perceptron that says which of several labels apply.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="labelColumnName">The column with the labels: a vector of <see cref="bool"/> of known size.</param>
    /// <param name="featureColumnName">The column with the inputs: a vector of <see cref="float"/> of known size, dense or sparse, or a
    /// single <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">The column with the importance of each row, <see cref="float"/>; null for none.</param>
    /// <param name="hiddenLayerSizes">See <see cref="MlpOptions.HiddenLayerSizes"/>; null leaves it to the preset.</param>
    /// <param name="learningRate">See <see cref="MlpOptions.LearningRate"/>; null leaves it to the preset.</param>
    /// <param name="batchSize">See <see cref="MlpOptions.BatchSize"/>; null leaves it to the number of rows.</param>
    /// <param name="numberOfEpochs">See <see cref="MlpOptions.NumberOfEpochs"/>; null leaves it to the preset.</param>
    /// <param name="preset">Decides every option that is not given.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpMultiLabelTrainer MlpMultiLabel(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int[]? hiddenLayerSizes = null,
        double? learningRate = null,
        int? batchSize = null,
        int? numberOfEpochs = null,
        MlpPreset preset = MlpPreset.Default)
    {
        var options = new MlpMultiLabelTrainer.Options(preset);
        SetUsual(
            options, labelColumnName, featureColumnName, exampleWeightColumnName,
            hiddenLayerSizes, learningRate, batchSize, numberOfEpochs);
        return catalog.MlpMultiLabel(options);
    }

    /// <summary>Creates a trainer of a multilayer perceptron that says which of several labels apply.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="options">The columns and every hyper-parameter; copied.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpMultiLabelTrainer MlpMultiLabel(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MlpMultiLabelTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new MlpMultiLabelTrainer(MLNetInternals.GetEnvironment(catalog), options);
    }

    /// <summary>Creates a trainer of a multilayer perceptron that predicts a number, or several.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.Regression"/>.</param>
    /// <param name="labelColumnName">The column with the number: <see cref="float"/>, or for several numbers a vector of
    /// <see cref="float"/> of known size.</param>
    /// <param name="featureColumnName">The column with the inputs: a vector of <see cref="float"/> of known size, dense or sparse, or a
    /// single <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">The column with the importance of each row, <see cref="float"/>; null for none.</param>
    /// <param name="hiddenLayerSizes">See <see cref="MlpOptions.HiddenLayerSizes"/>; null leaves it to the preset.</param>
    /// <param name="learningRate">See <see cref="MlpOptions.LearningRate"/>; null leaves it to the preset.</param>
    /// <param name="batchSize">See <see cref="MlpOptions.BatchSize"/>; null leaves it to the number of rows.</param>
    /// <param name="numberOfEpochs">See <see cref="MlpOptions.NumberOfEpochs"/>; null leaves it to the preset.</param>
    /// <param name="preset">Decides every option that is not given.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpRegressionTrainer Mlp(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int[]? hiddenLayerSizes = null,
        double? learningRate = null,
        int? batchSize = null,
        int? numberOfEpochs = null,
        MlpPreset preset = MlpPreset.Default)
    {
        var options = new MlpRegressionTrainer.Options(preset);
        SetUsual(
            options, labelColumnName, featureColumnName, exampleWeightColumnName,
            hiddenLayerSizes, learningRate, batchSize, numberOfEpochs);
        return catalog.Mlp(options);
    }

    /// <summary>Creates a trainer of a multilayer perceptron that predicts a number, or several.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.Regression"/>.</param>
    /// <param name="options">The columns and every hyper-parameter; copied.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static MlpRegressionTrainer Mlp(
        this RegressionCatalog.RegressionTrainers catalog, MlpRegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new MlpRegressionTrainer(MLNetInternals.GetEnvironment(catalog), options);
    }

    private static void SetUsual(
        MlpOptions options, string labelColumnName, string featureColumnName, string? exampleWeightColumnName,
        int[]? hiddenLayerSizes, double? learningRate, int? batchSize, int? numberOfEpochs)
    {
        options.LabelColumnName = labelColumnName;
        options.FeatureColumnName = featureColumnName;
        options.ExampleWeightColumnName = exampleWeightColumnName;
        options.HiddenLayerSizes = hiddenLayerSizes;
        options.LearningRate = learningRate;
        options.BatchSize = batchSize;
        options.NumberOfEpochs = numberOfEpochs;
    }
}
