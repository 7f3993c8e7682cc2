using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Training;

/// <summary>Trains a pipeline by a search.</summary>
internal static class TunedTraining
{
    /// <summary>Searches.</summary>
    /// <param name="ml">Of the training.</param>
    /// <param name="plan">The pipeline; its trainer is where the search begins.</param>
    /// <param name="train">Rows.</param>
    /// <param name="settings">Of the search.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">An option does not go with a search.</exception>
    public static TunedModel Run(
        MLContext ml, PipelinePlan plan, IDataView train, MlpTuningSettings settings, CancellationToken cancellationToken)
    {
        int index = plan.Steps.ToList().FindIndex(step => step is PipelineStep.TrainNetwork);
        IEstimator<ITransformer> before = Chain(plan.Steps.Take(index));
        var trainer = plan.Steps[index].ToEstimator(ml, options => options.CancellationToken = cancellationToken);
        TunedModel tuned = plan.Definition.Tune(ml, train, before, trainer, settings);
        ITransformer after = Chain(plan.Steps.Skip(index + 1)).Fit(tuned.Model.Transform(train));
        return tuned with { Model = new TransformerChain<ITransformer>([.. tuned.Model, .. (IEnumerable<ITransformer>)after]) };

        IEstimator<ITransformer> Chain(IEnumerable<PipelineStep> steps)
        {
            var chain = new EstimatorChain<ITransformer>();
            foreach (PipelineStep step in steps)
                chain = chain.Append(step.ToEstimator(ml, _ => { }));
            return chain;
        }
    }
}
