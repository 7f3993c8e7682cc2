using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Mlp.MLNet;
using Mlp.Networks;
using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp inspect</c>: what a model takes, what it is made of, how it was trained and how fast it is.</summary>
internal sealed class InspectCommand : ToolCommand
{
    // More lines are hard to read; the JSON has all.
    private const int MostLines = 60;

    private readonly Argument<string> _model = new("model") { Description = "A zip that mlp train, or ml.Model.Save, wrote." };
    private readonly Option<string?> _label =
        new("--label", "-l") { Description = "The label, for a model that mlp train did not write [default: Label].", HelpName = "column" };

    public InspectCommand() => Definition = new Command("inspect", "Says what a model takes and what it is made of.") { _model, _label };

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 1);
        using var file = InputFile.Open(result.GetValue(_model)!, cancellationToken);
        var model = SavedModel.Load(ml, file, result.GetValue(_label));
        MlpModelParameters network = model.Network.Model;
        long parameters = network.EngineModel.Networks.Sum(each => (long)each.Parameters.Length);
        TrainingHistory[] history = TrainingHistory.Of(network.History);
        var time = ScoringTime.Measure(ml, model.Network, cancellationToken);
        long bytes = new FileInfo(file.Path).Length;

        WriteInputs(terminal, model);
        terminal.Heading("Network");
        var facts = new TextTable(false, false);
        facts.Add("networks", Figures.Count(network.Networks.Count));
        facts.Add("layers", Layers(network));
        facts.Add("features", Figures.Count(network.InputCount) + (network.FeatureScaling is null ? "" : ", scaled inside the model"));
        InputDescription inputs = network.EngineModel.Network.Inputs;
        if (inputs.Categories.Count > 0)
        {
            facts.Add(
                "categories", $"{Figures.Count(inputs.Categories.Count)}, as "
                    + $"{Figures.Count(inputs.Categories.Sum(category => category.Width), "learnt number", "learnt numbers")}");
        }
        if (inputs.MissingColumns.Count > 0)
            facts.Add("missing values", $"learnt for {Figures.Count(inputs.MissingColumns.Count, "feature", "features")}");
        if (inputs.SparseCount > 0)
            facts.Add("sparse slots", Figures.Count(inputs.SparseCount));
        if (network.Networks[0].Embedding is { } embedding)
            facts.Add("embedding", $"{Figures.Count(embedding.Columns.Count, "feature", "features")} also as learnt periodic functions");
        facts.Add("parameters", Figures.Count(parameters));
        facts.Add("temperature", Figures.Value(network.Temperature, "G4"));
        facts.Add("fingerprint", network.Fingerprint);
        facts.Add("file", $"{model.Path}, {Figures.Bytes(bytes)}");
        facts.Add(
            "scoring time", $"{time.SingleRowMicroseconds:G3} µs for a row alone, {time.BatchedRowMicroseconds:G3} µs for one of many");
        foreach (string line in facts.Lines())
            terminal.Result(line);
        WriteHistory(terminal, history);
        Fill(document, model, parameters, bytes, time, history);
        return ExitCode.Success;
    }

    private static void WriteInputs(Terminal terminal, SavedModel model)
    {
        ModelNotes notes = model.Notes;
        terminal.Result(
            $"{model.Path}: predicts {notes.Label.Fields[0]} "
                + $"({TableJson.NameOf(notes.Task)}{(model.IsFromTool ? "" : "; not written by mlp train")})");
        if (notes.Classes.Count > 0)
            terminal.Result($"Classes: {string.Join(", ", notes.Classes.Take(MostLines))}");
        terminal.Heading("Inputs");
        var inputs = new TextTable(false, false);
        foreach (InputColumn input in notes.Inputs.Where(input => input.IsFeature).Take(MostLines))
        {
            string name = input.IsVector ? $"{input.Fields[0]} ... {input.Fields[^1]}"
                : input.Part == DatePart.Days ? input.Fields[0] : input.Name;
            inputs.Add(name, input.IsVector ? $"{input.Fields.Count} numbers" : TableJson.NameOf(input.Kind));
        }
        foreach (string line in inputs.Lines())
            terminal.Result(line);
        int hidden = notes.Inputs.Count(input => input.IsFeature) - MostLines;
        if (hidden > 0)
            terminal.Result($"  and {Figures.Count(hidden)} more; --json lists all");
    }

    private static void WriteHistory(Terminal terminal, TrainingHistory[] history)
    {
        if (history.Length == 0)
            return;
        terminal.Heading("Training");
        // Refits on all rows have no best epoch, the networks before them have one; without held-out rows there is none.
        int heldOutCount = history.Count(training => training.BestEpoch is not null);
        var lines = new TextTable(true, true, true, true, true, true);
        lines.Add("training", "epochs", "best epoch", "loss", "validation", "seconds");
        foreach (TrainingHistory training in history.Take(MostLines))
        {
            lines.Add(
                heldOutCount > 0 && training.Index >= heldOutCount
                ? $"refit {Figures.Count(training.Index - heldOutCount + 1)}" : Figures.Count(training.Index + 1),
                Figures.Count(training.EpochCount), training.BestEpoch is int best ? Figures.Count(best) : "-",
                Figures.Value(training.Loss, "G4"), Figures.Value(training.BestValidationLoss ?? double.NaN, "G4"),
                Figures.Value(training.Seconds, "F1"));
        }
        foreach (string line in lines.Lines())
            terminal.Result(line);
    }

    private static void Fill(
        JsonObject document, SavedModel model, long parameters, long bytes, ScoringTime time, TrainingHistory[] history)
    {
        MlpModelParameters network = model.Network.Model;
        document["model"] = model.Path;
        document["isFromTool"] = model.IsFromTool;
        document["task"] = TableJson.NameOf(model.Notes.Task);
        document["label"] = model.Notes.Label.Fields[0];
        document["classes"] = Json.Texts(model.Notes.Classes);
        document["inputs"] = new JsonArray([.. model.Notes.Inputs.Where(input => input.IsFeature).Select(input => (JsonNode?)new JsonObject
        {
            ["name"] = input.Name,
            ["kind"] = TableJson.NameOf(input.Kind),
            ["fields"] = Json.Texts(input.Fields),
        })]);
        document["features"] = network.InputCount;
        InputDescription description = network.EngineModel.Network.Inputs;
        document["categories"] = new JsonArray([.. description.Categories.Select(category => (JsonNode?)new JsonObject
        {
            ["values"] = category.ValueCount,
            ["width"] = category.Width,
        })]);
        document["featuresWithMissingValues"] = description.MissingColumns.Count;
        document["sparseSlots"] = description.SparseCount;
        document["networks"] = network.Networks.Count;
        document["layers"] = new JsonArray([.. network.Layers.Select(layer => (JsonNode?)new JsonObject
        {
            ["inputs"] = layer.InputCount,
            ["units"] = layer.UnitCount,
            ["activation"] = TableJson.NameOf(layer.Activation),
        })]);
        document["parameters"] = parameters;
        document["temperature"] = Json.Number(network.Temperature);
        document["fingerprint"] = network.Fingerprint;
        document["bytes"] = bytes;
        document["singleRowMicroseconds"] = Json.Number(time.SingleRowMicroseconds);
        document["batchedRowMicroseconds"] = Json.Number(time.BatchedRowMicroseconds);
        document["trainings"] = new JsonArray([.. history.Select(training => (JsonNode?)new JsonObject
        {
            ["epochs"] = training.EpochCount,
            ["bestEpoch"] = training.BestEpoch,
            ["loss"] = Json.Number(training.Loss),
            ["bestValidationLoss"] = training.BestValidationLoss is double loss ? Json.Number(loss) : null,
            ["seconds"] = Json.Number(training.Seconds),
        })]);
    }

    private static string Layers(MlpModelParameters network) =>
        string.Join(" - ", network.Layers.Select(layer => $"{layer.UnitCount} {TableJson.NameOf(layer.Activation)}")
            .Prepend($"{network.InputCount}"));
}
