using Mlp.Tables.Reading;

namespace Mlp.Tool.Serving;

/// <summary>Rows of a request, column by column.</summary>
/// <param name="Count">Rows.</param>
/// <param name="IsSingle">Whether the request was one row, and so is the answer.</param>
/// <param name="Columns">One per field, each with a value per row.</param>
/// <param name="Texts">Of categories and texts the values, null for missing; null for other fields.</param>
internal sealed record RowBatch(
    int Count, bool IsSingle, IReadOnlyList<ColumnValues> Columns, IReadOnlyList<IReadOnlyList<string?>?> Texts);
