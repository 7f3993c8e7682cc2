using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Turns the columns that a cursor is asked for into a flag per column.</summary>
internal static class ActiveColumns
{
    public static bool[] Of(IEnumerable<DataViewSchema.Column> columnsNeeded, DataViewSchema schema)
    {
        Contracts.CheckValue(columnsNeeded, nameof(columnsNeeded));
        var isActive = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            if (column.Index >= isActive.Length)
                throw Contracts.Except($"The requested column: {column} is not part of the sourceSchema");
            isActive[column.Index] = true;
        }

        return isActive;
    }
}
