using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Options;
using Mlp.MLNet.Replay;
using Mlp.Mpi;
using Mlp.Reports;
using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Training;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp train</c>: a CSV → a model, its metrics on rows it did not see and, if asked for, a report and the program that does the
/// same.</summary>
internal sealed class TrainCommand : ToolCommand
{
    private readonly TrainArguments _arguments = new();

    public override Command Definition => _arguments.Command;

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        using MpiRanks? ranks = _arguments.StartRanks(result, terminal);
        try
        {
            return Run(_arguments.Read(result, ranks), terminal, document, cancellationToken);
        }
        catch (Exception exception) when (TellOthers(exception))
        {
            throw;
        }

        // The other ranks must not wait for this one. Always false: called before anything is undone.
        bool TellOthers(Exception exception)
        {
            ranks?.Fail(exception);
            return false;
        }
    }

    private static ExitCode Run(TrainRequest request, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        terminal.LeaveOutputTo("--out", request.ModelPath);
        terminal.LeaveOutputTo("--report", request.ReportPath);
        terminal.LeaveOutputTo("--code", request.CodePath);
        using var source = request.Data.OpenForTraining(request.Table, cancellationToken);
        terminal.Rename(source.Path, source.Title);
        if (source.IsOfPictures)
            request = request.ForPictures();
        TableDescription table = source.Inspect(request.Table, cancellationToken);
        PipelinePlan plan = PipelinePlanner.Create(table, request.Split, request.Trainer);
        TableText.Write(terminal, table, plan);
        document["table"] = TableJson.Of(table);

        var ml = new MLContext(plan.Trainer.Seed);
        IDataView data = TableFile.Load(table, [.. plan.Inputs.Select(input => input.ToTableColumn())]);
        var split = TableSplit.Create(data, plan, cancellationToken);
        terminal.Detail(TrainText.OfSplit(plan, split));
        document["split"] = new JsonObject
        {
            ["trainRows"] = split.TrainLabels.RowCount,
            ["testRows"] = split.TestLabels.Summary.RowCount,
            ["seed"] = plan.Split.Column is null ? plan.Split.Seed : null,
            ["column"] = table.Split?.Column.Name,
        };

        var trial = new Trial(ml, plan, split, request.Ranks, cancellationToken);
        if (request.FoldCount is int folds)
            TrainText.WriteFolds(terminal, document, trial.CrossValidate(folds));
        if (request.Threshold is ThresholdRule rule)
            plan = WithThreshold(plan, rule, trial, terminal);
        TrainingProgress? progress = null;
        TransformerChain<ITransformer> model = WithThreshold(plan, request.Tune is not null
            ? TuneStep.Run(ml, plan, split, request, terminal, document, cancellationToken)
            : Train(ml, plan, split, request, terminal, cancellationToken, out progress));
        if (request.IsSilent)
            return ExitCode.Success;
        document["threshold"] = plan.Threshold is double chosen ? Json.Number(chosen) : null;
        bool wasInterrupted = cancellationToken.IsCancellationRequested;
        if (wasInterrupted)
            terminal.Warning(progress?.CutShort ?? "Interrupted after the search was done.");
        IReadOnlyList<Metric> metrics = ModelEvaluation.Of(
            ml, plan, model, split.Test, split.TrainLabels, split.TestLabels);
        string guess = plan.Definition.NameOfGuess(split.TrainLabels, plan.Classes);
        string alone = request.Member is null || request.Tune is not null ? "" : ", the networks of this part alone";
        MetricsText.Write(terminal, $"Test rows ({Figures.Count(split.TestLabels.Summary.RowCount)}){alone}", guess, metrics);
        document["metrics"] = Json.Metrics(metrics);
        document["baseline"] = guess;
        if (request is { Tune: null, Member: { } member })
        {
            WritePart(ml, model, data.Schema, CreateNotes(table, plan, split), member, request.ModelPath, terminal, document);
            document["seconds"] = Json.Number(watch.Elapsed.TotalSeconds);
            return ExitCode.Success;
        }
        IReadOnlyList<PairedDifference> differences = GuessComparison.Of(
            plan.Definition, plan.Classes, model.Transform(split.Test), split.TrainLabels, split.TestLabels);
        bool isNoBetter = Verdict.IsNoBetterThanGuess(plan.Definition, metrics, differences, split.TestLabels.Summary.RowCount);
        document["noBetterThanGuess"] = isNoBetter;
        TrainText.WriteDoubts(terminal, document, table, plan, split, metrics, cancellationToken);
        if (isNoBetter)
            terminal.Warning(Verdict.NoBetterText(plan.Definition, metrics, guess));

        SavedModel.Save(ml, model, data.Schema, CreateNotes(table, plan, split), request.ModelPath, request.Replay?.Place);
        var written = new JsonObject { ["model"] = request.ModelPath };
        terminal.Detail();
        terminal.Detail($"Written: {OutputFile.NameOf(request.ModelPath)}{OutputFile.SizeOf(request.ModelPath)}");
        if (request.Replay is { Place: MlpReplayPlace.BesideModel })
        {
            string memoryPath = ReplayPlaces.PathOf(request.ModelPath);
            written["replay"] = memoryPath;
            terminal.Detail($"Written: {memoryPath}{OutputFile.SizeOf(memoryPath)}, training rows for mlp update");
        }
        if (request.ReportPath is string reportPath)
        {
            // An interrupted training also gets a report; a second interruption stops the report.
            WriteReport(ml, plan, split, model, request, reportPath, terminal, written, wasInterrupted
                ? CancellationToken.None : cancellationToken);
            wasInterrupted = cancellationToken.IsCancellationRequested;
        }
        if (request.CodePath is string codePath)
            WriteCode(request, plan, table, source.IsTemporary, codePath, terminal, written);
        document["written"] = written;
        document["seconds"] = Json.Number(watch.Elapsed.TotalSeconds);
        document["interrupted"] = wasInterrupted;
        if (request.ModelPath != OutputFile.Standard)
            terminal.Detail($"Next: mlp predict {TrainText.Quoted(request.ModelPath)} new.csv --out scored.csv");
        return wasInterrupted ? ExitCode.Interrupted : isNoBetter ? ExitCode.NoBetterThanGuess : ExitCode.Success;
    }

    /// <summary>The plan with the threshold that the user asked for.</summary>
    private static PipelinePlan WithThreshold(PipelinePlan plan, ThresholdRule rule, Trial trial, Terminal terminal)
    {
        if (!plan.Definition.HasPositiveClass)
            throw new ToolException(
                ExitCode.Usage,
                $"--threshold says when the positive one of two classes is predicted, but the task is {TableJson.NameOf(plan.Task)}.");
        double threshold = rule.Probability ?? trial.FindThreshold(rule.Kind);
        string why = rule.Kind switch
        {
            ThresholdKind.F1 => ", the best F1 score on a quarter of the training rows that did not train",
            ThresholdKind.Recall => ", the best mean recall on a quarter of the training rows that did not train",
            ThresholdKind.Cost => ", where a false alarm is expected to cost as much as a miss",
            _ => "",
        };
        terminal.Detail($"Threshold: {plan.Classes[1]} from a probability of {Figures.Value(threshold, "G4")} on{why}.");
        return plan with { Threshold = threshold };
    }

    private static TransformerChain<ITransformer> WithThreshold(PipelinePlan plan, TransformerChain<ITransformer> model) =>
        plan.Threshold is double threshold
            ? new TransformerChain<ITransformer>([.. model.Select(step =>
                step is MlpBinaryTransformer network ? network.WithThreshold((float)threshold) : step)])
            : model;

    private static TransformerChain<ITransformer> Train(
        MLContext ml, PipelinePlan plan, TableSplit split, TrainRequest request, Terminal terminal, CancellationToken cancellationToken,
        out TrainingProgress progress)
    {
        using TrainingWatch? watch = StartWatch(request, plan, terminal);
        TrainingProgress? observed = null;
        EstimatorChain<ITransformer> pipeline;
        try
        {
            pipeline = plan.ToEstimator(ml, options =>
            {
                options.Part = request.Member;
                options.Ranks = request.Ranks;
                options.ReplayRowCount = request.Replay?.RowCount;
                ResolvedOptions resolved = options.Resolve();
                // The tool gives no validation rows.
                var ensemble = resolved.ToEnsembleSettings(split.TrainLabels.RowCount, hasValidation: false);
                ensemble.Validate();
                int[] jobs = ensemble.JobsFor(resolved.HoldsOut(split.TrainLabels.RowCount, hasValidation: false));
                ensemble = ensemble.OfPart();
                var time = Stopwatch.StartNew();
                observed = new TrainingProgress(
                    ensemble.NumberOfNetworks, ensemble.RefitCount, ensemble.RefitsContinue, resolved.NumberOfThreads,
                    plan.Definition.ProgressMetric,
                    () => time.Elapsed.TotalSeconds);
                options.EpochCallback = report =>
                {
                    report = report with { NetworkIndex = Array.IndexOf(jobs, report.NetworkIndex) };
                    observed.Report(report);
                    watch?.Report(report, observed);
                };
                options.CancellationToken = cancellationToken;
                // A part that was cut short is of no use.
                options.ReturnBestOnCancellation = request.Member is null;
                // The same command on files that have not changed has the same rows.
                options.RowStore = (options.RowStore ?? RowStore.Auto) with { Source = request.Data.StateOf(request.CommandText) };
                options.Checkpoint = request.CheckpointPath is null ? null : new Checkpoint(Path.GetFullPath(request.CheckpointPath));
            });
        }
        catch (ArgumentException exception)
        {
            // The trainer's own check of what the user asked for.
            throw TrainerErrors.Of(exception, ExitCode.Usage);
        }
        progress = observed!;
        try
        {
            return ProgressBar.Show(terminal.ProgressConsole, observed!, () => pipeline.Fit(split.Train));
        }
        catch (InvalidOperationException exception) when (exception.InnerException is null)
        {
            throw TrainerErrors.Of(exception);
        }
    }

    /// <summary>The page that shows the training; null where none is wanted.</summary>
    private static TrainingWatch? StartWatch(TrainRequest request, PipelinePlan plan, Terminal terminal)
    {
        if (request.WatchPort is not int port || request.IsSilent)
            return null;
        var watch = new TrainingWatch(port, $"{plan.Label.Fields[0]} in {request.Data.Name}");
        string text = $"Watch the training at {watch.Address} while it goes on.";
        // The address is of use now, not in the document at the end.
        if (terminal.IsJson || terminal.IsQuiet)
            terminal.Trace(text);
        else
            terminal.Detail(text);
        return watch;
    }

    private static void WritePart(
        MLContext ml, ITransformer model, DataViewSchema schema, ModelNotes notes, EnsemblePart member, string path, Terminal terminal,
        JsonObject document)
    {
        var network = (MlpTransformerBase)((TransformerChain<ITransformer>)model).Last(step => step is MlpTransformerBase);
        SavedPart.Save(ml, model, network, schema, notes, path);
        terminal.Detail();
        terminal.Detail(
            $"Written: {path}{OutputFile.SizeOf(path)}, part {member} with "
                + $"{Figures.Count(network.Model.Networks.Count, "network", "networks")}");
        if (member.Count > 1)
            terminal.Detail($"Next, when all {member.Count} parts are there: mlp join part* --out model.zip");
        document["part"] = member.ToString();
        document["networks"] = network.Model.Networks.Count;
        document["written"] = new JsonObject { ["part"] = path };
    }

    private static ModelNotes CreateNotes(TableDescription table, PipelinePlan plan, TableSplit split)
    {
        Dictionary<string, ColumnDescription> columns = PipelinePlanner.ByName(table);
        return new ModelNotes
        {
            Version = ModelNotes.CurrentVersion,
            Task = plan.Task,
            Inputs = plan.Inputs,
            Classes = plan.Classes,
            Trainer = plan.Trainer,
            TrainingLabels = split.TrainLabels,
            NeverMissing = [.. plan.Inputs.Where(input => input is { IsFeature: true, IsText: false, Part: DatePart.Days }
                && input.Fields.All(field => columns[field].MissingCount == 0)).Select(input => input.Name)],
        };
    }

    private static void WriteReport(
        MLContext ml, PipelinePlan plan, TableSplit split, ITransformer model, TrainRequest request, string reportPath, Terminal terminal,
            JsonObject written,
        CancellationToken cancellationToken)
    {
        string label = plan.Label.Fields[0], data = request.Data.Name, unit = plan.Label.NumberForm?.Unit ?? "";
        try
        {
            ModelReport report = ml.Model.ReportMlp(model, split.Train, split.Test, plan.Label.Name, new ReportSettings
            {
                Title = $"{label} in {data}",
                LabelName = unit.Length > 0 ? $"{label} ({unit})" : label,
                LabelUnit = unit,
                Seed = plan.Trainer.Seed,
                CancellationToken = cancellationToken,
            }, plan.Inputs.Where(input => input is { IsFeature: true, NumberForm.Unit.Length: > 0 }).ToDictionary(
                input => input.Name, input => input.NumberForm!.Unit));
            OutputFile.Write(reportPath, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                report.Write(writer);
            });
        }
        catch (OperationCanceledException)
        {
            terminal.Warning($"{reportPath} was not written: interrupted before it was done.");
            return;
        }
        written["report"] = reportPath;
        terminal.Detail($"Written: {OutputFile.NameOf(reportPath)}, a page with curves, metrics and explanations");
    }

    private static void WriteCode(
        TrainRequest request, PipelinePlan plan, TableDescription table, bool isTemporary, string codePath, Terminal terminal,
        JsonObject written)
    {
        string dataPath = isTemporary ? Path.GetFullPath(TrainRequest.DataPathOf(codePath)) : Path.GetFullPath(request.Data.Paths[0]);
        if (isTemporary)
        {
            // The program must also run when a table that was made, or that came through a pipe, no longer exists.
            if (table.Origin is not null)
            {
                OutputFile.Write(dataPath, stream => CsvWriter.WriteTable(stream, table));
                table = table with { Separator = ',', HasHeader = true };
            }
            else
            {
                using FileStream data = File.OpenRead(table.Path);
                OutputFile.Write(dataPath, data.CopyTo);
            }
            written["codeData"] = dataPath;
            terminal.Detail($"Written: {dataPath}, the table that the program reads");
        }
        string code = ProgramWriter.Write(plan, table, dataPath, request.CommandText);
        OutputFile.Write(codePath, stream => stream.Write(Encoding.UTF8.GetBytes(code)));
        written["code"] = codePath;
        terminal.Detail($"Written: {OutputFile.NameOf(codePath)}, a program that trains the same model");
    }
}
