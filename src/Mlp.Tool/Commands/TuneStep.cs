using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;
using Mlp.Tool.Training;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp train --tune</c>: the search in the place of one training.</summary>
internal static class TuneStep
{
    /// <param name="ml">Of the training.</param>
    /// <param name="plan">The pipeline.</param>
    /// <param name="split">Its rows.</param>
    /// <param name="request">With a search.</param>
    /// <param name="terminal">Is told what was tried.</param>
    /// <param name="document">As well.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ToolException">An option does not go with a search, or rows cannot be learnt from, or it was
    /// interrupted.</exception>
    public static TransformerChain<ITransformer> Run(
        MLContext ml, PipelinePlan plan, TableSplit split, TrainRequest request, Terminal terminal, JsonObject document,
        CancellationToken cancellationToken)
    {
        TunePlan tune = request.Tune!;
        var progress = new TuneProgress(tune, plan.Trainer.NumberOfThreads ?? Environment.ProcessorCount);
        var settings = new MlpTuningSettings
        {
            NumberOfTrials = tune.Trials,
            Time = tune.Time,
            Folder = tune.Folder is null ? null : Path.GetFullPath(tune.Folder),
            Part = request.Member,
            Progress = progress.Report,
        };
        try
        {
            TunedModel tuned = ProgressBar.Show(
                terminal.ProgressConsole, progress, () => TunedTraining.Run(ml, plan, split.Train, settings, cancellationToken));
            TuneText.Write(terminal, document, tuned);
            return tuned.Model;
        }
        catch (ArgumentException exception)
        {
            throw TrainerErrors.Of(exception, ExitCode.Usage);
        }
        catch (ModelFileException exception)
        {
            throw new ToolException(ExitCode.BadInput, $"--tune-folder {tune.Folder}: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is null)
        {
            // The trainer names the rows and columns that it cannot learn from, or the file of another search.
            throw TrainerErrors.Of(exception);
        }
        catch (OperationCanceledException exception) when (tune.Folder is not null)
        {
            throw new ToolException(
                ExitCode.Interrupted, $"Interrupted; no model was written. What was tried is in {tune.Folder}: the same command goes on.",
                exception);
        }
    }
}
