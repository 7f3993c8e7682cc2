using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp evaluate</c>: a model and a CSV with labels → metrics.</summary>
internal sealed class EvaluateCommand : ToolCommand
{
    private readonly Argument<string> _model = new("model") { Description = "A zip that mlp train, or ml.Model.Save, wrote." };
    private readonly DataArguments _data = new(
        "A table with the columns that the model was trained on, the label among them. - is standard input; several files are one "
            + "table.");
    private readonly Option<string?> _label =
        new("--label", "-l") { Description = "The label, for a model that mlp train did not write [default: Label].", HelpName = "column" };
    private readonly Option<string?> _splitColumn =
        new("--split-column") { Description = "Evaluates only the rows of which this column says test.", HelpName = "column" };
    private readonly TableArguments _table = new();

    public EvaluateCommand()
    {
        Definition = new Command("evaluate", "Judges a model on a table that has the label.") { _model };
        _data.AddTo(Definition);
        Definition.Add(_label);
        Definition.Add(_splitColumn);
        _table.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        using var opened = new OpenedModel(
            result.GetValue(_model)!, result.GetValue(_label), _data.Read(result), _table.Read(result), terminal, cancellationToken);
        SavedModel model = opened.Model;
        ModelTable table = opened.OpenTable(needsLabel: true, result.GetValue(_splitColumn));
        IDataView rows = table.LabeledRows(model, cancellationToken, out TestLabels labels);
        opened.WriteWarnings(table);
        // A zip without notes has no summary of its training rows; the guess is then made from the labels of the evaluated rows.
        LabelSummary known = model.IsFromTool ? model.Notes.TrainingLabels : labels.Summary;
        IReadOnlyList<Metric> metrics = ModelEvaluation.Of(
            opened.Context, model.Notes.Definition, model.Transformer, rows, model.Notes.Label.Name, known, labels);
        string guess = model.Notes.Definition.NameOfGuess(known, model.Notes.Classes);
        terminal.Detail($"{model.Path} on {opened.DataPath}");
        MetricsText.Write(terminal, $"Rows: {Figures.Count(labels.Values.Count)}", guess, metrics);

        document["model"] = model.Path;
        document["data"] = opened.DataPath;
        document["task"] = TableJson.NameOf(model.Notes.Task);
        document["rows"] = labels.Values.Count;
        document["metrics"] = Json.Metrics(metrics);
        document["baseline"] = guess;
        IReadOnlyList<PairedDifference> differences = GuessComparison.Of(
            model.Notes.Definition, model.Notes.Classes, model.Transformer.Transform(rows), known, labels);
        bool isNoBetter = Verdict.IsNoBetterThanGuess(model.Notes.Definition, metrics, differences, labels.Summary.RowCount);
        document["noBetterThanGuess"] = isNoBetter;
        if (isNoBetter)
            terminal.Warning(Verdict.NoBetterText(model.Notes.Definition, metrics, guess));
        return isNoBetter ? ExitCode.NoBetterThanGuess : ExitCode.Success;
    }
}
