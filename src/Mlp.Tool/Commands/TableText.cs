using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary>The description of a table and of what will be done with it, for people.</summary>
internal static class TableText
{
    // More lines are hard to read; the JSON has all.
    private const int MostLines = 60;

    public static void Write(Terminal terminal, TableDescription table, PipelinePlan plan)
    {
        string header = table.HasHeader ? "with header" : "no header";
        string form = table.Format switch
        {
            TableFormat.Parquet => "Parquet",
            TableFormat.Query => "from the database",
            _ => $"{NameOf(table.Separator)}, {header}, {table.EncodingName}{(table.IsCompressed ? ", compressed" : "")}",
        };
        terminal.Detail(
            $"{table.Path}: {Figures.Count(table.RowCount, "row", "rows")}, {Figures.Count(table.Columns.Count, "column", "columns")}; "
                + form);
        terminal.Detail();
        Dictionary<string, ColumnDescription> columns = PipelinePlanner.ByName(table);
        var lines = new TextTable(false, false, true, true, false);
        lines.Add("column", "as", "missing", "values", "because");
        foreach (InputColumn input in plan.Inputs.Where(input => input is { IsFeature: true, Part: DatePart.Days }).Take(MostLines))
        {
            ColumnDescription[] members = [.. input.Fields.Select(field => columns[field])];
            string name = input.IsVector ? $"{members[0].Name} ... {members[^1].Name}" : members[0].Name;
            string kind = input.IsVector ? $"{members.Length} numbers" : input.Kind.ToString().ToLowerInvariant();
            lines.Add(
                name, kind, Figures.Count(members.Sum(member => member.MissingCount)),
                input.IsVector ? "" : DistinctCount(members[0]), input.IsVector
                ? "Numbered columns of one name are read together." : members[0].IsPlain ? "" : members[0].Reason);
        }
        foreach (ColumnDescription column in table.Columns.Where(
            column => !column.IsFeature && column.Kind is not (ColumnKind.Label or ColumnKind.Split)).Take(MostLines))
            lines.Add(column.Name, "left out", Figures.Count(column.MissingCount), DistinctCount(column), column.Reason);
        foreach (string line in lines.Lines())
            terminal.Detail(line);
        terminal.Detail("  Columns of numbers alone are numbers, texts that repeat are categories. --number, --category, --text,");
        terminal.Detail("  --date and --ignore, each with columns' names, make something else of them.");
        int hidden = Math.Max(0, plan.Inputs.Count(input => input is { IsFeature: true, Part: DatePart.Days }) - MostLines);
        if (hidden > 0)
            terminal.Detail($"  and {Figures.Count(hidden, "column", "columns")} more; --json lists all");
        terminal.Detail();

        LabelDescription label = table.Label!;
        string overrides = label.TaskReason.Contains("--task", StringComparison.Ordinal) ? "" : " --task makes it another task.";
        terminal.Detail($"Label: {label.Column.Name}, {TableJson.NameOf(label.Task)}. {label.TaskReason}{overrides}");
        if (label.Classes.Count > 0)
        {
            IEnumerable<string> classes = label.Classes.Take(MostLines).Select(item => $"{item.Value} {Figures.Count(item.Count)}");
            string positiveClass = label.PositiveClass is LabelClass positive
                ? $"; the positive one is {positive.Value} ({label.PositiveReason}), --positive makes it the other" : "";
            terminal.Detail($"Classes: {string.Join(", ", classes)}{positiveClass}");
        }
        foreach (TableWarning warning in table.Warnings)
            terminal.Warning(warning.Message);
    }

    private static string DistinctCount(ColumnDescription column) =>
        column.DistinctCountIsCapped ? $"{Figures.Count(column.DistinctCount)}+" : Figures.Count(column.DistinctCount);

    private static string NameOf(char separator) => separator switch
    {
        ',' => "separated by commas",
        ';' => "separated by semicolons",
        '\t' => "separated by tabs",
        '|' => "separated by bars",
        ' ' => "separated by spaces",
        _ => $"separated by '{separator}'",
    };
}
