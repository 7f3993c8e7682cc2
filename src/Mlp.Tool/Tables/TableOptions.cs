namespace Mlp.Tool.Tables;

/// <summary>What the user said about a table; everything not said is found out. Columns are given by name (as in the header, or with other
/// capitals when that is unambiguous) or by number, the first being 1; a name that is itself a number wins.</summary>
internal sealed record TableOptions
{
    /// <summary>Between the fields of a row, or null to find out: one of <see cref="SeparatorNames.Allowed"/>.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first row holds the names of the columns, or null to find out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The column to be predicted, or null when there is none (a table to be scored).</summary>
    public string? Label { get; init; }

    /// <summary>What is to be predicted, or null to find out.</summary>
    public TableTask? Task { get; init; }

    /// <summary>Of two classes the one whose probability a model gives, as the table writes it; null to find out.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>The column that says of each row whether it trains or tests, or null.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>Kinds of columns as the user gave them (<c>--number</c>, <c>--category</c>, <c>--date</c>, <c>--ignore</c>): column to one of
    /// <see cref="ColumnKind.Number"/>, <see cref="ColumnKind.Category"/>, <see cref="ColumnKind.Date"/>, <see cref="ColumnKind.Ignored"/>.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>Whether <see cref="Kinds"/> are those of a model that is to score the table, rather than options; messages then say so.</summary>
    public bool KindsAreOfModel { get; init; }

    /// <summary>How the dates of some columns are written where they do not tell it themselves, as <see cref="ColumnDescription.DateForm"/> of an
    /// earlier table said: 05/06/2020 alone does not tell.</summary>
    public IReadOnlyDictionary<string, DateForm> DateForms { get; init; } = new Dictionary<string, DateForm>();

    /// <summary>The option that gives a kind.</summary>
    public static string OptionOf(ColumnKind kind) => kind == ColumnKind.Ignored ? "--ignore" : $"--{kind.ToString().ToLowerInvariant()}";

    /// <summary>Checks what can be checked without a file.</summary>
    /// <exception cref="ArgumentException">A value that no table can have.</exception>
    public void Check()
    {
        if (Separator is { } separator && !SeparatorNames.Allowed.Contains(separator))
            throw new ArgumentException($"The separator is '{separator}'; it can be one of {string.Join(" ", SeparatorNames.Allowed.ToArray().Select(SeparatorNames.Describe))}.", nameof(Separator));
        foreach (var (column, kind) in Kinds)
        {
            if (kind is not (ColumnKind.Number or ColumnKind.Category or ColumnKind.Date or ColumnKind.Ignored))
                throw new ArgumentException($"Column '{column}' cannot be made {kind}; it can be Number, Category, Date or Ignored.", nameof(Kinds));
        }
        foreach (var (column, form) in DateForms)
        {
            if (form == DateForm.None || !Enum.IsDefined(form) || form == DateForm.All || Kinds.GetValueOrDefault(column) != ColumnKind.Date)
                throw new ArgumentException($"Column '{column}' has the date form {form}; it needs one form, and the kind Date.", nameof(DateForms));
        }
    }
}
