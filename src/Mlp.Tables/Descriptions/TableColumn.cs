namespace Mlp.Tables;

/// <summary>A column of the view that <see cref="TableFile"/> gives: its name there, and what it is made of.</summary>
public sealed record TableColumn
{
    private TableColumn(string name, IReadOnlyList<string> fields, ColumnKind kind) => (Name, Fields, Kind) = (name, fields, kind);

    /// <summary>Its name in the view.</summary>
    public string Name { get; }

    /// <summary>Columns of the file, by name: one, several numbers that make a vector, or none where every value is missing.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary><see cref="ColumnKind.Number"/> and <see cref="ColumnKind.Date"/> are given as <see cref="float"/>,
    /// <see cref="ColumnKind.Category"/> as text.</summary>
    public ColumnKind Kind { get; }

    /// <summary>How its numbers are written; null to infer it.</summary>
    public NumberForm? NumberForm { get; private init; }

    /// <summary>Which spellings are one value; null to infer it.</summary>
    public TextForm? TextForm { get; private init; }

    /// <summary>How its dates are written if they are ambiguous; <see cref="DateForm.None"/> to infer it.</summary>
    public DateForm DateForm { get; private init; }

    /// <summary>What is given of a date; <see cref="DatePart.Days"/> for other kinds.</summary>
    public DatePart Part { get; private init; }

    /// <summary>Numbers: <see cref="float"/>, or a vector of it. A missing one is NaN.</summary>
    /// <param name="name">Its name in the view.</param>
    /// <param name="fields">Columns of the file. Default: the one of the same name.</param>
    public static TableColumn Number(string name, params IReadOnlyList<string> fields) =>
        new(name, fields is [] ? [name] : fields, ColumnKind.Number);

    /// <summary>Numbers that are written in a given way: <see cref="float"/>, or a vector of it. A missing one, and one that is written in
    /// another way, is NaN.</summary>
    /// <param name="name">Its name in the view.</param>
    /// <param name="form">How they are written.</param>
    /// <param name="fields">Columns of the file. Default: the one of the same name.</param>
    public static TableColumn Number(string name, NumberForm form, params IReadOnlyList<string> fields) =>
        new(name, fields is [] ? [name] : fields, ColumnKind.Number) { NumberForm = form };

    /// <summary>A date: days since 1970-01-01 UTC as <see cref="float"/>, a time being the fraction. A missing one is NaN.</summary>
    /// <param name="name">Its name in the view.</param>
    /// <param name="field">The column of the file. Default: the one of the same name.</param>
    /// <param name="form">How the dates are written if they are ambiguous, such as 05/06/2020. Default: inferred.</param>
    public static TableColumn Date(string name, string? field = null, DateForm form = DateForm.None) =>
        new(name, [field ?? name], ColumnKind.Date) { DateForm = form };

    /// <summary>A part of a date: text for weekday and month, <see cref="float"/> for the hour.</summary>
    /// <param name="name">Its name in the view.</param>
    /// <param name="part">Any but <see cref="DatePart.DaysSince"/>.</param>
    /// <param name="field">The column of the file.</param>
    /// <param name="form">How the dates are written if they are ambiguous. Default: inferred.</param>
    /// <exception cref="ArgumentException">The part needs another date.</exception>
    public static TableColumn PartOfDate(string name, DatePart part, string field, DateForm form = DateForm.None) =>
        part == DatePart.DaysSince
            ? throw new ArgumentException("Days since another date need that date. Use TableColumn.DaysSince.", nameof(part))
            : new(name, [field], ColumnKind.Date) { DateForm = form, Part = part };

    /// <summary>Days from one date of a row to another one: <see cref="float"/>, NaN where one is missing.</summary>
    /// <param name="name">Its name in the view.</param>
    /// <param name="since">The column of the first date.</param>
    /// <param name="field">The column of the date that is usually later.</param>
    public static TableColumn DaysSince(string name, string since, string field) =>
        new(name, [field, since], ColumnKind.Date) { Part = DatePart.DaysSince };

    /// <summary>A category, a class, or any other text, without blanks around it. A missing one is empty.</summary>
    /// <param name="name">Its name in the view.</param>
    /// <param name="field">The column of the file. Default: the one of the same name.</param>
    /// <param name="form">Which spellings are one value. Default: null, inferred.</param>
    public static TableColumn Text(string name, string? field = null, TextForm? form = null) =>
        new(name, [field ?? name], ColumnKind.Category) { TextForm = form };

    /// <summary>A column that the file does not have: every value is missing.</summary>
    /// <param name="name">Its name in the view.</param>
    /// <param name="isText">Whether it is text, else a number.</param>
    public static TableColumn Missing(string name, bool isText) => new(name, [], isText ? ColumnKind.Category : ColumnKind.Number);
}
