using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(NormalizingTransformer), typeof(NormalizingTransformer), null, typeof(SignatureLoadModel),
    "Normalizer", NormalizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Brings numbers to a common scale.</summary>
public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "Normalizer";

    private static readonly VersionInfo Version = ModelVersions.Make<NormalizingTransformer>("NORMALZR", LoaderSignature);

    private readonly (DataViewType Type, INormalizerFunction Function)[] _columns;

    private NormalizingTransformer(
        IHostEnvironment env,
        (string, string)[] names,
        (DataViewType Type, INormalizerFunction Function)[] columns)
        : base(env.Register(nameof(NormalizingTransformer)), names)
    {
        _columns = columns;
    }

    private NormalizingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(NormalizingTransformer)), ctx)
    {
        _columns = [.. ColumnPairs.Select(_ => NormalizerFunctions.Load(ctx))];
    }

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Contracts.CheckParam(
            index >= 0 && index < _columns.Length,
            nameof(index),
            $"Not valid. Valid range is from 0 (inclusive) to {_columns.Length} (exclusive) but got {index}.");
        return _columns[index].Function.Parameters;
    }

    internal static NormalizingTransformer Train(IHost host, IDataView data, NormalizerColumn[] columns)
    {
        DataViewSchema.Column[] sources = [.. columns.Select(column => data.Schema.GetColumnOrNull(column.Input)
            ?? throw host.ExceptSchemaMismatch(nameof(data), "input", column.Input))];
        using DataViewRowCursor cursor = data.GetRowCursor(sources);
        INormalizerTrainer[] trainers = [.. columns.Select((column, i) => column.MakeTrainer(cursor, sources[i]))];
        bool needsMore = true;
        while (needsMore && cursor.MoveNext())
        {
            host.CheckAlive();
            needsMore = false;
            foreach (INormalizerTrainer trainer in trainers)
                needsMore |= trainer.Update();
        }

        return new NormalizingTransformer(
            host,
            [.. columns.Select(column => (column.Output, column.Input))],
            [.. trainers.Select((trainer, i) => (sources[i].Type, trainer.Finish()))]);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        foreach ((DataViewType type, INormalizerFunction function) in _columns)
            NormalizerFunctions.Save(ctx, type, function);
    }

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int pair, DataViewSchema.Column source)
    {
        DataViewType itemType = source.Type.GetItemType();
        bool isVariable = source.Type is VectorDataViewType { IsKnownSize: false };
        if (isVariable || (itemType != NumberDataViewType.Single && itemType != NumberDataViewType.Double))
        {
            string actual = isVariable ? "variable-size vector" : source.Type.ToString()!;
            throw Host.ExceptSchemaMismatch(
                nameof(inputSchema), "input", source.Name, "scalar or known-size vector of Single", actual);
        }
    }

    private protected override BoundColumn BindColumn(int pair, DataViewSchema.Column source)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddIsNormalized();
        annotations.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
        (DataViewType type, INormalizerFunction function) = _columns[pair];
        return MakeBound(pair, source, type, annotations, row => function.MakeGetter(row, row.Schema[source.Index]));
    }

    internal static NormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new NormalizingTransformer(env, ctx);
    }
}
