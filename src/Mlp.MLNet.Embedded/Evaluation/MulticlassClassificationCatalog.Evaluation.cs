using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class MulticlassClassificationCatalog
{
    public MulticlassClassificationMetrics Evaluate(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel, int topKPredictionCount = 0)
    {
        Contracts.CheckValue(Environment, data, nameof(data));
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        Contracts.CheckNonEmpty(Environment, scoreColumnName, nameof(scoreColumnName));
        Contracts.CheckNonEmpty(Environment, predictedLabelColumnName, nameof(predictedLabelColumnName));
        Contracts.CheckUserArg(Environment, topKPredictionCount >= 0, nameof(topKPredictionCount), "Must be non-negative");
        var label = EvaluationColumns.Find(data.Schema, "Label", labelColumnName);
        var score = EvaluationColumns.Find(data.Schema, "Score", scoreColumnName);
        // It is not read, but it has to be there.
        EvaluationColumns.Find(data.Schema, "PredictedLabel", predictedLabelColumnName);
        return new MulticlassEvaluator(Environment, data, label, score, topKPredictionCount).Evaluate();
    }

    public IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label, string? samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        return CrossValidateCore(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));
    }
}
