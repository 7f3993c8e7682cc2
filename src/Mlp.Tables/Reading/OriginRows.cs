using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>The rows of an origin that was described, compared with what was found then.</summary>
internal static class OriginRows
{
    /// <param name="table">As it was described.</param>
    /// <param name="origin">Of the table.</param>
    /// <param name="uses">One per column: what is not needed may be empty. Null for everything.</param>
    /// <param name="cancellationToken">For all reading.</param>
    /// <exception cref="TableException">There are not the rows that were described.</exception>
    public static IEnumerable<RowReader> Of(
        TableDescription table, RowOrigin origin, ColumnUse[]? uses, CancellationToken cancellationToken)
    {
        using RowReader reader = origin.Open(uses, cancellationToken);
        int[] compared = !origin.MayChange ? []
            : [.. Enumerable.Range(0, table.Columns.Count).Where(index => uses?[index] != ColumnUse.None)];
        var hashes = new ulong[compared.Length];
        long count = 0;
        for (; reader.Read(); count++)
        {
            for (int index = 0; index < compared.Length; index++)
                hashes[index] = FieldHash.Mix(hashes[index], FieldHash.Of(reader.Field(compared[index])));
            yield return reader;
        }
        if (count != table.RowCount)
        {
            throw new TableException(
                table.Path,
                $"{table.Path} has {count:N0} rows, and had {table.RowCount:N0} when it was inspected. Start again when nothing writes to "
                    + "it.");
        }
        for (int index = 0; index < compared.Length; index++)
        {
            if (hashes[index] != table.Columns[compared[index]].ContentHash)
            {
                throw new TableException(
                    table.Path,
                    $"{table.Path} gives other values of '{table.Columns[compared[index]].Name}' than when it was inspected, or the rows "
                        + "in another order. Add ORDER BY with a key, and start again when nothing writes to its tables.");
            }
        }
    }
}
