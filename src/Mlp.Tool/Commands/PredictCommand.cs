using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp predict</c>: a model and a CSV → the same rows with predictions. The label may be absent. Rows are not held in
/// memory.</summary>
internal sealed class PredictCommand : ToolCommand
{
    private const int MostExamples = 3;

    private readonly Argument<string> _model = new("model") { Description = "A zip that mlp train, or ml.Model.Save, wrote." };
    private readonly DataArguments _data = new(
        "A table with the columns that the model was trained on; the label may be absent. - is standard input; several files are one "
            + "table.");
    private readonly Option<string> _out =
        new("--out", "-o")
        {
            Description =
                "The table with predictions: PredictedLabel and a Probability for each class, or Score. - is standard output.",
            HelpName = "scored.csv",
            Required = true
        };
    private readonly Option<string?> _label =
        new("--label", "-l") { Description = "The label, for a model that mlp train did not write [default: Label].", HelpName = "column" };
    private readonly TableArguments _table = new();

    public PredictCommand()
    {
        Definition = new Command("predict", "Adds a model's predictions to the rows of a table.") { _model };
        _data.AddTo(Definition);
        Definition.Add(_out);
        Definition.Add(_label);
        _table.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        string outPath = result.GetValue(_out)!, modelPath = result.GetValue(_model)!;
        DataRequest request = _data.Read(result);
        OutputFile.Check("--out", outPath, [.. request.Paths, modelPath], []);
        terminal.LeaveOutputTo("--out", outPath);
        using var opened = new OpenedModel(
            modelPath, result.GetValue(_label), request, _table.Read(result), terminal, cancellationToken);
        SavedModel model = opened.Model;
        ModelTable table = opened.OpenTable(needsLabel: false);
        opened.WriteWarnings(table);

        IDataView scored = model.Transformer.Transform(table.Data);
        var columns = new PredictionColumns(model.Notes, scored.Schema, table.Description.Columns.Select(column => column.Name));
        UnknownCategories[] unknown = [.. model.Notes.Inputs.Where(input => input.Kind == InputKind.Category)
            .Select(input => UnknownCategories.Create(input, scored.Schema, table.Description)).OfType<UnknownCategories>()];
        long rowCount = 0;
        OutputFile.Write(outPath, stream => rowCount = WriteRows(stream, table.Description, scored, columns, unknown, cancellationToken));

        foreach (UnknownCategories category in unknown.Where(category => category.RowCount > 0))
        {
            terminal.Warning(
                $"Column '{category.Field}' has values that training did not see in {Figures.Count(category.RowCount, "row", "rows")} "
                    + $"({string.Join(", ", category.Examples.Take(MostExamples))}); they count as unknown.");
        }
        terminal.Detail($"{OutputFile.NameOf(outPath)}: {Figures.Count(rowCount, "row", "rows")} with {string.Join(", ", columns.Names)}");
        document["model"] = model.Path;
        document["data"] = opened.DataPath;
        document["out"] = outPath;
        document["rows"] = rowCount;
        document["columns"] = Json.Texts(columns.Names);
        document["unknownCategories"] = new JsonArray(
            [.. unknown.Where(category => category.RowCount > 0).Select(category => (JsonNode?)new JsonObject
        {
            ["column"] = category.Field,
            ["rows"] = category.RowCount,
            ["examples"] = Json.Texts(category.Examples),
        })]);
        return ExitCode.Success;
    }

    private static long WriteRows(
        Stream stream, TableDescription table, IDataView scored, PredictionColumns columns, UnknownCategories[] unknown,
            CancellationToken cancellationToken)
    {
        using var writer = new CsvWriter(stream);
        foreach (string name in table.Columns.Select(column => column.Name).Concat(columns.Names))
            writer.Write(name);
        writer.EndRow();

        long rowCount = 0;
        using DataViewRowCursor cursor = scored.GetRowCursor(columns.Sources(scored.Schema));
        Func<string[]> readPrediction = columns.CreateReader(cursor);
        foreach (string[] row in TableFile.ReadRows(table, cancellationToken))
        {
            if (!cursor.MoveNext())
                throw Changed(table);
            foreach (UnknownCategories category in unknown)
                category.Look(row);
            foreach (string field in row)
                writer.Write(field);
            foreach (string field in readPrediction())
                writer.Write(field);
            writer.EndRow();
            rowCount++;
        }
        return cursor.MoveNext() ? throw Changed(table) : rowCount;
    }

    private static ToolException Changed(TableDescription table) =>
        new(ExitCode.BadInput, $"{table.Path} changed while it was read. Start again when nothing writes to it.");
}
