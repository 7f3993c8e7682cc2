using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns a cursor was asked for.</summary>
internal sealed class ActiveColumns
{
    private readonly bool[] _active;

    /// <summary>Only the index of a column counts, so that those of an equal schema will do.</summary>
    public ActiveColumns(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        Contracts.CheckValue(columnsNeeded, nameof(columnsNeeded));
        _active = new bool[schema.Count];
        foreach (var column in columnsNeeded)
        {
            Contracts.Check(column.Index < _active.Length, $"The requested column: {column} is not part of the sourceSchema");
            _active[column.Index] = true;
        }
    }

    public bool this[int index] => _active[index];

    /// <summary>The same columns of another schema with the same layout.</summary>
    public IEnumerable<DataViewSchema.Column> Of(DataViewSchema schema) => schema.Where(column => _active[column.Index]);
}
