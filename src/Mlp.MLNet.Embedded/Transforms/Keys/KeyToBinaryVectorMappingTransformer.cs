using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(KeyToBinaryVectorMappingTransformer), typeof(KeyToBinaryVectorMappingTransformer), null, typeof(SignatureLoadModel),
    "KeyToBinaryVectorTransform", KeyToBinaryVectorMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into vectors of their binary digits, counted from 0, the highest first; a missing key is all ones.</summary>
public sealed class KeyToBinaryVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToBinaryTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<KeyToBinaryVectorMappingTransformer>("KEY2BINR", LoaderSignature);

    internal KeyToBinaryVectorMappingTransformer(IHostEnvironment env, (string, string)[] columns)
        : base(env.Register(nameof(KeyToBinaryVectorMappingTransformer)), columns)
    {
    }

    private KeyToBinaryVectorMappingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(KeyToBinaryVectorMappingTransformer)), ctx)
    {
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
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
        // One digit more than the highest key needs, so that all ones are no key.
        int bitCount = BitOperations.Log2((uint)source.Type.GetItemType().GetKeyCount()) + 2;
        int valueCount = source.Type.GetValueCount();
        bool isVector = source.Type is VectorDataViewType;
        VectorDataViewType type = valueCount == 1
            ? new VectorDataViewType(NumberDataViewType.Single, bitCount)
            : new VectorDataViewType(NumberDataViewType.Single, valueCount, bitCount);
        var annotations = new DataViewSchema.Annotations.Builder();
        string[] bitNames = [.. Enumerable.Range(0, bitCount).Select(i => $"Bit{bitCount - i - 1}")];
        if (source.HasKeyValues() && type.IsKnownSize)
            annotations.AddSlotNames(type, () => KeyVectorNames.Make(source, bitNames, isVector));
        if (!isVector)
            annotations.AddIsNormalized();
        string getter = isVector ? nameof(MakeVectorGetter) : nameof(MakeScalarGetter);
        return MakeBound(pair, source, type, annotations, row => Generic.CallStatic<Delegate>(
            typeof(KeyToBinaryVectorMappingTransformer),
            getter,
            [source.Type.GetItemType().RawType],
            row,
            row.Schema[source.Index],
            bitCount));
    }

    private static ValueGetter<VBuffer<float>> MakeScalarGetter<TKey>(DataViewRow row, DataViewSchema.Column source, int bitCount)
    {
        Func<TKey, ulong> toNumber = Conversions.Get<TKey, ulong>(source.Type, NumberDataViewType.UInt64);
        ValueGetter<TKey> getKey = row.GetGetter<TKey>(source);
        TKey key = default!;
        var builder = new SparseBuilder<float>();
        return (ref VBuffer<float> destination) =>
        {
            getKey(ref key);
            builder.Reset(bitCount);
            AddBits(builder, toNumber(key), 0, bitCount);
            builder.GetResult(ref destination);
        };
    }

    private static ValueGetter<VBuffer<float>> MakeVectorGetter<TKey>(DataViewRow row, DataViewSchema.Column source, int bitCount)
    {
        Func<TKey, ulong> toNumber = Conversions.Get<TKey, ulong>(source.Type.GetItemType(), NumberDataViewType.UInt64);
        ValueGetter<VBuffer<TKey>> getKeys = row.GetGetter<VBuffer<TKey>>(source);
        int size = source.Type.GetVectorSize();
        VBuffer<TKey> keys = default;
        var builder = new SparseBuilder<float>();
        return (ref VBuffer<float> destination) =>
        {
            getKeys(ref keys);
            Contracts.Check(size == 0 || keys.Length == size);
            builder.Reset(checked(keys.Length * bitCount));
            int first = 0;
            foreach (TKey key in keys.DenseValues())
            {
                AddBits(builder, toNumber(key), first, bitCount);
                first += bitCount;
            }

            builder.GetResult(ref destination);
        };
    }

    private static void AddBits(SparseBuilder<float> builder, ulong key, int first, int bitCount)
    {
        // Key 0, which means missing, wraps around to all ones.
        uint bits = unchecked((uint)key - 1);
        for (int i = 0; i < bitCount; i++)
            builder.Add(first + i, (bits >> (bitCount - i - 1)) & 1);
    }

    internal static KeyToBinaryVectorMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new KeyToBinaryVectorMappingTransformer(env, ctx);
    }
}
