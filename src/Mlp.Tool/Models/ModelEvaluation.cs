using Microsoft.ML;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

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
        Of(ml, plan.Definition, model, rows, plan.Label.Name, train, test);

    /// <inheritdoc cref="Of(MLContext, PipelinePlan, ITransformer, IDataView, LabelSummary, TestLabels)"/>
    public static IReadOnlyList<Metric> Of(
        MLContext ml, ModelTask task, ITransformer model, IDataView rows, string labelColumn, LabelSummary train, TestLabels test) =>
        [.. task.Evaluate(ml, model, rows, labelColumn, train, test), .. CoverageMetrics.Of(task, model.Transform(rows), labelColumn)];
}
