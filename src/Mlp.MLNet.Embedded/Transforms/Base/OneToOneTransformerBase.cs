using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer each of whose columns is computed from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    internal readonly (string outputColumnName, string inputColumnName)[] ColumnPairs;

    private protected OneToOneTransformerBase(IHost host, (string outputColumnName, string inputColumnName)[] columns)
        : base(host)
    {
        Contracts.CheckValue(columns, nameof(columns));
        var outputs = new HashSet<string>();
        foreach ((string output, string input) in columns)
        {
            Contracts.CheckNonEmpty(input, nameof(columns));
            Contracts.CheckNonEmpty(output, nameof(columns));
            if (!outputs.Add(output))
                throw Contracts.ExceptParam(nameof(columns), $"Name of the result column '{output}' specified multiple times");
        }

        ColumnPairs = columns;
    }

    private protected OneToOneTransformerBase(IHost host, ModelLoadContext ctx)
        : this(host, LoadColumns(ctx))
    {
    }

    private protected void SaveColumns(ModelSaveContext ctx)
    {
        ctx.Writer.Write(ColumnPairs.Length);
        foreach ((string output, string input) in ColumnPairs)
        {
            ctx.SaveNonEmptyString(output);
            ctx.SaveNonEmptyString(input);
        }
    }

    private protected sealed override BoundColumn[] Bind(DataViewSchema inputSchema)
    {
        var sources = new DataViewSchema.Column[ColumnPairs.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            string input = ColumnPairs[i].inputColumnName;
            sources[i] = inputSchema.GetColumnOrNull(input)
                ?? throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", input);
            CheckInputColumn(inputSchema, i, sources[i]);
        }

        return [.. sources.Select((source, i) => BindColumn(i, source))];
    }

    private protected virtual void CheckInputColumn(DataViewSchema inputSchema, int pair, DataViewSchema.Column source)
    {
    }

    private protected abstract BoundColumn BindColumn(int pair, DataViewSchema.Column source);

    /// <summary>What <see cref="BindColumn"/> returns for the common case: the pair's name, and the source as only dependency.</summary>
    private protected BoundColumn MakeBound(
        int pair,
        DataViewSchema.Column source,
        DataViewType type,
        DataViewSchema.Annotations.Builder annotations,
        Func<DataViewRow, Delegate> makeGetter)
        => new(
            new DataViewSchema.DetachedColumn(ColumnPairs[pair].outputColumnName, type, annotations.ToAnnotations()),
            [source.Index],
            makeGetter);

    private static (string, string)[] LoadColumns(ModelLoadContext ctx)
        => ModelReading.ReadItems(ctx, _ => (ctx.LoadNonEmptyString(), ctx.LoadNonEmptyString()));
}
