using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Mlp.MLNet;
using Mlp.MLNet.Interop;

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
    /// <see cref="MlpOptions.CategoricalColumnNames"/>. The same holds for PairwiseCoupling, whose Fit ends with that message.</remarks>
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
        // Here, before networks are trained in vain.
        MlpModelParameters.CheckTakesFeaturesAlone(binaryEstimator.KeyColumnNames.Count, binaryEstimator.KeyColumnNames);
        return catalog.OneVersusAll(
            new BinaryEstimator<MlpBinaryTransformer, MlpModelParameters>(MLNetInternals.GetEnvironment(catalog), binaryEstimator),
            labelColumnName, imputeMissingLabelsAsNegative, calibrator, maximumCalibrationExampleCount, useProbabilities);
    }

    /// <summary>The same model with another threshold, as ML.NET's ChangeModelThreshold does it with its own models.</summary>
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
        return float.IsFinite(threshold) ? model.WithScoreThreshold(threshold)
            : throw new ArgumentOutOfRangeException(
                nameof(threshold), $"threshold is {threshold}; it must be finite. It is compared with the column Score.");
    }
}
