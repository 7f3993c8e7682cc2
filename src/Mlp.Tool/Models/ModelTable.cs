using System.Collections;
using Microsoft.ML;
using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>A table opened for a model: columns are found by name, and have the kinds that they had in training.</summary>
internal sealed class ModelTable
{
    // The most names in a message.
    private const int MostNames = 10;

    private readonly List<string> _warnings = [];
    private readonly string? _splitColumn;

    private ModelTable(TableDescription description, IDataView data, string? splitColumn) =>
        (Description, Data, _splitColumn) = (description, data, splitColumn);

    public TableDescription Description { get; }

    /// <summary>All rows, with the model's input columns. A label that the table does not have is missing in every row.</summary>
    public IDataView Data { get; }

    /// <summary>Opens a table.</summary>
    /// <param name="model">Defines the columns and their kinds.</param>
    /// <param name="data">The table.</param>
    /// <param name="options">What the user said about the file.</param>
    /// <param name="splitColumn">A column that says train or test, or null.</param>
    /// <param name="needsLabel">Whether the label must be there.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TableException">The file is no table.</exception>
    /// <exception cref="ToolException">It does not have the model's columns.</exception>
    public static ModelTable Open(
        SavedModel model, InputFile data, TableOptions options, string? splitColumn, bool needsLabel, CancellationToken cancellationToken)
    {
        string[] needed = [.. model.Notes.Inputs.Where(input => input.IsFeature || (needsLabel && input.Kind == InputKind.Label))
            .SelectMany(input => input.Fields).Concat(splitColumn is null ? [] : [splitColumn]).Distinct()];
        TableDescription table = InspectFor(needed, data, options, cancellationToken);
        HashSet<string> names = [.. table.Columns.Select(column => column.Name)];
        CheckColumns(needed, table, names);
        var wanted = model.Notes.Inputs.Where(input => input.IsFeature || (needsLabel && input.Kind == InputKind.Label))
            .SelectMany(input => input.Fields.Select(field => (Field: field, Kind: KindOf(input))))
            .Where(pair => names.Contains(pair.Field)).DistinctBy(pair => pair.Field)
            .ToDictionary(pair => pair.Field, pair => pair.Kind);
        if (splitColumn is not null)
            wanted.TryAdd(splitColumn, ColumnKind.Category);
        var numberForms = model.Notes.Inputs.Where(input => input.NumberForm is not null)
            .SelectMany(input => input.Fields.Select(field => (Field: field, Form: input.NumberForm!)))
            .Where(pair => wanted.ContainsKey(pair.Field)).ToDictionary(pair => pair.Field, pair => pair.Form);
        // A column that had numbers in training has numbers here, even if a few rows look different; 05/06/2020 is the same day as in
        // training, and 1.234 the same number.
        if (table.Columns.Any(column => wanted.TryGetValue(column.Name, out ColumnKind kind)
            && (kind != column.Kind || numberForms.TryGetValue(column.Name, out NumberForm? form) && form != column.NumberForm)))
        {
            var dateForms = model.Notes.Inputs.Where(input => input.DateForm != DateForm.None)
                .ToDictionary(input => input.Fields[0], input => input.DateForm);
            foreach (ColumnDescription column in table.Columns)
                wanted.TryAdd(column.Name, ColumnKind.Ignored);
            options = options with
            {
                HasHeader = table.HasHeader,
                Kinds = wanted,
                KindsBecause = "the model was trained on",
                NumberForms = numberForms,
                DateForms = dateForms,
            };
            table = data.Inspect(options, cancellationToken);
        }

        InputColumn[] inputs = [.. model.Notes.Inputs.Where(input => input.Kind != InputKind.Split)
            .Select(input => input.Kind == InputKind.Label && !needsLabel ? input with { Fields = [] } : input)];
        if (splitColumn is not null)
            inputs = [.. inputs, new InputColumn(SplitColumnName(inputs), InputKind.Split, [splitColumn], IsText: true)];
        IDataView rows = TableFile.Load(table, [.. inputs.Select(input => input.ToTableColumn())]);
        var opened = new ModelTable(table, rows, splitColumn is null ? null : inputs[^1].Name);
        opened.WarnOfUnreadable();
        opened.WarnOfMissing(model);
        return opened;
    }

    /// <summary>What the owner of the table should know.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether numbers are missing that never were in training; <see cref="WriteWarnings"/> says which.</summary>
    public bool WarnsOfMissing { get; private set; }

    public void WriteWarnings(Terminal terminal)
    {
        foreach (string warning in _warnings)
            terminal.Warning(warning);
    }

    /// <summary>The rows with a label that the model knows. If there is a split column, only its test rows.</summary>
    /// <param name="model">Knows the label.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="labels">Of the rows.</param>
    /// <param name="mayBeOfOneClass">Whether one of two classes alone will do.</param>
    /// <exception cref="ToolException">There are none, or of two classes only one.</exception>
    public RowSubset LabeledRows(
        SavedModel model, CancellationToken cancellationToken, out TestLabels labels, bool mayBeOfOneClass = false)
    {
        var values = new List<float>();
        var isChosen = new List<bool>();
        long unknown = 0;
        DataViewSchema.Column labelColumn = Data.Schema[model.Notes.Label.Name];
        DataViewSchema.Column? splitColumn = _splitColumn is null ? null : Data.Schema[_splitColumn];
        using (DataViewRowCursor cursor = Data.GetRowCursor(splitColumn is { } split ? [labelColumn, split] : [labelColumn]))
        {
            Func<float> readLabel = LabelSummary.CreateReader(cursor, labelColumn, model.Notes.Classes);
            ValueGetter<ReadOnlyMemory<char>>? readSplit = splitColumn is { } active
                ? cursor.GetGetter<ReadOnlyMemory<char>>(active) : null;
            ReadOnlyMemory<char> use = default;
            while (cursor.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                readSplit?.Invoke(ref use);
                bool isAsked = readSplit is null || use.Span.Equals("test", StringComparison.OrdinalIgnoreCase);
                float label = readLabel();
                isChosen.Add(isAsked && !float.IsNaN(label));
                if (isChosen[^1])
                    values.Add(label);
                else if (isAsked)
                    unknown++;
            }
        }
        if (values.Count == 0)
        {
            string classes = model.Notes.Classes.Count == 0
                ? "a number" : $"one of {string.Join(", ", model.Notes.Classes.Take(MostNames))}";
            throw new ToolException(ExitCode.BadInput,
                $"{Description.Path} has no row to evaluate: the label '{model.Notes.Label.Fields[0]}' is never "
                    + $"{classes}{(_splitColumn is null ? "" : " where the split column says test")}. Check the label's column.");
        }
        if (unknown > 0)
            _warnings.Add(
                $"{Figures.Count(unknown, "row is", "rows are")} left out: the label is missing, or a class that the model does not know.");
        labels = new TestLabels(values, LabelSummary.Of(values, model.Notes.Classes.Count));
        if (!mayBeOfOneClass && model.Notes.Definition.HasPositiveClass && labels.Summary.OnlyClass(model.Notes.Classes) is string only)
        {
            throw new ToolException(ExitCode.BadInput,
                $"{Description.Path}, column '{model.Notes.Label.Fields[0]}': the label is '{only}' in "
                    + $"{(values.Count == 1 ? "the only row" : $"all {values.Count:N0} rows")} to be evaluated; "
                        + $"{ModelEvaluation.NeedsTwoClasses}. Add rows of the other class, or use mlp predict.");
        }
        return new RowSubset(Data, new BitArray(isChosen.ToArray()));
    }

    private static ColumnKind KindOf(InputColumn input) => input switch
    {
        { Kind: InputKind.Date } => ColumnKind.Date,
        { Kind: InputKind.Text } => ColumnKind.Text,
        { IsText: true } => ColumnKind.Category,
        _ => ColumnKind.Number,
    };

    private static string SplitColumnName(InputColumn[] inputs)
    {
        string name = "split";
        while (inputs.Any(input => input.Name == name))
            name += "_";
        return name;
    }

    /// <summary>A first line with all the required names is a header, whatever it looks like.</summary>
    private static TableDescription InspectFor(string[] needed, InputFile data, TableOptions options, CancellationToken cancellationToken)
    {
        TableDescription table = data.Inspect(options, cancellationToken);
        if (options.HasHeader is not null || table.HasHeader)
            return table;
        string[] first = TableFile.ReadRows(table, cancellationToken).First();
        return needed.All(first.Contains) ? data.Inspect(options with { HasHeader = true }, cancellationToken) : table;
    }

    private static void CheckColumns(string[] needed, TableDescription table, HashSet<string> names)
    {
        string[] missing = [.. needed.Where(field => !names.Contains(field))];
        if (missing.Length == 0)
            return;
        string list = string.Join(
            ", ", missing.Take(MostNames)) + (missing.Length > MostNames ? $" and {missing.Length - MostNames} more" : "");
        string has = string.Join(
            ", ", table.Columns.Take(MostNames).Select(column => column.Name)) + (table.Columns.Count > MostNames ? ", ..." : "");
        string hint = table.HasHeader
            ? "Give the columns the names they had in training" : "It was read without a header: if it has one, say --header";
        throw new ToolException(ExitCode.BadInput,
            $"{table.Path} lacks {(missing.Length == 1 ? "a column that is" : "columns that are")} needed: {list}. It has {has}. {hint}; "
                + "a value that is not known can be left empty.");
    }

    /// <summary>Names what is there and counts as missing: a value in another unit, or a text.</summary>
    private void WarnOfUnreadable() => _warnings.AddRange(Description.Warnings
        .Where(warning => warning.Code is "text-among-numbers" or "text-among-dates").Select(warning => warning.Message));

    private void WarnOfMissing(SavedModel model)
    {
        foreach (InputColumn input in model.Notes.Inputs.Where(input => model.Notes.NeverMissing.Contains(input.Name)))
        {
            long count = input.Fields.Sum(field => Description.Columns.First(column => column.Name == field).MissingCount);
            if (count == 0)
                continue;
            WarnsOfMissing = true;
            _warnings.Add(
                $"Column '{input.Fields[0]}' is missing in {Figures.Count(count, "place", "places")}, and never was in training; the "
                    + "middle of the training rows stands in.");
        }
    }
}
