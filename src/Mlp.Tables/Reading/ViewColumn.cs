using Microsoft.ML.Data;

namespace Mlp.Tables.Reading;

/// <summary>A column of a view.</summary>
/// <param name="Name">In the view.</param>
/// <param name="Kind">Number, date or, for any text, category.</param>
/// <param name="Fields">What it is made of in the file: one column, several for a vector, none where every value is missing.</param>
/// <param name="TextForm">Which spellings of a text are one.</param>
internal sealed record ViewColumn(string Name, ColumnKind Kind, IReadOnlyList<ColumnDescription> Fields, TextForm TextForm)
{
    public bool IsVector => Fields.Count > 1;

    public DataViewType Type => Kind == ColumnKind.Category ? TextDataViewType.Instance
        : IsVector ? new VectorDataViewType(NumberDataViewType.Single, Fields.Count)
        : NumberDataViewType.Single;
}
