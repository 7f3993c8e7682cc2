using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Mlp.MLNet;
using Mlp.MLNet.Replay;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp update</c>: a model and a CSV with new rows → the model that has learnt from them, and how far they are from the
/// old.</summary>
internal sealed class UpdateCommand : ToolCommand
{
    private readonly Argument<string> _model =
        new("model") { Description = "A zip that mlp train wrote, best with --replay, or mlp update." };
    private readonly DataArguments _data = new(
        "New rows, with the columns that the model was trained on, the label among them. - is standard input; several files are one "
            + "table.");
    private readonly Option<string?> _label =
        new("--label", "-l") { Description = "The label, for a model that mlp train did not write [default: Label].", HelpName = "column" };
    private readonly TableArguments _table = new();
    private readonly Option<string?> _out = new("--out", "-o", "--output")
    {
        Description = "The updated model; its memory goes where that of the model is [default: the model itself].",
        HelpName = "model.zip",
    };

    public UpdateCommand()
    {
        Definition = new Command("update", "Goes on from a model with new rows, and says how far they are from the old.") { _model };
        _data.AddTo(Definition);
        Definition.Add(_label);
        _table.AddTo(Definition);
        Definition.Add(_out);
    }

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        string modelPath = result.GetValue(_model)!, outPath = result.GetValue(_out) ?? modelPath;
        DataRequest request = _data.Read(result);
        OutputFile.Check("--out", outPath, [.. request.Paths], []);
        terminal.LeaveOutputTo("--out", outPath);
        using var opened = new OpenedModel(
            modelPath, result.GetValue(_label), request, _table.Read(result), terminal, cancellationToken);
        (MlpReplayMemory? memory, MlpReplayPlace place) = FindMemory(opened.File, opened.Model);
        if (memory is null)
        {
            terminal.Warning(
                $"'{modelPath}' has no memory of its training: it learns from the new rows alone, and may forget what they do not show. "
                    + "mlp train --replay 10000 keeps one.");
        }
        else
        {
            ReplayArguments.CheckPlace("--out", place, outPath);
            opened.Model = opened.Model.With(memory);
        }
        (MLContext ml, SavedModel model) = (opened.Context, opened.Model);
        ModelTable table = opened.OpenTable(needsLabel: true);
        IDataView rows = table.LabeledRows(model, cancellationToken, out TestLabels labels, mayBeOfOneClass: true);
        opened.WriteWarnings(table);

        MlpUpdate<ITransformer> update = ModelUpdate.Run(ml, model, rows, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        WriteFigures(ml, model, rows, labels, update.Model, terminal, document);
        DriftTable.Write(terminal, document, update.Drift);
        SavedModel.Save(ml, update.Model, model.Schema, model.Notes, outPath, memory is null ? null : place);
        terminal.Detail();
        terminal.Detail($"Written: {OutputFile.NameOf(outPath)}{OutputFile.SizeOf(outPath)}");
        document["model"] = model.Path;
        document["rows"] = labels.Values.Count;
        document["rowsSeen"] = memory is null ? null : memory.RowsSeen + labels.Values.Count;
        document["written"] = new JsonObject { ["model"] = outPath };
        return ExitCode.Success;
    }

    private static (MlpReplayMemory? ReplayMemory, MlpReplayPlace Place) FindMemory(InputFile file, SavedModel model)
    {
        try
        {
            return ReplayPlaces.Find(file.Path, model.Network.Fingerprint);
        }
        catch (FormatException exception)
        {
            throw new ToolException(ExitCode.BadInput, exception.Message, exception);
        }
    }

    /// <summary>How good the model was on the new rows before it learnt from them: what it will be on the next ones.</summary>
    private static void WriteFigures(
        MLContext ml, SavedModel model, IDataView rows, TestLabels labels, ITransformer updated, Terminal terminal, JsonObject document)
    {
        if (labels.Summary.OnlyClass(model.Notes.Classes) is not null)
            return;
        LabelSummary known = model.IsFromTool ? model.Notes.TrainingLabels : labels.Summary;
        IReadOnlyList<Metric> Judge(ITransformer transformer) =>
            ModelEvaluation.Of(ml, model.Notes.Definition, transformer, rows, model.Notes.Label.Name, known, labels);
        IReadOnlyList<Metric> before = Judge(model.Transformer);
        string guess = model.Notes.Definition.NameOfGuess(known, model.Notes.Classes);
        MetricsText.Write(terminal, $"New rows ({Figures.Count(labels.Values.Count)}), before the model learnt from them", guess, before);
        document["metricsBefore"] = Json.Metrics(before);
        document["baseline"] = guess;
        document["metricsAfter"] = Json.Metrics(Judge(updated));
    }
}
