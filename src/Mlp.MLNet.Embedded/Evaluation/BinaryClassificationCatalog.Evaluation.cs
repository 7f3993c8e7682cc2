using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    public CalibratedBinaryClassificationMetrics Evaluate(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score,
        string probabilityColumnName = DefaultColumnNames.Probability,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel)
    {
        Contracts.CheckValue(Environment, data, nameof(data));
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        Contracts.CheckNonEmpty(Environment, scoreColumnName, nameof(scoreColumnName));
        Contracts.CheckNonEmpty(Environment, probabilityColumnName, nameof(probabilityColumnName));
        Contracts.CheckNonEmpty(Environment, predictedLabelColumnName, nameof(predictedLabelColumnName));
        return EvaluateCore(data, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName);
    }

    /// <summary>For scores without a probability.</summary>
    public BinaryClassificationMetrics EvaluateNonCalibrated(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel)
    {
        Contracts.CheckValue(Environment, data, nameof(data));
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        Contracts.CheckNonEmpty(Environment, predictedLabelColumnName, nameof(predictedLabelColumnName));
        Contracts.CheckNonEmpty(Environment, scoreColumnName, "score");
        return new BinaryClassificationMetrics(EvaluateCore(data, labelColumnName, scoreColumnName, null, predictedLabelColumnName));
    }

    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label, string? samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        return CrossValidateCore(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));
    }

    /// <summary>For models without a probability.</summary>
    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label, string? samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        return CrossValidateCore(
            data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => EvaluateNonCalibrated(scores, labelColumnName));
    }

    private CalibratedBinaryClassificationMetrics EvaluateCore(
        IDataView data, string label, string score, string? probability, string predictedLabel)
    {
        var columns = BinaryEvaluator.Columns.Find(data.Schema, label, score, probability, predictedLabel);
        return new BinaryEvaluator(Environment, data, columns).Evaluate();
    }
}
