using Microsoft.ML;
using Mlp.MLNet;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>Updates a model with the options that it was trained with.</summary>
internal static class ModelUpdate
{
    /// <param name="ml">Makes the trainer.</param>
    /// <param name="model">Not changed.</param>
    /// <param name="rows">New rows, all with a label.</param>
    /// <param name="cancellationToken">Ends the update; nothing is kept of it.</param>
    /// <exception cref="ToolException">The rows cannot update the model; the message says what has changed.</exception>
    public static MlpUpdate<ITransformer> Run(MLContext ml, SavedModel model, IDataView rows, CancellationToken cancellationToken)
    {
        TrainerPlan plan = (model.Notes.Trainer ?? new TrainerPlan { Task = model.Notes.Task, LabelColumn = "", Seed = 1 })
            with
        {
            Task = model.Notes.Task,
            LabelColumn = model.Notes.Label.Name,
        };
        try
        {
            MlpOptions options = plan.ToOptions();
            options.FeatureColumnName = model.Network.FeatureColumnName;
            options.CategoricalColumnNames = [.. model.Network.CategoricalColumnNames];
            options.CancellationToken = cancellationToken;
            return plan.Definition.Update(ml, model.Transformer, rows, options);
        }
        catch (ArgumentException exception)
        {
            throw TrainerErrors.Of(exception, ExitCode.BadInput);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is null)
        {
            throw TrainerErrors.Of(exception);
        }
    }
}
