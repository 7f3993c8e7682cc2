using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class RegressionCatalog
{
    public RegressionMetrics Evaluate(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score)
    {
        Contracts.CheckValue(Environment, data, nameof(data));
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        Contracts.CheckNonEmpty(Environment, scoreColumnName, nameof(scoreColumnName));
        var label = EvaluationColumns.Find(data.Schema, "Label", labelColumnName);
        var score = EvaluationColumns.Find(data.Schema, "Score", scoreColumnName);
        return new RegressionEvaluator(Environment, data, label, score).Evaluate();
    }

    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label, string? samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckNonEmpty(Environment, labelColumnName, nameof(labelColumnName));
        return CrossValidateCore(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));
    }
}
