using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(KeyToVectorMappingTransformer), typeof(KeyToVectorMappingTransformer), null, typeof(SignatureLoadModel),
    "KeyToVectorTransform", KeyToVectorMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into vectors that are 1 at the key's place, 0 elsewhere; those of a vector of keys are joined or summed.</summary>
public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToVectorTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<KeyToVectorMappingTransformer>("KEY2VECT", LoaderSignature);

    internal KeyToVectorMappingTransformer(IHostEnvironment env, (string, string)[] columns, bool outputCountVector)
        : base(env.Register(nameof(KeyToVectorMappingTransformer)), columns)
    {
        OutputCountVector = outputCountVector;
    }

    private KeyToVectorMappingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(KeyToVectorMappingTransformer)), ctx)
    {
        OutputCountVector = ctx.Reader.ReadBoolean();
    }

    /// <summary>Whether the vectors of a vector of keys are summed.</summary>
    internal bool OutputCountVector { get; }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        ctx.Writer.Write(OutputCountVector);
    }

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int pair, DataViewSchema.Column source)
    {
        if (source.Type.GetItemType() is not KeyDataViewType)
        {
            throw Host.ExceptSchemaMismatch(
                nameof(inputSchema), "input", source.Name, "key type of known cardinality", source.Type.ToString()!);
        }
    }

    private protected override BoundColumn BindColumn(int pair, DataViewSchema.Column source)
    {
        var vector = source.Type as VectorDataViewType;
        bool isJoined = vector != null && !OutputCountVector;
        int valueCount = source.Type.GetValueCount();
        int keyCount = KeyCount(source);
        VectorDataViewType type;
        try
        {
            type = isJoined && valueCount != 1
                ? new VectorDataViewType(NumberDataViewType.Single, valueCount, keyCount)
                : new VectorDataViewType(NumberDataViewType.Single, keyCount);
        }
        catch (OverflowException exception)
        {
            throw Host.Except($"{exception.Message} Related column: {ColumnPairs[pair].outputColumnName} ");
        }

        var annotations = new DataViewSchema.Annotations.Builder();
        if (source.HasKeyValues() && type.IsKnownSize)
            annotations.AddSlotNames(type, () => KeyVectorNames.Make(source, KeyVectorNames.GetKeyNames(source), isJoined));
        if (!OutputCountVector && valueCount > 0)
            annotations.AddCategoricalRanges(valueCount * 2, () => Ranges(valueCount, keyCount));
        if (!OutputCountVector || vector == null)
            annotations.AddIsNormalized();
        string getter = vector == null ? nameof(MakeScalarGetter) : isJoined ? nameof(MakeJoiningGetter) : nameof(MakeCountingGetter);
        return MakeBound(pair, source, type, annotations, row => Generic.CallStatic<Delegate>(
            typeof(KeyToVectorMappingTransformer), getter, [source.Type.GetItemType().RawType], row, row.Schema[source.Index]));
    }

    private static int KeyCount(DataViewSchema.Column source)
    {
        ulong count = source.Type.GetItemType().GetKeyCount();
        Contracts.Check(count <= int.MaxValue, $"The key count {count} of column '{source.Name}' is too large");
        return (int)count;
    }

    private static int[] Ranges(int valueCount, int keyCount)
        => [.. Enumerable.Range(0, valueCount).SelectMany(i => new[] { i * keyCount, ((i + 1) * keyCount) - 1 })];

    private static Func<TKey, ulong> ToNumber<TKey>(DataViewSchema.Column source)
        => Conversions.Get<TKey, ulong>(source.Type.GetItemType(), NumberDataViewType.UInt64);

    private static ValueGetter<VBuffer<float>> MakeScalarGetter<TKey>(DataViewRow row, DataViewSchema.Column source)
    {
        int keyCount = KeyCount(source);
        Func<TKey, ulong> toNumber = ToNumber<TKey>(source);
        ValueGetter<TKey> getKey = row.GetGetter<TKey>(source);
        TKey key = default!;
        return (ref VBuffer<float> destination) =>
        {
            getKey(ref key);
            ulong number = toNumber(key);
            bool isKnown = number > 0 && number <= (ulong)keyCount;
            var editor = VBufferEditor.Create(ref destination, keyCount, isKnown ? 1 : 0, requireIndicesOnDense: true);
            if (isKnown)
            {
                editor.Values[0] = 1;
                editor.Indices[0] = (int)number - 1;
            }

            destination = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<float>> MakeCountingGetter<TKey>(DataViewRow row, DataViewSchema.Column source)
    {
        int keyCount = KeyCount(source);
        Func<TKey, ulong> toNumber = ToNumber<TKey>(source);
        ValueGetter<VBuffer<TKey>> getKeys = row.GetGetter<VBuffer<TKey>>(source);
        VBuffer<TKey> keys = default;
        var builder = new SparseBuilder<float>();
        return (ref VBuffer<float> destination) =>
        {
            getKeys(ref keys);
            CheckLength(source, keys.Length);
            builder.Reset(keyCount);
            foreach (TKey key in keys.GetValues())
            {
                ulong number = toNumber(key);
                if (number > 0 && number <= (ulong)keyCount)
                    builder.Add((int)number - 1, 1);
            }

            builder.GetResult(ref destination);
        };
    }

    private static ValueGetter<VBuffer<float>> MakeJoiningGetter<TKey>(DataViewRow row, DataViewSchema.Column source)
    {
        int keyCount = KeyCount(source);
        Func<TKey, ulong> toNumber = ToNumber<TKey>(source);
        ValueGetter<VBuffer<TKey>> getKeys = row.GetGetter<VBuffer<TKey>>(source);
        VBuffer<TKey> keys = default;
        return (ref VBuffer<float> destination) =>
        {
            getKeys(ref keys);
            CheckLength(source, keys.Length);
            ReadOnlySpan<TKey> values = keys.GetValues();
            ReadOnlySpan<int> indices = keys.GetIndices();
            var editor = VBufferEditor.Create(
                ref destination, checked(keys.Length * keyCount), values.Length, requireIndicesOnDense: true);
            int count = 0;
            for (int i = 0; i < values.Length; i++)
            {
                ulong number = toNumber(values[i]);
                if (number == 0 || number > (ulong)keyCount)
                    continue;
                editor.Values[count] = 1;
                editor.Indices[count++] = ((keys.IsDense ? i : indices[i]) * keyCount) + (int)number - 1;
            }

            destination = editor.CommitTruncated(count);
        };
    }

    private static void CheckLength(DataViewSchema.Column source, int length)
        => Contracts.Check(source.Type.GetVectorSize() == 0 || source.Type.GetVectorSize() == length);

    internal static KeyToVectorMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new KeyToVectorMappingTransformer(env, ctx);
    }
}
