using Microsoft.ML.Data;

namespace Mlp.Tables.Reading;

/// <summary>A column of a view.</summary>
/// <param name="Name">In the view.</param>
/// <param name="Kind">Number, date or, for any text, category.</param>
/// <param name="Fields">What it is made of in the file: one column, several for a vector, none where every value is missing.</param>
/// <param name="TextForm">Which spellings of a text are one.</param>
/// <param name="Part">What is given of a date.</param>
internal sealed record ViewColumn(string Name, ColumnKind Kind, IReadOnlyList<ColumnDescription> Fields, TextForm TextForm, DatePart Part)
{
    public bool IsVector => Fields.Count > 1 && Part != DatePart.DaysSince;

    public DataViewType Type => Kind == ColumnKind.Category || Part is DatePart.Weekday or DatePart.Month ? TextDataViewType.Instance
        : IsVector ? new VectorDataViewType(NumberDataViewType.Single, Fields.Count)
        : NumberDataViewType.Single;
}
