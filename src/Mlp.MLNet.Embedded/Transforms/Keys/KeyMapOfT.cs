using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Distinct values of one type and their numbers, which count from 1.</summary>
internal sealed class KeyMap<T> : KeyMap
    where T : notnull
{
    private readonly T[] _values;
    private readonly Dictionary<T, uint> _keys = new(KeyValueComparer<T>.Instance);

    public KeyMap(PrimitiveDataViewType itemType, T[] values)
        : base(itemType, values.Length)
    {
        _values = values;
        for (int i = 0; i < values.Length; i++)
        {
            if (!_keys.TryAdd(values[i], (uint)i + 1))
                throw Contracts.ExceptDecode($"The model file has a duplicate item at position {i} of a key map");
        }
    }

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source, string outputName)
    {
        if (source.Type is not VectorDataViewType vector)
        {
            ValueGetter<T> getScalar = row.GetGetter<T>(source);
            T value = default!;
            return (ValueGetter<uint>)((ref uint key) =>
            {
                getScalar(ref value);
                key = _keys.GetValueOrDefault(value);
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(source);
        VBuffer<T> values = default;
        var builder = new SparseBuilder<uint>();
        return (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> keys) =>
        {
            getVector(ref values);
            if (vector.Size != 0 && values.Length != vector.Size)
                throw Contracts.Except($"Column '{outputName}': TermTransform expects {vector.Size} slots, but got {values.Length}");
            builder.Reset(values.Length);
            Map(in values, builder);
            builder.GetResult(ref keys);
        });
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, bool asText)
    {
        if (ItemType is KeyDataViewType key
            && source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType names
            && (ulong)names.Size == key.Count)
        {
            // Keys of keys stand for the values of the inner keys.
            Generic.Call<object?>(this, nameof(AddValuesOfKeys), [names.ItemType.RawType], annotations, source, names.ItemType, asText);
            return;
        }

        AddValues(annotations, ItemType, asText, () => _values);
    }

    public override void Save(ModelSaveContext ctx) => KeyMapFile.Save(ctx, ItemType, _values);

    private object? AddValuesOfKeys<TName>(
        DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, PrimitiveDataViewType nameType, bool asText)
    {
        AddValues<TName>(annotations, nameType, asText, () =>
        {
            VBuffer<TName> names = default;
            source.GetKeyValues(ref names);
            Func<T, ulong> toNumber = Conversions.Get<T, ulong>(ItemType, NumberDataViewType.UInt64);
            return [.. _values.Select(value => names.GetItemOrDefault((int)toNumber(value) - 1))];
        });
        return null;
    }

    private static void AddValues<TValue>(
        DataViewSchema.Annotations.Builder annotations, PrimitiveDataViewType type, bool asText, Func<TValue[]> getValues)
    {
        int count = getValues().Length;
        if (asText && type is not TextDataViewType)
        {
            annotations.Add(
                AnnotationKinds.KeyValues,
                new VectorDataViewType(TextDataViewType.Instance, count),
                (ref VBuffer<ReadOnlyMemory<char>> values) => values = new VBuffer<ReadOnlyMemory<char>>(
                    count, [.. getValues().Select(value => Conversions.ToText(type, value).AsMemory())]));
            return;
        }

        // A copy, because whoever gets the buffer may write into it.
        annotations.Add(
            AnnotationKinds.KeyValues,
            new VectorDataViewType(type, count),
            (ref VBuffer<TValue> values) => values = new VBuffer<TValue>(count, [.. getValues()]));
    }

    private void Map(in VBuffer<T> values, SparseBuilder<uint> builder)
    {
        ReadOnlySpan<T> explicitValues = values.GetValues();
        ReadOnlySpan<int> indices = values.GetIndices();
        uint implicitKey = _keys.GetValueOrDefault(default!);
        if (values.IsDense || implicitKey == 0)
        {
            for (int i = 0; i < explicitValues.Length; i++)
                builder.Add(values.IsDense ? i : indices[i], _keys.GetValueOrDefault(explicitValues[i]));
            return;
        }

        int next = 0;
        for (int slot = 0; slot < values.Length; slot++)
        {
            bool isExplicit = next < indices.Length && indices[next] == slot;
            builder.Add(slot, isExplicit ? _keys.GetValueOrDefault(explicitValues[next++]) : implicitKey);
        }
    }
}
