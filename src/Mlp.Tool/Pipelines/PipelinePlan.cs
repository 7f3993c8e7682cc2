using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.Tables;
using Mlp.Tool.Commands;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Pipelines;

/// <summary>A whole training as data: what is loaded, which rows are for testing, and the steps of the pipeline.</summary>
/// <remarks><see cref="ToEstimator"/> makes ML.NET's pipeline of it, <see cref="ProgramWriter"/> a program that does the same.</remarks>
internal sealed record PipelinePlan
{
    public required TableTask Task { get; init; }

    /// <summary>What the task differs in.</summary>
    public ModelTask Definition => ModelTask.Of(Task);

    /// <summary>In the order of ML.NET's schema.</summary>
    public required IReadOnlyList<InputColumn> Inputs { get; init; }

    /// <summary>The classes by index; with two classes the positive one is last; empty for a regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    public required SplitPlan Split { get; init; }

    public required TrainerPlan Trainer { get; init; }

    public required IReadOnlyList<PipelineStep> Steps { get; init; }

    /// <summary>The probability from which on the positive one of two classes is predicted; null for 0.5.</summary>
    public double? Threshold { get; init; }

    public InputColumn Label => Inputs.Single(input => input.Kind == InputKind.Label);

    /// <summary>The pipeline.</summary>
    /// <param name="ml">Makes it.</param>
    /// <param name="observe">Sets further options of the trainer, which change no result.</param>
    public EstimatorChain<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe)
    {
        var pipeline = new EstimatorChain<ITransformer>();
        foreach (PipelineStep step in Steps)
            pipeline = pipeline.Append(step.ToEstimator(ml, observe));
        return pipeline;
    }
}
