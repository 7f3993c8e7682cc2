using System.Collections;
using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Mlp.Reports.Findings;
using Mlp.Reports.Page;
using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp compare</c>: two models and a table with labels → which is better, and whether that is more than chance.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private const int Seed = 1;

    private readonly Argument<string> _first = new("first") { Description = "A zip that mlp train, or ml.Model.Save, wrote." };
    private readonly Argument<string> _second = new("second") { Description = "Another one, which predicts the same column." };
    private readonly DataArguments _data = new(
        "A table with the columns that both models take, and the label; neither model should have been trained on its rows. - is "
            + "standard input; several files are one table.");
    private readonly Option<string?> _report = new("--report", "-o", "--out", "--output")
    {
        Description = "A page with both models side by side.",
        HelpName = "page.html",
    };
    private readonly Option<string?> _label =
        new("--label", "-l") { Description = "The label, for a model that mlp train did not write [default: Label].", HelpName = "column" };
    private readonly Option<string?> _splitColumn =
        new("--split-column") { Description = "Compares only on the rows of which this column says test.", HelpName = "column" };
    private readonly TableArguments _table = new();

    public CompareCommand()
    {
        Definition = new Command("compare", "Says which of two models is better on a table that has the label.") { _first, _second };
        _data.AddTo(Definition);
        Definition.Add(_report);
        Definition.Add(_label);
        Definition.Add(_splitColumn);
        _table.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        string[] paths = [result.GetValue(_first)!, result.GetValue(_second)!];
        string? report = result.GetValue(_report);
        DataRequest request = _data.Read(result);
        if (paths[0] == paths[1])
            throw new ToolException(ExitCode.Usage, $"Both models are '{paths[0]}'. Give two.");
        foreach (string path in paths)
            InputFile.CheckOnlyOne(path, request.Paths);
        OutputFile.Check("--report", report, [.. request.Paths, .. paths], []);
        terminal.LeaveOutputTo("--report", report);
        var ml = new MLContext(seed: 1);
        var warnings = ModelWarnings.Show(ml, terminal);
        using var firstFile = InputFile.Open(paths[0], cancellationToken);
        using var secondFile = InputFile.Open(paths[1], cancellationToken);
        SavedModel first = SavedModel.Load(ml, firstFile, result.GetValue(_label)),
            second = SavedModel.Load(ml, secondFile, result.GetValue(_label));
        ComparedModel.Check(first, second);
        TableOptions options = _table.Read(result);
        using var data = request.Open(options, cancellationToken);
        terminal.Rename(data.Path, data.Title);
        ModelTable[] tables = [.. ((SavedModel[])[first, second]).Select(model => ModelTable.Open(
            model, data, options, result.GetValue(_splitColumn), needsLabel: true, cancellationToken))];
        warnings.KnowsOfMissing = tables.Any(table => table.WarnsOfMissing);

        var comparison = Compare(
            new ComparedModel(first, tables[0]), new ComparedModel(second, tables[1]), cancellationToken, out List<string> notes);
        string[] doubts = [.. tables.SelectMany(table => table.Warnings).Concat(notes).Distinct()];
        foreach (string doubt in doubts)
            terminal.Warning(doubt);
        Write(terminal, comparison, data.Title);
        document["first"] = first.Path;
        document["second"] = second.Path;
        document["data"] = data.GivenPath;
        Fill(document, comparison);
        if (report is not null)
        {
            string title = $"{first.Notes.Label.Fields[0]}: {comparison.FirstName} and {comparison.SecondName}";
            string page = ComparisonDocument.Write(
                title, $"On {Figures.Count(comparison.RowCount, "row", "rows")} of {request.Name}.", comparison, doubts);
            OutputFile.Write(report, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
            terminal.Detail();
            terminal.Detail($"Written: {OutputFile.NameOf(report)}, a page with both models side by side");
            document["written"] = report;
        }
        return ExitCode.Success;
    }

    private static ModelComparison Compare(
        ComparedModel first, ComparedModel second, CancellationToken cancellationToken, out List<string> notes)
    {
        IReadOnlyList<string> classes = first.Model.Notes.Classes;
        BitArray ofFirst = first.LabeledRows(cancellationToken), ofSecond = second.LabeledRows(cancellationToken);
        notes = [];
        int apart = Count(new BitArray(ofFirst).Xor(ofSecond));
        if (apart > 0)
            notes.Add($"{Figures.Count(apart, "row is", "rows are")} left out: one of the models cannot read the label.");
        BitArray both = new BitArray(ofFirst).And(ofSecond);
        var read = first.Read(both, classes, cancellationToken).Zip(second.Read(both, classes, cancellationToken)).ToList();
        int unlike = read.FindIndex(row => row.First.Label != row.Second.Label);
        if (unlike >= 0)
        {
            throw new ToolException(
                ExitCode.BadInput,
                $"The models read the label of labelled row {unlike + 1:N0} as {TextOf(read[unlike].First.Label, classes)} and as "
                    + $"{TextOf(read[unlike].Second.Label, classes)}: they were trained on tables that write it in different ways. Train "
                    + "both on tables that write it in one way.");
        }
        var predicted = read.Where(row => !row.First.Outputs.Concat(row.Second.Outputs).Any(double.IsNaN)).ToList();
        if (predicted.Count == 0)
        {
            throw new ToolException(
                ExitCode.BadInput,
                $"Of {Figures.Count(read.Count, "row", "rows")} none is predicted by both models. Give rows without missing values.");
        }
        if (predicted.Count < read.Count)
        {
            notes.Add(
                $"{Figures.Count(read.Count - predicted.Count, "row is", "rows are")} left out: a value is missing that one of the models "
                    + "cannot do without.");
        }
        if (predicted.Count < ModelComparison.FewRows)
            notes.Add($"There are {predicted.Count} rows: standard errors of so few are themselves uncertain. Compare on more rows.");
        (string firstName, string secondName) = NamesOf(first.Model.Path, second.Model.Path);
        return new ModelComparison(
            firstName, first.Score([.. predicted.Select(row => row.First)], classes),
            secondName, second.Score([.. predicted.Select(row => row.Second)], classes), Seed, cancellationToken);
    }

    /// <summary>Without their folders where that tells them apart.</summary>
    private static (string, string) NamesOf(string first, string second) =>
        Path.GetFileName(first) == Path.GetFileName(second) ? (first, second) : (Path.GetFileName(first), Path.GetFileName(second));

    private static int Count(BitArray rows) => rows.Cast<bool>().Count(isIn => isIn);

    private static string TextOf(double label, IReadOnlyList<string> classes) =>
        classes.Count > 0 && label >= 0 ? $"'{classes[(int)label]}'" : Figures.Value(label, "G6");

    private static void Write(Terminal terminal, ModelComparison comparison, string data)
    {
        terminal.Heading($"{data}: {Figures.Count(comparison.RowCount, "row", "rows")}");
        var lines = new TextTable(false, true, true, true, true, true, false);
        lines.Add("", comparison.FirstName, comparison.SecondName, "difference", "± error", "95 % interval", "better");
        foreach (MetricDifference each in comparison.Differences)
        {
            string format = each.Metric.IsShare ? "F4" : "G5";
            lines.Add(
                each.Metric.Name, Figures.Value(each.First, format), Figures.Value(each.Second, format),
                Figures.Value(each.Difference, format), Figures.Value(each.StandardError, format),
                $"{Figures.Value(each.Low, format)} to {Figures.Value(each.High, format)}",
                !each.IsBeyondNoise ? "-" : each.IsSecondBetter ? comparison.SecondName : comparison.FirstName);
        }
        foreach (string line in lines.Lines())
            terminal.Result(line);
        terminal.Result();
        terminal.Result(comparison.Verdict);
    }

    private static void Fill(JsonObject document, ModelComparison comparison)
    {
        document["rows"] = comparison.RowCount;
        document["metrics"] = new JsonArray([.. comparison.Differences.Select(each => (JsonNode?)new JsonObject
        {
            ["name"] = each.Metric.Name,
            ["first"] = Json.Number(each.First),
            ["second"] = Json.Number(each.Second),
            ["difference"] = Json.Number(each.Difference),
            ["standardError"] = Json.Number(each.StandardError),
            ["low"] = Json.Number(each.Low),
            ["high"] = Json.Number(each.High),
            ["better"] = BetterOf(each),
        })]);
        document["better"] = BetterOf(comparison.Decisive);
        document["verdict"] = comparison.Verdict;
    }

    /// <summary>Null where the difference may be noise.</summary>
    private static string? BetterOf(MetricDifference each) => !each.IsBeyondNoise ? null : each.IsSecondBetter ? "second" : "first";
}
