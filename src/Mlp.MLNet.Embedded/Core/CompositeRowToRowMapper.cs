using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Row mappers applied one after the other; each computes only what the later ones need.</summary>
internal sealed class CompositeRowToRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers.Length > 0 ? mappers[^1].OutputSchema : inputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        for (int i = mappers.Length - 1; i >= 0; i--)
            dependingColumns = mappers[i].GetDependencies(dependingColumns);
        return dependingColumns;
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.CheckParam(input.Schema == InputSchema, nameof(input), "Schema did not match original schema");
        return GetRow(input, mappers.Length, activeColumns);
    }

    /// <summary>The row after the first mappers: the last of them takes what those before it make of the columns it needs.</summary>
    private DataViewRow GetRow(DataViewRow input, int count, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (count == 0)
            return input;
        IRowToRowMapper last = mappers[count - 1];
        DataViewSchema.Column[] active = [.. activeColumns];
        return last.GetRow(GetRow(input, count - 1, last.GetDependencies(active)), active);
    }
}
