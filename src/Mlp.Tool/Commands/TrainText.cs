using System.Text.Json.Nodes;
using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary>What <c>mlp train</c> says of the rows and of its figures, beside the figures themselves.</summary>
internal static class TrainText
{
    /// <summary>How many rows train and test, and what decides which.</summary>
    public static string OfSplit(PipelinePlan plan, TableSplit split)
    {
        string rows =
            $"Training on {Figures.Count(split.TrainLabels.RowCount, "row", "rows")}, testing on "
                + $"{Figures.Count(split.TestLabels.Summary.RowCount)}";
        if (plan.Split.TimeColumn is string time)
            return $"{rows}: the latest by column '{time}' (--test {plan.Split.TestFraction}, --test-latest).";
        return plan.Split.Column is string column
            ? $"{rows}, as column '{column}' says."
            : $"{rows} (--test {plan.Split.TestFraction}{(plan.Classes.Count > 0 ? ", the same part of each class" : "")}, drawn by "
                    + $"--seed {plan.Split.Seed}; a column can say it with --split-column).";
    }

    /// <summary>The metrics of the parts of a cross-validation: their mean, and how far they differ.</summary>
    public static void WriteFolds(Terminal terminal, JsonObject document, IReadOnlyList<IReadOnlyList<Metric>> parts)
    {
        var metrics = parts[0].Select((metric, index) =>
        {
            double[] values = [.. parts.Select(part => part[index].Value)];
            double mean = values.Average();
            double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
            return (Metric: metric, Mean: mean, Deviation: Math.Sqrt(variance));
        }).ToList();
        terminal.Heading($"Cross-validation of the training rows in {parts.Count} parts");
        var lines = new TextTable(false, true, true);
        lines.Add("", "mean", "standard deviation");
        foreach (var (metric, mean, deviation) in metrics)
            lines.Add(metric.Title, Figures.Value(mean, metric.Format), Figures.Value(deviation, metric.Format));
        foreach (string line in lines.Lines())
            terminal.Result(line);
        document["crossValidation"] = new JsonObject
        {
            ["parts"] = parts.Count,
            ["metrics"] = new JsonArray([.. metrics.Select(each => (JsonNode?)new JsonObject
            {
                ["name"] = each.Metric.Name,
                ["mean"] = Json.Number(each.Mean),
                ["standardDeviation"] = Json.Number(each.Deviation),
            })]),
        };
    }

    /// <summary>Says beside the metrics why they may promise too much.</summary>
    public static void WriteDoubts(
        Terminal terminal, JsonObject document, TableDescription table, PipelinePlan plan, TableSplit split, IReadOnlyList<Metric> metrics,
        CancellationToken cancellationToken)
    {
        long rows = split.TestLabels.Summary.RowCount;
        long known = cancellationToken.IsCancellationRequested ? 0 : KnownTestRows.Count(table, plan, split, cancellationToken);
        document["knownTestRows"] = known;
        if (known > 0)
            terminal.Warning(
                $"{Figures.Count(known)} of {Figures.Count(rows, "test row is", "test rows are")} also among the training "
                    + "rows, with the same label: if they are copies, the figures above are better than they would be on new rows. "
                    + "Remove them, and train again.");
        string[] leaks = [.. table.Warnings.Where(warning => warning.Code == "leaking-column").SelectMany(warning => warning.Columns)];
        if (leaks.Length > 0)
            terminal.Warning(
                $"The figures above say nothing if {string.Join(", ", leaks)} {(leaks.Length == 1 ? "is" : "are")} not known before "
                    + "the label is: it can be told from it alone. Leave it out with --ignore, and train again.");
        else if (Verdict.IsTooGood(plan.Definition, metrics, rows))
            terminal.Warning(
                "The figures above are nearly perfect, which real tables seldom allow. Look for a column that is filled in after the "
                    + "label is known, and leave it out with --ignore.");
        string[] dates = [.. table.Columns.Where(column => column.Kind == ColumnKind.Date).Select(column => column.Name)];
        if (dates.Length > 0 && plan.Split is { Column: null, TimeColumn: null })
            terminal.Warning(
                $"The rows have dates ({string.Join(", ", dates)}), and test rows lie between training rows in time. If the model "
                    + $"is for rows of the future, the figures above are too good: "
                    + $"--test-latest {Quoted(dates[0])} tests on the latest rows.");
    }

    /// <summary>A path or name as a shell takes it.</summary>
    public static string Quoted(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
