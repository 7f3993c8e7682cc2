using System.Text.Json.Serialization;
using Mlp.Tables;

namespace Mlp.Tool.Pipelines;

/// <summary>A column that is loaded from the file.</summary>
/// <param name="Name">In ML.NET's schema.</param>
/// <param name="Kind">What it is to the pipeline.</param>
/// <param name="Fields">Names of the file's columns it is made of: one, or several numbers that form a vector.</param>
/// <param name="IsText">Loaded as text, else as Single.</param>
/// <param name="DateForm">How its dates are written; <see cref="DateForm.None"/> for other kinds, and when all are missing.</param>
/// <param name="NumberForm">How its numbers are written; null for other kinds, and in models of earlier versions.</param>
/// <param name="TextForm">Which spellings of a category or a class are one.</param>
/// <param name="Part">What is loaded of a date.</param>
internal sealed record InputColumn(
    string Name, InputKind Kind, IReadOnlyList<string> Fields, bool IsText, DateForm DateForm = DateForm.None,
    NumberForm? NumberForm = null, TextForm TextForm = TextForm.AsWritten, DatePart Part = DatePart.Days)
{
    /// <summary>Whether a model sees it.</summary>
    [JsonIgnore]
    public bool IsFeature => Kind is InputKind.Number or InputKind.Category or InputKind.Text or InputKind.Date;

    [JsonIgnore]
    public bool IsVector => Fields.Count > 1 && Part != DatePart.DaysSince;

    /// <summary>The column to read from the table. Without fields it is missing in every row.</summary>
    public TableColumn ToTableColumn() => this switch
    {
        { Fields: [] } => TableColumn.Missing(Name, IsText),
        { Part: DatePart.DaysSince } => TableColumn.DaysSince(Name, Fields[1], Fields[0]),
        { Part: not DatePart.Days } => TableColumn.PartOfDate(Name, Part, Fields[0]),
        { IsText: true } => TableColumn.Text(Name, Fields[0], TextForm),
        { Kind: InputKind.Date } => TableColumn.Date(Name, Fields[0], DateForm),
        { NumberForm: { } form } => TableColumn.Number(Name, form, Fields),
        _ => TableColumn.Number(Name, Fields),
    };

    /// <summary>This column as C#.</summary>
    public string ToCode()
    {
        if (Part == DatePart.DaysSince)
            return $"TableColumn.DaysSince({CSharp.Literal(Name)}, {CSharp.Literal(Fields[1])}, {CSharp.Literal(Fields[0])})";
        if (Part != DatePart.Days)
            return $"TableColumn.PartOfDate({CSharp.Literal(Name)}, DatePart.{Part}, {CSharp.Literal(Fields[0])})";
        string[] fields = Fields is [var only] && only == Name ? [] : [.. Fields.Select(CSharp.Literal)];
        string[] form = NumberForm is { } number && number != new NumberForm()
            ? [$"new {nameof(NumberForm)}({CSharp.Literal(number.DecimalMark)}, {CSharp.Literal(number.Unit)})"] : [];
        IEnumerable<string> dateForms = DateForm.ToString().Split(", ").Select(each => $"{nameof(DateForm)}.{each}");
        string[] last = DateForm != DateForm.None ? [$"form: {string.Join(" | ", dateForms)}"]
            : TextForm != TextForm.AsWritten ? [$"form: {nameof(TextForm)}.{TextForm}"] : [];
        string method = IsText ? nameof(TableColumn.Text) : Kind == InputKind.Date ? nameof(TableColumn.Date) : nameof(TableColumn.Number);
        return $"{nameof(TableColumn)}.{method}({string.Join(", ", (string[])[CSharp.Literal(Name), .. form, .. fields, .. last])})";
    }
}
