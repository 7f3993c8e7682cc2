using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Evaluation;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks.Binary;
using Mlp.MLNet.Tasks.MultiLabel;
using Mlp.MLNet.Tasks.Regression;

namespace Microsoft.ML;

/// <summary>Evaluation beside ML.NET's Evaluate: of the tasks that it has none for, and of binary models with a decision of their
/// own.</summary>
public static class MlpEvaluationExtensions
{
    /// <summary>
    /// Evaluates a binary model by the class it calls positive and its own threshold; ML.NET's Evaluate takes the second value of a key for
    /// the positive class and compares Score with 0, whatever the model says.
    /// </summary>
    /// <param name="catalog"><see cref="MLContext.BinaryClassification"/>.</param>
    /// <param name="model">A transformer that the binary trainer's Fit returned, or a chain with one, such as a fitted pipeline.</param>
    /// <param name="data">What the model takes, not scored yet, with the label. A row without a label is left out.</param>
    /// <param name="labelColumnName">The truth, of a type that the trainer takes.</param>
    /// <exception cref="ArgumentException">The model has no binary network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or the label has other classes.</exception>
    public static CalibratedBinaryClassificationMetrics Evaluate(
        this BinaryClassificationCatalog catalog, ITransformer model, IDataView data, string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        MlpBinaryTransformer network = TrainedModels.Find(model) as MlpBinaryTransformer
            ?? throw new ArgumentException(
                "The network in the model is not of a binary trainer. Use the Evaluate of its task.", nameof(model));
        IDataView rows = BinaryRows.Of(MLNetInternals.GetEnvironment(catalog.Trainers), network, model.Transform(data), labelColumnName);
        return catalog.Evaluate(rows);
    }

    /// <summary>Compares predictions of several numbers with the truth.</summary>
    /// <param name="catalog"><see cref="MLContext.Regression"/>.</param>
    /// <param name="data">Scored rows. A row with a label or score that is NaN or infinite is left out.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="float"/> of known size.</param>
    /// <param name="scoreColumnName">The predictions: vector of <see cref="float"/> of the same size.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or their sizes differ, or the order of their
    /// slot names.</exception>
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
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or their sizes differ, or the order of their
    /// slot names.</exception>
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
