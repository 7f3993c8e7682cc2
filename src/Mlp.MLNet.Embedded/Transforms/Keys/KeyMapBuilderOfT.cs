using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the distinct values of a column, in the order of their occurrence, but not the missing ones.</summary>
internal sealed class KeyMapBuilder<T> : KeyMapBuilder
    where T : notnull
{
    private readonly PrimitiveDataViewType _itemType;
    private readonly int _maximumCount;
    private readonly ValueGetter<T>? _getScalar;
    private readonly ValueGetter<VBuffer<T>>? _getVector;
    private readonly List<T> _values = [];
    private readonly HashSet<T> _seen = new(KeyValueComparer<T>.Instance);
    private T _scalar = default!;
    private VBuffer<T> _vector;

    public KeyMapBuilder(DataViewRowCursor cursor, DataViewSchema.Column column, int maximumCount)
    {
        _itemType = (PrimitiveDataViewType)column.Type.GetItemType();
        _maximumCount = maximumCount;
        if (column.Type is VectorDataViewType)
            _getVector = cursor.GetGetter<VBuffer<T>>(column);
        else
            _getScalar = cursor.GetGetter<T>(column);
    }

    public override bool Update()
    {
        if (_values.Count >= _maximumCount)
            return false;
        if (_getScalar != null)
        {
            _getScalar(ref _scalar);
            return Add(_scalar);
        }

        // The implicit values of a sparse vector occur too, each in its place.
        _getVector!(ref _vector);
        foreach (T value in _vector.DenseValues())
        {
            if (!Add(value))
                return false;
        }

        return true;
    }

    public override KeyMap Finish(ValueToKeyMappingEstimator.KeyOrdinality ordinality)
    {
        if (ordinality == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            _values.Sort(KeyValueComparer<T>.Order);
        return new KeyMap<T>(_itemType, [.. _values]);
    }

    private bool Add(T value)
    {
        if (IsMissing(value) || _seen.Contains(value))
            return true;

        // The cursor may reuse the memory behind a text.
        T kept = value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
        _seen.Add(kept);
        _values.Add(kept);
        return _values.Count < _maximumCount;
    }

    private bool IsMissing(T value)
        => value switch
        {
            ReadOnlyMemory<char> text => text.IsEmpty,
            float number => float.IsNaN(number),
            double number => double.IsNaN(number),
            _ => _itemType is KeyDataViewType && EqualityComparer<T>.Default.Equals(value, default),
        };
}
