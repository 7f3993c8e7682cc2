using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Mlp.MLNet;
using Mlp.MLNet.Interop;
using Mlp.Numerics;

namespace Microsoft.ML;

/// <summary>ML.NET's calls that take a binary trainer or model, for those of Mlp: of the same names, with the same arguments.</summary>
public static class MlpMetaTrainerExtensions
{
    /// <summary>Trains one network per class, which tells it from all others, as ML.NET's OneVersusAll does with its own
    /// trainers.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="binaryEstimator">Trains each network; its label column must be <paramref name="labelColumnName"/>.</param>
    /// <param name="labelColumnName">The column with the class: a key.</param>
    /// <param name="imputeMissingLabelsAsNegative">Whether rows without a label count as none of the classes, or are left out.</param>
    /// <param name="calibrator">Not used: the probabilities of a network need none.</param>
    /// <param name="maximumCalibrationExampleCount">Not used, as <paramref name="calibrator"/>.</param>
    /// <param name="useProbabilities">Whether the probabilities of the classes are compared, or the scores.</param>
    /// <remarks>The multiclass trainer learns all classes at once, in a fraction of the time and usually better. The model that ML.NET
    /// makes of the networks reads one column, the features, and hands each network a vector of them: there is no way for the keys of
    /// <see cref="MlpOptions.CategoricalColumnNames"/>.</remarks>
    /// <exception cref="NotSupportedException">The trainer has <see cref="MlpOptions.CategoricalColumnNames"/>.</exception>
    public static OneVersusAllTrainer OneVersusAll(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        MlpBinaryTrainer binaryEstimator,
        string labelColumnName = "Label",
        bool imputeMissingLabelsAsNegative = false,
        IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator = null,
        int maximumCalibrationExampleCount = 1_000_000_000,
        bool useProbabilities = true)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(binaryEstimator);
        CheckTakesFeaturesAlone(binaryEstimator);
        return catalog.OneVersusAll(
            new BinaryEstimator<MlpBinaryTransformer, MlpModelParameters>(MLNetInternals.GetEnvironment(catalog), binaryEstimator),
            labelColumnName, imputeMissingLabelsAsNegative, calibrator, maximumCalibrationExampleCount, useProbabilities);
    }

    /// <summary>Trains one network per pair of classes, which tells these two from all others, as ML.NET's PairwiseCoupling does with its
    /// own trainers.</summary>
    /// <param name="catalog">The trainers of <see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="binaryEstimator">Trains each network; its label column must be <paramref name="labelColumnName"/>.</param>
    /// <param name="labelColumnName">The column with the class: a key.</param>
    /// <param name="imputeMissingLabelsAsNegative">Whether rows without a label count as none of the classes, or are left out.</param>
    /// <param name="calibrator">Not used: the probabilities of a network need none.</param>
    /// <param name="maximumCalibrationExampleCount">Not used, as <paramref name="calibrator"/>.</param>
    /// <inheritdoc cref="OneVersusAll" path="/remarks"/>
    /// <inheritdoc cref="OneVersusAll" path="/exception"/>
    public static PairwiseCouplingTrainer PairwiseCoupling(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        MlpBinaryTrainer binaryEstimator,
        string labelColumnName = "Label",
        bool imputeMissingLabelsAsNegative = false,
        IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator = null,
        int maximumCalibrationExampleCount = 1_000_000_000)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(binaryEstimator);
        CheckTakesFeaturesAlone(binaryEstimator);
        return catalog.PairwiseCoupling<MlpModelParameters>(
            binaryEstimator, labelColumnName, imputeMissingLabelsAsNegative, calibrator, maximumCalibrationExampleCount);
    }

    /// <summary>What each feature of a row contributes to its score, as ML.NET's CalculateFeatureContribution gives it for its own
    /// models.</summary>
    /// <param name="catalog"><see cref="MLContext.Transforms"/>.</param>
    /// <param name="predictionTransformer">The model. Its feature column is explained.</param>
    /// <param name="numberOfPositiveContributions">How many of the largest positive contributions are kept.</param>
    /// <param name="numberOfNegativeContributions">How many of the largest negative ones.</param>
    /// <param name="normalize">Whether the contributions of a row are divided by the largest absolute one.</param>
    /// <remarks><see cref="MlpExplanationExtensions.ExplainMlp"/> gives the contributions of several classes or targets, too, and those of
    /// <see cref="MlpOptions.CategoricalColumnNames"/>; the transformer that ML.NET makes here reads the features alone.</remarks>
    /// <exception cref="NotSupportedException">The model has <see cref="MlpOptions.CategoricalColumnNames"/>.</exception>
    public static FeatureContributionCalculatingEstimator CalculateFeatureContribution(
        this TransformsCatalog catalog,
        MlpTransformerBase predictionTransformer,
        int numberOfPositiveContributions = 10,
        int numberOfNegativeContributions = 10,
        bool normalize = true)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(predictionTransformer);
        MlpModelParameters.CheckTakesFeaturesAlone(
            predictionTransformer.CategoricalColumnNames.Count, predictionTransformer.CategoricalColumnNames);
        ISingleFeaturePredictionTransformer<ICalculateFeatureContribution> model = predictionTransformer;
        return catalog.CalculateFeatureContribution(model, numberOfPositiveContributions, numberOfNegativeContributions, normalize);
    }

    /// <summary>A copy of a model with another threshold, as ML.NET's ChangeModelThreshold makes it of its own models.</summary>
    /// <param name="catalog"><see cref="MLContext.BinaryClassification"/>.</param>
    /// <param name="model">Is not changed.</param>
    /// <param name="threshold">Rows whose Score is larger are predicted to be of the positive class. For a threshold of the probability see
    /// <see cref="MlpBinaryTransformer.WithThreshold"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN or infinite.</exception>
    public static MlpBinaryTransformer ChangeModelThreshold(
        this BinaryClassificationCatalog catalog, MlpBinaryTransformer model, float threshold)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        RangeCheck.Require(float.IsFinite(threshold), threshold, "finite. It is compared with the column Score");
        return model.WithScoreThreshold(threshold);
    }

    /// <summary>Before networks are trained in vain.</summary>
    private static void CheckTakesFeaturesAlone(MlpBinaryTrainer trainer) =>
        MlpModelParameters.CheckTakesFeaturesAlone(trainer.KeyColumnNames.Count, trainer.KeyColumnNames);
}
