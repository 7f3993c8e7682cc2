using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Microsoft.ML;

/// <summary>Evaluation of the tasks that ML.NET has none for, beside its Evaluate.</summary>
public static class MlpEvaluationExtensions
{
    /// <summary>Compares predictions of several numbers with the truth.</summary>
    /// <param name="catalog"><see cref="MLContext.Regression"/>.</param>
    /// <param name="data">Scored rows. A row with a label or score that is NaN or infinite is left out.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="float"/> of known size.</param>
    /// <param name="scoreColumnName">The predictions: vector of <see cref="float"/> of the same size.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or their sizes or slot names differ.</exception>
    public static MultiTargetRegressionMetrics EvaluateMultiTarget(
        this RegressionCatalog catalog, IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        (DataViewSchema.Column label, DataViewSchema.Column score) =
            VectorPairs.Find(data.Schema, NumberDataViewType.Single, labelColumnName, scoreColumnName);
        var evaluation = new MultiTargetEvaluation(VectorPairs.NamesOf(label, score));
        VectorPairs.Read<float>(data, label, score, evaluation.Add);
        return evaluation.ToMetrics();
    }

    /// <summary>Compares predictions of labels that do not exclude each other with the truth.</summary>
    /// <param name="catalog"><see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="data">Scored rows.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="bool"/> of known size.</param>
    /// <param name="predictedLabelColumnName">The predictions: vector of <see cref="bool"/> of the same size.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or their sizes or slot names differ.</exception>
    public static MultiLabelMetrics EvaluateMultiLabel(
        this MulticlassClassificationCatalog catalog,
        IDataView data,
        string labelColumnName = "Label",
        string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        (DataViewSchema.Column label, DataViewSchema.Column predicted) =
            VectorPairs.Find(data.Schema, BooleanDataViewType.Instance, labelColumnName, predictedLabelColumnName);
        var evaluation = new MultiLabelEvaluation(VectorPairs.NamesOf(label, predicted));
        VectorPairs.Read<bool>(data, label, predicted, evaluation.Add);
        return evaluation.ToMetrics();
    }
}
