using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(KeyToValueMappingTransformer), typeof(KeyToValueMappingTransformer), null, typeof(SignatureLoadModel),
    "Key To Value Transform", KeyToValueMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Replaces keys by the values they stand for, which the column's annotations hold.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<KeyToValueMappingTransformer>("KEY2VALT", LoaderSignature);

    internal KeyToValueMappingTransformer(IHostEnvironment env, (string, string)[] columns)
        : base(env.Register(nameof(KeyToValueMappingTransformer)), columns)
    {
    }

    private KeyToValueMappingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(KeyToValueMappingTransformer)), ctx)
    {
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
    }

    private protected override BoundColumn BindColumn(int pair, DataViewSchema.Column source)
    {
        DataViewType? valuesType = source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type;
        DataViewType keyType = source.Type.GetItemType();
        Host.Check(valuesType != null, "Metadata KeyValues does not exist");
        Host.Check(
            keyType is KeyDataViewType key && key.Count == (ulong)valuesType!.GetVectorSize(),
            "KeyValues metadata size does not match column type key count");
        var valueType = (PrimitiveDataViewType)valuesType!.GetItemType();
        DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(valueType, vector.Dimensions) : valueType;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return MakeBound(pair, source, type, annotations, row => Generic.CallStatic<Delegate>(
            typeof(KeyToValueMappingTransformer), nameof(MakeGetter), [keyType.RawType, valueType.RawType], row, source));
    }

    private static Delegate MakeGetter<TKey, TValue>(DataViewRow row, DataViewSchema.Column source)
    {
        VBuffer<TValue> annotation = default;
        source.GetKeyValues(ref annotation);
        TValue[] values = [.. annotation.DenseValues()];
        TValue missing = Missing<TValue>();
        Func<TKey, ulong> toNumber = Conversions.Get<TKey, ulong>(source.Type.GetItemType(), NumberDataViewType.UInt64);
        TValue Map(TKey key) => toNumber(key) is > 0 and var number && number <= (ulong)values.Length ? values[number - 1] : missing;
        DataViewSchema.Column column = row.Schema[source.Index];
        if (source.Type is VectorDataViewType)
            return MakeVectorGetter(row.GetGetter<VBuffer<TKey>>(column), Map, missing);
        ValueGetter<TKey> getKey = row.GetGetter<TKey>(column);
        TKey current = default!;
        return (ValueGetter<TValue>)((ref TValue value) =>
        {
            getKey(ref current);
            value = Map(current);
        });
    }

    /// <summary>Missing keys are implicit, so the result is sparse only where a missing value is the default value.</summary>
    private static ValueGetter<VBuffer<TValue>> MakeVectorGetter<TKey, TValue>(
        ValueGetter<VBuffer<TKey>> getKeys, Func<TKey, TValue> map, TValue missing)
    {
        bool staysSparse = EqualityComparer<TValue>.Default.Equals(missing, default);
        VBuffer<TKey> keys = default;
        return (ref VBuffer<TValue> values) =>
        {
            getKeys(ref keys);
            ReadOnlySpan<TKey> explicitKeys = keys.GetValues();
            ReadOnlySpan<int> indices = keys.GetIndices();
            bool isSparse = !keys.IsDense && staysSparse;
            var editor = VBufferEditor.Create(ref values, keys.Length, isSparse ? explicitKeys.Length : keys.Length);
            if (!keys.IsDense && !isSparse)
                editor.Values.Fill(missing);
            int count = 0;
            for (int i = 0; i < explicitKeys.Length; i++)
            {
                TValue value = map(explicitKeys[i]);
                if (!isSparse)
                {
                    editor.Values[keys.IsDense ? i : indices[i]] = value;
                }
                else if (!IsDefault(value))
                {
                    editor.Indices[count] = indices[i];
                    editor.Values[count++] = value;
                }
            }

            values = isSparse ? editor.CommitTruncated(count) : editor.Commit();
        };
    }

    private static bool IsDefault<T>(T value)
        => value is ReadOnlyMemory<char> text ? text.IsEmpty : EqualityComparer<T>.Default.Equals(value, default);

    private static T Missing<T>()
        => typeof(T) == typeof(float) ? (T)(object)float.NaN
            : typeof(T) == typeof(double) ? (T)(object)double.NaN
            : default!;

    internal static KeyToValueMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new KeyToValueMappingTransformer(env, ctx);
    }
}
