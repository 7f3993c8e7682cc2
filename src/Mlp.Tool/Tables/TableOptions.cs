namespace Mlp.Tool.Tables;

/// <summary>What the user said about a table; everything not said is found out. Columns are given by name (as in the header, or with other
/// capitals when that is unambiguous) or by number, the first being 1; a name that is itself a number wins.</summary>
internal sealed record TableOptions
{
    /// <summary>Between the fields of a row, or null to find out. One ASCII character that is no letter, digit, quote or line end.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first row holds the names of the columns, or null to find out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The column to be predicted, or null when there is none (a table to be scored).</summary>
    public string? Label { get; init; }

    /// <summary>What is to be predicted, or null to find out.</summary>
    public TableTask? Task { get; init; }

    /// <summary>The column that says of each row whether it trains or tests, or null.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>Kinds of columns as the user gave them (<c>--number</c>, <c>--category</c>, <c>--date</c>, <c>--ignore</c>): column to one of
    /// <see cref="ColumnKind.Number"/>, <see cref="ColumnKind.Category"/>, <see cref="ColumnKind.Date"/>, <see cref="ColumnKind.Ignored"/>.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();
}
