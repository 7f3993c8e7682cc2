using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(ColumnConcatenatingTransformer), typeof(ColumnConcatenatingTransformer), null, typeof(SignatureLoadModel),
    "Concat Transform", ColumnConcatenatingTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Joins columns of one item type into a vector.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "ConcatTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<ColumnConcatenatingTransformer>("CONCAT F", LoaderSignature);

    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(IHostEnvironment env, string outputColumnName, string[] inputColumnNames)
        : base(env.Register(nameof(ColumnConcatenatingTransformer)))
    {
        _output = outputColumnName;
        _inputs = [.. inputColumnNames];
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        ctx.SaveNonEmptyString(_output);
        ctx.Writer.Write(_inputs.Length);
        foreach (string input in _inputs)
            ctx.SaveNonEmptyString(input);
    }

    private protected override BoundColumn[] Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] sources = [.. _inputs.Select(name => inputSchema.GetColumnOrNull(name)
            ?? throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", name))];
        DataViewType itemType = sources[0].Type.GetItemType();
        foreach (DataViewSchema.Column source in sources)
        {
            if (!source.Type.GetItemType().Equals(itemType))
            {
                throw Host.ExceptSchemaMismatch(
                    nameof(inputSchema), "input", source.Name, itemType.ToString()!, source.Type.ToString()!);
            }
        }

        return [BindSources(sources, (PrimitiveDataViewType)itemType)];
    }

    internal static ColumnConcatenatingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        string output = ctx.LoadNonEmptyString();
        string[] inputs = ModelReading.ReadItems(ctx, _ => ctx.LoadNonEmptyString());
        Contracts.CheckDecode(inputs.Length > 0);
        return new ColumnConcatenatingTransformer(env, output, inputs);
    }

    private BoundColumn BindSources(DataViewSchema.Column[] sources, PrimitiveDataViewType itemType)
    {
        int[] indices = [.. sources.Select(source => source.Index)];
        if (sources is [{ Type: VectorDataViewType } single])
        {
            return new BoundColumn(
                new DataViewSchema.DetachedColumn(_output, single.Type, single.Annotations),
                indices,
                row => ConcatenatingGetter.MakeIdentity(row, single));
        }

        bool isKnownSize = sources.All(source => source.Type.GetValueCount() > 0);
        int size = isKnownSize ? sources.Aggregate(0, (sum, source) => checked(sum + source.Type.GetValueCount())) : 0;
        var type = new VectorDataViewType(itemType, size);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (itemType is NumberDataViewType && sources.All(source => source.IsNormalized()))
            annotations.AddIsNormalized();
        if (isKnownSize)
            AddSlotAnnotations(annotations, sources, type);
        return new BoundColumn(
            new DataViewSchema.DetachedColumn(_output, type, annotations.ToAnnotations()),
            indices,
            row => ConcatenatingGetter.Make(row, sources, itemType.RawType));
    }

    private static void AddSlotAnnotations(
        DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column[] sources, VectorDataViewType type)
    {
        if (sources.Any(source => source.Type is not VectorDataViewType || source.HasSlotNames()))
            annotations.AddSlotNames(type, () => [.. sources.SelectMany(SlotNames)]);
        int boundCount = sources.Sum(source => source.GetCategoricalRanges().Length);
        if (boundCount > 0)
            annotations.AddCategoricalRanges(boundCount, () => ShiftedRanges(sources));
    }

    /// <summary>The column's name for a scalar, "column.slot" for a vector; a slot without name stays without.</summary>
    private static IEnumerable<string> SlotNames(DataViewSchema.Column source)
    {
        if (source.Type is not VectorDataViewType)
            return [source.Name];
        return source.GetSlotNamesOrEmpty().Select(name => name.Length == 0 ? "" : $"{source.Name}.{name}");
    }

    private static int[] ShiftedRanges(DataViewSchema.Column[] sources)
    {
        var bounds = new List<int>();
        int offset = 0;
        foreach (DataViewSchema.Column source in sources)
        {
            int shift = offset;
            bounds.AddRange(source.GetCategoricalRanges().Select(bound => bound + shift));
            offset += source.Type.GetValueCount();
        }

        return [.. bounds];
    }
}
