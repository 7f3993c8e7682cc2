using Mlp.MLNet;
using Mlp.MLNet.Interop;

namespace Microsoft.ML;

/// <summary>Cross-validation of the tasks that ML.NET has none for, beside its CrossValidate.</summary>
public static class MlpCrossValidationExtensions
{
    /// <summary>Fits and evaluates a trainer of several targets on every fold in turn, as ML.NET's CrossValidate does for one
    /// target.</summary>
    /// <param name="catalog"><see cref="MLContext.Regression"/>.</param>
    /// <param name="data">All rows.</param>
    /// <param name="estimator">A trainer, or a pipeline with one; fitted once for each fold.</param>
    /// <param name="numberOfFolds">At least 2.</param>
    /// <param name="labelColumnName">The truth, as in <see cref="MlpEvaluationExtensions.EvaluateMultiTarget"/>.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column are in the same fold; null for none.</param>
    /// <param name="seed">Of the split; null for that of the context.</param>
    /// <returns>One result a fold: model, metrics and the scored rows that it was not fitted on.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too few folds, or a column is missing or of a wrong type.</exception>
    public static IReadOnlyList<TrainCatalogBase.CrossValidationResult<MultiTargetRegressionMetrics>> CrossValidateMultiTarget(
        this RegressionCatalog catalog, IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
        string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return CrossValidation.Run(
            MLNetInternals.GetEnvironment(catalog.Trainers), data, estimator, numberOfFolds, samplingKeyColumnName, seed,
            scored => catalog.EvaluateMultiTarget(scored, labelColumnName));
    }

    /// <summary>Fits and evaluates a trainer of several labels on every fold in turn, as ML.NET's CrossValidate does for classes.</summary>
    /// <param name="catalog"><see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="data">All rows.</param>
    /// <param name="estimator">A trainer, or a pipeline with one; fitted once for each fold.</param>
    /// <param name="numberOfFolds">At least 2.</param>
    /// <param name="labelColumnName">The truth, as in <see cref="MlpEvaluationExtensions.EvaluateMultiLabel"/>.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column are in the same fold; null for none.</param>
    /// <param name="seed">Of the split; null for that of the context.</param>
    /// <returns>One result a fold: model, metrics and the scored rows that it was not fitted on.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too few folds, or a column is missing or of a wrong type.</exception>
    public static IReadOnlyList<TrainCatalogBase.CrossValidationResult<MultiLabelMetrics>> CrossValidateMultiLabel(
        this MulticlassClassificationCatalog catalog, IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
        string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return CrossValidation.Run(
            MLNetInternals.GetEnvironment(catalog.Trainers), data, estimator, numberOfFolds, samplingKeyColumnName, seed,
            scored => catalog.EvaluateMultiLabel(scored, labelColumnName));
    }
}
