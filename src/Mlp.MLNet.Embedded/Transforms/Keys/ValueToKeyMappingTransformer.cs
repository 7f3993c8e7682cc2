using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(ValueToKeyMappingTransformer), typeof(ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel),
    "Term Transform", ValueToKeyMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Replaces values by their numbers among the distinct values that were collected; others become missing.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<ValueToKeyMappingTransformer>("TERMTRNF", LoaderSignature);

    private readonly KeyMap[] _maps;
    private readonly bool _asText;

    private ValueToKeyMappingTransformer(IHostEnvironment env, (string, string)[] columns, KeyMap[] maps, bool asText)
        : base(env.Register(nameof(ValueToKeyMappingTransformer)), columns)
    {
        _maps = maps;
        _asText = asText;
    }

    private ValueToKeyMappingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(ValueToKeyMappingTransformer)), ctx)
    {
        _asText = ctx.Reader.ReadBoolean();
        _maps = [.. ColumnPairs.Select(_ => KeyMapFile.Load(ctx))];
    }

    internal static ValueToKeyMappingTransformer Train(
        IHost host, IDataView input, (string Output, string Input)[] columns, ValueToKeyOptions options)
    {
        DataViewSchema.Column[] sources = [.. columns.Select(pair => input.Schema.GetColumnOrNull(pair.Input)
            ?? throw host.ExceptSchemaMismatch("inputSchema", "input", pair.Input))];
        foreach (DataViewSchema.Column source in sources)
            CheckType(host, source);
        using IChannel channel = host.Start("Training");
        KeyMap[] maps = options.KeyData == null
            ? Collect(host, channel, input, sources, options)
            : Repeat(TakeKeyData(host, options.KeyData, sources[0], options), sources, columns, host);
        for (int i = 0; i < maps.Length; i++)
        {
            if (maps[i].Count == 0)
                channel.Warning($"Term map for output column '{columns[i].Output}' contains no entries.");
        }

        return new ValueToKeyMappingTransformer(host, columns, maps, options.AsText);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        ctx.Writer.Write(_asText);
        foreach (KeyMap map in _maps)
            map.Save(ctx);
    }

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int pair, DataViewSchema.Column source)
        => CheckType(Host, source);

    private protected override BoundColumn BindColumn(int pair, DataViewSchema.Column source)
    {
        KeyMap map = _maps[pair];
        string output = ColumnPairs[pair].outputColumnName;
        DataViewType itemType = source.Type.GetItemType();
        if (!itemType.Equals(map.ItemType))
            throw Host.Except($"Could not apply a map over type '{map.ItemType}' to column '{output}' since it has type '{itemType}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        if (map.Count > 0)
            map.AddKeyValues(annotations, source, _asText);
        annotations.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
        DataViewType type = source.Type is VectorDataViewType vector
            ? new VectorDataViewType(map.OutputType, vector.Dimensions)
            : map.OutputType;
        return MakeBound(pair, source, type, annotations, row => map.MakeGetter(row, row.Schema[source.Index], output));
    }

    private static KeyMap[] Collect(
        IHost host, IChannel channel, IDataView input, DataViewSchema.Column[] sources, ValueToKeyOptions options)
    {
        channel.CheckUserArg(options.MaximumNumberOfKeys > 0, "MaxNumTerms", "Must be positive");
        using DataViewRowCursor cursor = input.GetRowCursor(sources);
        KeyMapBuilder[] builders = [.. sources.Select(source => KeyMapBuilder.Create(cursor, source, options.MaximumNumberOfKeys))];
        bool needsMore = true;
        while (needsMore && cursor.MoveNext())
        {
            host.CheckAlive();
            needsMore = false;
            foreach (KeyMapBuilder builder in builders)
                needsMore |= builder.Update();
        }

        return [.. builders.Select(builder => builder.Finish(options.Ordinality))];
    }

    private static KeyMap TakeKeyData(IHost host, IDataView keyData, DataViewSchema.Column first, ValueToKeyOptions options)
    {
        DataViewSchema.Column column = keyData.Schema[0];
        if (!column.Type.Equals(first.Type.GetItemType()))
        {
            throw host.ExceptUserArg(
                nameof(keyData), $"Input data's column must be of type '{first.Type.GetItemType()}' but was '{column.Type}'");
        }

        using DataViewRowCursor cursor = keyData.GetRowCursor([column]);
        var builder = KeyMapBuilder.Create(cursor, column, int.MaxValue);
        while (cursor.MoveNext() && builder.Update())
            host.CheckAlive();
        return builder.Finish(options.Ordinality);
    }

    private static KeyMap[] Repeat(KeyMap map, DataViewSchema.Column[] sources, (string Output, string Input)[] columns, IHost host)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            DataViewType itemType = sources[i].Type.GetItemType();
            if (!map.ItemType.Equals(itemType))
            {
                throw host.ExceptParam(
                    "keyData",
                    $"Terms from input data type '{map.ItemType}' but mismatches column '{columns[i].Output}' item type '{itemType}'");
            }
        }

        return [.. Enumerable.Repeat(map, sources.Length)];
    }

    private static void CheckType(IHost host, DataViewSchema.Column source)
    {
        if (source.Type.GetItemType() is NumberDataViewType or TextDataViewType or BooleanDataViewType or KeyDataViewType)
            return;
        throw host.ExceptSchemaMismatch(
            "inputSchema", "input", source.Name, "standard type or a vector of standard type", source.Type.ToString()!);
    }

    internal static ValueToKeyMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new ValueToKeyMappingTransformer(env, ctx);
    }
}
