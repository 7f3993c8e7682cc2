namespace Mlp.Tables;

/// <summary>One column of a table.</summary>
public sealed record ColumnDescription
{
    internal ColumnDescription()
    {
    }

    /// <summary>Position in the file, the first being 0; messages and options count from 1.</summary>
    public required int Index { get; init; }

    /// <summary>The header's name without surrounding blanks; "column3" where there is no header or no name. Unique in its table.</summary>
    public required string Name { get; init; }

    /// <summary>What the column is.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Why this kind: one sentence. <see cref="TableOptions.Kinds"/> overrides it.</summary>
    public required string Reason { get; init; }

    /// <summary>Rows without a value: an empty field or one of <see cref="MissingTokens"/>; for a number also a
    /// value that is not a finite <see cref="float"/>.</summary>
    public required long MissingCount { get; init; }

    /// <summary>The texts other than the empty field that stand for "no value" in this column, as they are written: NA, ?, null,
    /// ...</summary>
    public required IReadOnlyList<string> MissingTokens { get; init; }

    /// <summary>Different values, missing ones left out and spellings joined as <see cref="TextForm"/> says. A lower bound
    /// when <see cref="DistinctCountIsCapped"/>.</summary>
    public required int DistinctCount { get; init; }

    /// <summary>Whether counting different values stopped at a limit.</summary>
    public required bool DistinctCountIsCapped { get; init; }

    /// <summary>The first different values of the file, at most 5, as they are written and shortened to 40 characters.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Smallest number of a column that holds numbers only, else null.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number of a column that holds numbers only, else null.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether every value is a whole number.</summary>
    public bool IsInteger { get; init; }

    /// <summary>How the numbers of this column are written; a decimal point and no unit for columns of other kinds.</summary>
    public NumberForm NumberForm { get; init; } = new();

    /// <summary>The decimal mark of the numbers of this column; '.' when no number has one.</summary>
    public char DecimalMark => NumberForm.DecimalMark;

    /// <summary>Which spellings of a category or a class are one.</summary>
    public TextForm TextForm { get; init; }

    /// <summary>How the dates of a <see cref="ColumnKind.Date"/> are written, else none.</summary>
    public DateForm DateForm { get; init; }

    /// <summary>What differs between the dates of a <see cref="ColumnKind.Date"/> beside the days: weekday, month, hour. Empty for other
    /// kinds.</summary>
    public IReadOnlyList<DatePart> DateParts { get; init; } = [];

    /// <summary>Whether something can be learnt from the column: a number, a category, a date or a text.</summary>
    public bool IsFeature => Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date or ColumnKind.Text;

    /// <summary>A hash of all fields in order.</summary>
    internal ulong ContentHash { get; init; }

    /// <summary>Whether the reason is that of every column of this kind.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>Whether an option says what the column is.</summary>
    internal bool IsKindGiven { get; init; }
}
