namespace Mlp.Tables.Descriptions;

/// <summary>How messages call the options: as properties of <see cref="TableOptions"/>, or as the options of a command line.</summary>
internal sealed class OptionNames
{
    private OptionNames(bool isCommandLine) => IsCommandLine = isCommandLine;

    /// <summary>"Label", "HasHeader = true".</summary>
    public static OptionNames Properties { get; } = new(isCommandLine: false);

    /// <summary>"--label", "--header".</summary>
    public static OptionNames CommandLine { get; } = new(isCommandLine: true);

    public string Label => Of(nameof(TableOptions.Label), "--label");

    public string Separator => Of(nameof(TableOptions.Separator), "--separator");

    public string SplitColumn => Of(nameof(TableOptions.SplitColumn), "--split-column");

    public string PositiveClass => Of(nameof(TableOptions.PositiveClass), "--positive");

    public string Task => Of(nameof(TableOptions.Task), "--task");

    public string Date => OfKind(ColumnKind.Date);

    private bool IsCommandLine { get; }

    /// <summary>The option that makes the first row a header, or data.</summary>
    public string Header(bool hasHeader) => hasHeader ? Of("HasHeader = true", "--header") : Of("HasHeader = false", "--no-header");

    /// <summary>The option that gives a task.</summary>
    public string OfTask(TableTask task) => IsCommandLine ? $"--task {task.ToString().ToLowerInvariant()}" : $"Task = {task}";

    /// <summary>The option that gives a kind to columns.</summary>
    public string OfKind(ColumnKind kind) => !IsCommandLine ? $"Kinds ({kind})"
        : kind == ColumnKind.Ignored ? "--ignore" : $"--{kind.ToString().ToLowerInvariant()}";

    /// <summary>The option that gives a kind to one column: "--number age" or "Kinds["age"] = Number".</summary>
    public string OfKind(ColumnKind kind, string column) => IsCommandLine
        ? $"{OfKind(kind)} {Quoted(column)}" : $"Kinds[\"{column}\"] = {kind}";

    /// <summary>A name as an argument: in quotes where a shell would take it for several, or read a sign in it.</summary>
    private static string Quoted(string name) =>
        name.All(character => char.IsLetterOrDigit(character) || "_-.,:%@+=".Contains(character)) ? name : $"\"{name}\"";

    private string Of(string property, string option) => IsCommandLine ? option : property;
}
