using Microsoft.ML.Data;
using Mlp;
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
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or their sizes differ.</exception>
    public static MultiTargetRegressionMetrics EvaluateMultiTarget(
        this RegressionCatalog catalog, IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        (DataViewSchema.Column label, DataViewSchema.Column score) =
            VectorPairs.Find(data.Schema, NumberDataViewType.Single, labelColumnName, scoreColumnName);
        string[] names = VectorPairs.NamesOf(label, score);
        TargetErrors[] errors = [.. names.Select(_ => new TargetErrors())];
        VectorPairs.Read<float>(data, label, score, (labels, scores) =>
        {
            if (!labels.All(float.IsFinite) || !scores.All(float.IsFinite))
                return;
            for (int target = 0; target < errors.Length; target++)
                errors[target].Add(labels[target], scores[target]);
        });
        return new MultiTargetRegressionMetrics([.. names.Zip(
            errors, (name, target) => new TargetMetrics(name, target.RSquared, target.RootMeanSquaredError, target.MeanAbsoluteError))]);
    }

    /// <summary>Compares predictions of labels that do not exclude each other with the truth.</summary>
    /// <param name="catalog"><see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="data">Scored rows.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="bool"/> of known size.</param>
    /// <param name="predictedLabelColumnName">The predictions: vector of <see cref="bool"/> of the same size.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or their sizes differ.</exception>
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
        string[] names = VectorPairs.NamesOf(label, predicted);
        LabelCounts[] counts = [.. names.Select(_ => new LabelCounts())];
        // A row is right as a whole when all its labels are.
        var rows = new LabelCounts();
        VectorPairs.Read<bool>(data, label, predicted, (labels, predictions) =>
        {
            for (int index = 0; index < counts.Length; index++)
                counts[index].Add(labels[index], predictions[index]);
            rows.Add(applies: true, predicted: labels.AsSpan().SequenceEqual(predictions));
        });
        var all = LabelCounts.Sum(counts);
        return new MultiLabelMetrics(
            [.. names.Zip(counts, (name, count) => new LabelMetrics(
                name, count.TruePositives + count.FalseNegatives, count.Accuracy, count.Precision, count.Recall, count.F1Score))],
            all.F1Score, hammingLoss: all.ErrorRate, subsetAccuracy: rows.Accuracy);
    }
}
