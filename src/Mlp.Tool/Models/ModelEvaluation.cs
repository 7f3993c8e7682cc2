using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Models;

/// <summary>The metrics of predictions, beside those of a guess.</summary>
internal static class ModelEvaluation
{
    /// <summary>Why a binary model cannot be evaluated on rows of one class: ML.NET refuses.</summary>
    public const string NeedsTwoClasses = "the metrics, such as the area under the ROC curve, compare rows of both classes";

    /// <param name="ml">Evaluates.</param>
    /// <param name="task">Which metrics.</param>
    /// <param name="scored">With label and predictions.</param>
    /// <param name="labelColumn">A key for classes, else a number.</param>
    /// <param name="train">The labels from which the guess is made.</param>
    /// <param name="test">The labels of the rows in <paramref name="scored"/>.</param>
    public static IReadOnlyList<Metric> Of(
        MLContext ml, TableTask task, IDataView scored, string labelColumn, LabelSummary train, TestLabels test)
    {
        switch (task)
        {
            case TableTask.Binary:
                CalibratedBinaryClassificationMetrics binary = ml.BinaryClassification.Evaluate(scored, labelColumn);
                return [.. MetricDefinitions.Binary.Select(definition => definition.Of(binary, train, test))];
            case TableTask.Multiclass:
                MulticlassClassificationMetrics multiclass = ml.MulticlassClassification.Evaluate(scored, labelColumn);
                return [.. MetricDefinitions.Multiclass.Select(definition => definition.Of(multiclass, train, test))];
            default:
                RegressionMetrics regression = ml.Regression.Evaluate(scored, labelColumn);
                return [.. MetricDefinitions.Regression.Select(definition => definition.Of(regression, train, test))];
        }
    }

    /// <summary>What the guess is, for a heading: "always yes".</summary>
    public static string NameOfGuess(TableTask task, LabelSummary train, IReadOnlyList<string> classes) =>
        task == TableTask.Regression
            ? $"always {train.Mean:G5}"
            : $"always {classes[Enumerable.Range(0, classes.Count).MaxBy(index => train.Counts![index])]}";
}
