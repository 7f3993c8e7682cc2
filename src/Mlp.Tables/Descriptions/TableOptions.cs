using Mlp.Tables.Descriptions;

namespace Mlp.Tables;

/// <summary>What is known about a table; everything else is inferred. Columns are given by name (as in the header, or with other capitals
/// when that is unambiguous) or by number, the first being 1; a name that is itself a number takes precedence.</summary>
public sealed record TableOptions
{
    /// <summary>Between the fields of a row: one of , ; tab | : ^ ~ &amp;. Default: null, inferred among the first four.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first row holds the names of the columns. Default: null, inferred.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The column to be predicted. Default: null, there is none.</summary>
    public string? Label { get; init; }

    /// <summary>What is to be predicted. Default: null, inferred from the label.</summary>
    public TableTask? Task { get; init; }

    /// <summary>With two classes, the positive one, as the table writes it. Default: null, inferred: the one that means yes, or the rarer
    /// one.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>The column that says "train" or "test" of each row. Default: null, there is none.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>Kinds of columns: column to one of <see cref="ColumnKind.Number"/>, <see cref="ColumnKind.Category"/>,
    /// <see cref="ColumnKind.Date"/>, <see cref="ColumnKind.Text"/>, <see cref="ColumnKind.Ignored"/>. Default: empty, all are
    /// inferred.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>How the numbers of some columns are written; for example <see cref="ColumnDescription.NumberForm"/> of an earlier table.
    /// Values of another form are missing. Default: empty, all are inferred.</summary>
    public IReadOnlyDictionary<string, NumberForm> NumberForms { get; init; } = new Dictionary<string, NumberForm>();

    /// <summary>How the dates of some columns are written if they are ambiguous, such as 05/06/2020; for example
    /// <see cref="ColumnDescription.DateForm"/> of an earlier table. Default: empty, all are inferred.</summary>
    public IReadOnlyDictionary<string, DateForm> DateForms { get; init; } = new Dictionary<string, DateForm>();

    /// <summary>Why columns have the given <see cref="Kinds"/>, for messages: "the model was trained on", to be followed by "numbers". Null
    /// when the user gave them.</summary>
    internal string? KindsBecause { get; init; }

    /// <summary>How messages call these options.</summary>
    internal OptionNames Names { get; init; } = OptionNames.Properties;

    /// <summary>Checks what can be checked without a file.</summary>
    /// <exception cref="ArgumentException">A value that no table can have.</exception>
    internal void Check()
    {
        if (Separator is { } separator && !SeparatorNames.Allowed.Contains(separator))
        {
            string allowed = string.Join(" ", SeparatorNames.Allowed.ToArray().Select(SeparatorNames.Describe));
            throw new ArgumentException($"The separator is '{separator}'; it can be one of {allowed}.", nameof(Separator));
        }
        foreach (var (column, kind) in Kinds)
        {
            if (kind is not (ColumnKind.Number or ColumnKind.Category or ColumnKind.Date or ColumnKind.Text or ColumnKind.Ignored))
                throw new ArgumentException(
                    $"Column '{column}' cannot be made {kind}; it can be Number, Category, Date, Text or Ignored.", nameof(Kinds));
        }
        foreach (var (column, form) in NumberForms)
        {
            if (form.DecimalMark is not ('.' or ',') || Kinds.GetValueOrDefault(column, ColumnKind.Ignored) != ColumnKind.Number)
                throw new ArgumentException(
                    $"Column '{column}' has numbers with the decimal mark '{form.DecimalMark}'; it needs '.' or ',', and the kind Number.",
                    nameof(NumberForms));
        }
        foreach (var (column, form) in DateForms)
        {
            if (!DateFormCheck.IsForm(form) || Kinds.GetValueOrDefault(column) != ColumnKind.Date)
                throw new ArgumentException(
                    $"Column '{column}' has the date form {form}; it needs one form, and the kind Date.", nameof(DateForms));
        }
    }
}
