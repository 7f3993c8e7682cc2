using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer applied to one input schema: which column comes from where, in the data view as in a single row.</summary>
internal sealed class RowToRowMapping : IRowToRowMapper
{
    private readonly BoundColumn[] _added;

    // For each output column the input column it is, or the bitwise complement of the position in _added.
    private readonly int[] _origins;

    public RowToRowMapping(DataViewSchema inputSchema, BoundColumn[] added)
        : this(inputSchema, added, PlaceColumns(inputSchema, added))
    {
    }

    private RowToRowMapping(DataViewSchema inputSchema, BoundColumn[] added, IEnumerable<int> origins)
    {
        InputSchema = inputSchema;
        _added = added;
        _origins = [.. origins];
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(_origins.Select(origin
            => origin >= 0 ? new DataViewSchema.DetachedColumn(inputSchema[origin]) : added[~origin].Output));
        OutputSchema = schema.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>A mapping that adds nothing and keeps only some of the columns, in the given order.</summary>
    public static RowToRowMapping Select(DataViewSchema inputSchema, IEnumerable<int> columns) => new(inputSchema, [], columns);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        bool[] needed = new bool[InputSchema.Count];
        foreach (DataViewSchema.Column column in dependingColumns)
        {
            int origin = _origins[column.Index];
            if (origin >= 0)
            {
                needed[origin] = true;
                continue;
            }

            foreach (int source in _added[~origin].Sources)
                needed[source] = true;
        }

        return [.. InputSchema.Where(column => needed[column.Index])];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new RowToRowRow(input, this, MakeGetters(input, ActiveFlags(activeColumns)));
    }

    public bool[] ActiveFlags(IEnumerable<DataViewSchema.Column> columns)
    {
        bool[] active = new bool[OutputSchema.Count];
        foreach (DataViewSchema.Column column in columns)
            active[column.Index] = true;
        return active;
    }

    /// <summary>The getters of the active added columns, by output column; they keep buffers, so each row needs its own.</summary>
    public Delegate?[] MakeGetters(DataViewRow input, bool[] active)
    {
        var getters = new Delegate?[_origins.Length];
        for (int i = 0; i < getters.Length; i++)
        {
            if (active[i] && _origins[i] < 0)
                getters[i] = _added[~_origins[i]].MakeGetter(input);
        }

        return getters;
    }

    public bool TryGetInputColumn(int outputColumn, out DataViewSchema.Column inputColumn)
    {
        int origin = _origins[outputColumn];
        inputColumn = origin >= 0 ? InputSchema[origin] : default;
        return origin >= 0;
    }

    public ValueGetter<TValue> GetGetter<TValue>(DataViewRow input, Delegate?[] getters, int outputColumn)
    {
        if (TryGetInputColumn(outputColumn, out DataViewSchema.Column source))
            return input.GetGetter<TValue>(source);
        Delegate getter = getters[outputColumn] ?? throw Contracts.Except($"Column '{OutputSchema[outputColumn].Name}' is not active");
        return getter as ValueGetter<TValue> ?? throw Contracts.Except(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }

    /// <summary>A column of a new name goes to the end, one that hides another directly after the one it hides.</summary>
    private static List<int> PlaceColumns(DataViewSchema inputSchema, BoundColumn[] added)
    {
        List<int> origins = [.. Enumerable.Range(0, inputSchema.Count)];
        for (int i = 0; i < added.Length; i++)
        {
            string name = added[i].Output.Name;
            int hidden = origins.FindLastIndex(origin => (origin >= 0 ? inputSchema[origin].Name : added[~origin].Output.Name) == name);
            origins.Insert(hidden >= 0 ? hidden + 1 : origins.Count, ~i);
        }

        return origins;
    }
}
