using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>The metrics of predictions, beside those of a guess.</summary>
internal static class ModelEvaluation
{
    /// <summary>Why a binary model cannot be evaluated on rows of one class: ML.NET refuses.</summary>
    public const string NeedsTwoClasses = "the metrics, such as the area under the ROC curve, compare rows of both classes";

    /// <param name="ml">Evaluates.</param>
    /// <param name="plan">Which metrics.</param>
    /// <param name="model">Predicts, with its own threshold.</param>
    /// <param name="rows">Not scored yet, with the label.</param>
    /// <param name="train">The labels from which the guess is made.</param>
    /// <param name="test">The labels of the rows.</param>
    public static IReadOnlyList<Metric> Of(
        MLContext ml, PipelinePlan plan, ITransformer model, IDataView rows, LabelSummary train, TestLabels test) =>
        Of(ml, plan.Task, model, rows, plan.Label.Name, train, test);

    /// <inheritdoc cref="Of(MLContext, PipelinePlan, ITransformer, IDataView, LabelSummary, TestLabels)"/>
    public static IReadOnlyList<Metric> Of(
        MLContext ml, TableTask task, ITransformer model, IDataView rows, string labelColumn, LabelSummary train, TestLabels test) =>
        [.. OfScores(ml, task, model, rows, labelColumn, train, test), .. CoverageMetrics.Of(task, model.Transform(rows), labelColumn)];

    private static IEnumerable<Metric> OfScores(
        MLContext ml, TableTask task, ITransformer model, IDataView rows, string labelColumn, LabelSummary train, TestLabels test)
    {
        switch (task)
        {
            case TableTask.Binary:
                CalibratedBinaryClassificationMetrics binary = ml.BinaryClassification.Evaluate(model, rows, labelColumn);
                return [.. MetricDefinitions.Binary.Select(definition => definition.Of(binary, train, test))];
            case TableTask.Multiclass:
                MulticlassClassificationMetrics multiclass = ml.MulticlassClassification.Evaluate(model.Transform(rows), labelColumn);
                return [.. MetricDefinitions.Multiclass.Select(definition => definition.Of(multiclass, train, test))];
            default:
                RegressionMetrics regression = ml.Regression.Evaluate(model.Transform(rows), labelColumn);
                return [.. MetricDefinitions.Regression.Select(definition => definition.Of(regression, train, test))];
        }
    }

    /// <summary>What the guess is, for a heading: "always yes".</summary>
    public static string NameOfGuess(TableTask task, LabelSummary train, IReadOnlyList<string> classes) =>
        task == TableTask.Regression
            ? $"always {train.Mean:G5}"
            : $"always {classes[Enumerable.Range(0, classes.Count).MaxBy(index => train.Counts![index])]}";
}
