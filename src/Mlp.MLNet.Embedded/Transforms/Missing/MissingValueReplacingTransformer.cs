using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using ReplacementMode = Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode;

[assembly: LoadableClass(
    typeof(MissingValueReplacingTransformer), typeof(MissingValueReplacingTransformer), null, typeof(SignatureLoadModel),
    "NA Replace Transform", MissingValueReplacingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Puts values in the place of missing ones.</summary>
public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NAReplaceTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<MissingValueReplacingTransformer>("NAREP TF", LoaderSignature);

    private readonly Replacement[] _replacements;

    private MissingValueReplacingTransformer(IHostEnvironment env, (string, string)[] columns, Replacement[] replacements)
        : base(env.Register(nameof(MissingValueReplacingTransformer)), columns)
    {
        _replacements = replacements;
    }

    private MissingValueReplacingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(MissingValueReplacingTransformer)), ctx)
    {
        _replacements = [.. ColumnPairs.Select(_ => Replacement.Load(ctx))];
    }

    internal static MissingValueReplacingTransformer Train(
        IHost host, IDataView input, (string Output, string Input)[] columns, ReplacementMode mode, bool bySlot)
    {
        DataViewSchema.Column[] sources = [.. columns.Select(pair => input.Schema.GetColumnOrNull(pair.Input)
            ?? throw host.ExceptSchemaMismatch(nameof(input), "input", pair.Input))];
        foreach (DataViewSchema.Column source in sources)
            CheckType(host, source.Type.GetItemType(), "inputSchema");
        Replacement[] replacements = mode == ReplacementMode.DefaultValue
            ? [.. sources.Select(source => new Replacement(source.Type, false, [0]))]
            : Impute(host, input, sources, mode, bySlot);
        return new MissingValueReplacingTransformer(host, columns, replacements);
    }

    /// <summary>Only types that have a value for "missing" make sense here; a key has one, but it is the default value already.</summary>
    internal static void CheckType(IHost host, DataViewType itemType, string parameterName)
    {
        if (itemType is KeyDataViewType)
        {
            throw host.ExceptParam(
                parameterName,
                $"Type '{itemType}' is not supported by {LoaderSignature} since its NA value is equivalent to its default value");
        }

        if (itemType != NumberDataViewType.Single && itemType != NumberDataViewType.Double)
        {
            throw host.ExceptParam(
                parameterName, $"Type '{itemType}' is not supported by {LoaderSignature} since it doesn't have an NA value");
        }
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        foreach (Replacement replacement in _replacements)
            replacement.Save(ctx);
    }

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int pair, DataViewSchema.Column source)
        => CheckType(Host, source.Type.GetItemType(), nameof(inputSchema));

    private protected override BoundColumn BindColumn(int pair, DataViewSchema.Column source)
    {
        Replacement replacement = _replacements[pair];
        replacement.Check(Host, source);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
        return MakeBound(pair, source, source.Type, annotations, row => replacement.MakeGetter(row, row.Schema[source.Index]));
    }

    private static Replacement[] Impute(IHost host, IDataView input, DataViewSchema.Column[] sources, ReplacementMode mode, bool bySlot)
    {
        using IChannel channel = host.Start("Computing Statistics");
        using DataViewRowCursor cursor = input.GetRowCursor(sources);
        var trainers = new ReplacementTrainer[sources.Length];
        for (int i = 0; i < trainers.Length; i++)
        {
            bool isVariable = sources[i].Type is VectorDataViewType { IsKnownSize: false };
            if (isVariable && bySlot)
                channel.Warning("By-slot imputation can not be done on variable-length column");
            trainers[i] = new ReplacementTrainer(mode, bySlot && !isVariable, cursor, sources[i]);
        }

        while (cursor.MoveNext())
        {
            foreach (ReplacementTrainer trainer in trainers)
                trainer.Update();
        }

        return [.. trainers.Select((trainer, i) => new Replacement(sources[i].Type, trainer.IsBySlot, trainer.Finish(channel)))];
    }

    internal static MissingValueReplacingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new MissingValueReplacingTransformer(env, ctx);
    }
}
