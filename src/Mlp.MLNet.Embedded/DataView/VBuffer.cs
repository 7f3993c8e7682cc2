using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A vector that is stored densely, or sparsely as explicit values with ascending indices; the others are default(T).</summary>
/// <remarks>Its arrays may be longer than what they hold, so that a getter can write into the buffer of the previous row.</remarks>
public readonly struct VBuffer<T> : IEnumerable
{
    public readonly int Length;
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _count;

    /// <summary>A dense vector over the given array, which is not copied.</summary>
    public VBuffer(int length, T[]? values, int[]? indices = null)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam((values?.Length ?? 0) >= length, nameof(values));
        Length = length;
        _count = length;
        _values = values;
        _indices = indices;
    }

    /// <summary>A vector with <paramref name="count"/> explicit values; dense when that is the length.</summary>
    public VBuffer(int length, int count, T[]? values, int[]? indices)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam(count >= 0 && count <= length, nameof(count));
        Contracts.CheckParam((values?.Length ?? 0) >= count, nameof(values));
        Contracts.CheckParam(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    /// <summary>The explicit values: all of them when dense.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>The positions of the explicit values; empty when dense.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam(index >= 0 && index < Length, nameof(index));
        int position = IsDense ? index : _indices.AsSpan(0, _count).BinarySearch(index);
        return position >= 0 ? _values![position] : default!;
    }

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>Copies a slice, which stays sparse unless all its values are explicit.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.CheckParam(sourceIndex >= 0 && sourceIndex <= Length, nameof(sourceIndex));
        Contracts.CheckParam(length >= 0 && sourceIndex <= Length - length, nameof(length));
        int first = sourceIndex;
        int count = length;
        if (!IsDense)
        {
            first = FirstExplicitFrom(sourceIndex);
            count = FirstExplicitFrom(sourceIndex + length) - first;
        }

        var editor = VBufferEditor.Create(ref destination, length, count);
        _values.AsSpan(first, count).CopyTo(editor.Values);
        for (int i = 0; i < editor.Indices.Length; i++)
            editor.Indices[i] = _indices![first + i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    /// <summary>Writes all values, with <paramref name="defaultValue"/> where none is explicit.</summary>
    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default!)
    {
        Contracts.CheckParam(
            destinationIndex >= 0 && destinationIndex <= destination.Length - Length,
            nameof(destination),
            "Not large enough to hold these values.");
        destination = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(destination);
            return;
        }

        // ML.NET fills with default(T), not with defaultValue, when nothing at all is explicit.
        destination.Fill(_count == 0 ? default! : defaultValue);
        for (int i = 0; i < _count; i++)
            destination[_indices![i]] = _values![i];
    }

    public static void Copy(T[]? source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        int size = source?.Length ?? 0;
        Contracts.CheckParam(length >= 0 && length <= size, nameof(length));
        Contracts.CheckParam(sourceIndex >= 0 && sourceIndex <= size - length, nameof(sourceIndex));
        var editor = VBufferEditor.Create(ref destination, length, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>The explicit values with their positions; with <paramref name="all"/> also the others.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        // A struct's iterator works on a copy; the arrays are shared with it.
        if (all || IsDense)
            return DenseValues().Select((value, index) => KeyValuePair.Create(index, value));
        VBuffer<T> self = this;
        return Enumerable.Range(0, _count).Select(i => KeyValuePair.Create(self._indices![i], self._values![i]));
    }

    public IEnumerable<T> DenseValues()
    {
        int next = 0;
        for (int slot = 0; slot < Length; slot++)
        {
            bool isExplicit = IsDense || (next < _count && _indices![next] == slot);
            yield return isExplicit ? _values![next++] : default!;
        }
    }

    /// <summary>Enumerates the underlying array, as ML.NET does, and so also what lies behind the explicit values.</summary>
    public IEnumerator GetEnumerator() => _values!.GetEnumerator();

    public override string ToString()
        => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> GetEditor() => GetEditor(Length, _count);

    internal VBufferEditor<T> GetEditor(
        int newLogicalLength,
        int? valuesCount,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        Contracts.CheckParam(newLogicalLength >= 0, nameof(newLogicalLength), "Must be non-negative.");
        Contracts.CheckParam(valuesCount is null or >= 0, nameof(valuesCount), "If specified, must be non-negative.");
        Contracts.CheckParam(
            valuesCount is null || valuesCount <= newLogicalLength,
            nameof(valuesCount),
            "If specified, must be no greater than " + nameof(newLogicalLength));
        int count = valuesCount ?? newLogicalLength;
        int capacity = maxValuesCapacity ?? Array.MaxLength;
        T[]? values = Grow(_values, count, capacity, keepOldOnResize);
        int[]? indices = count == newLogicalLength && !requireIndicesOnDense
            ? _indices
            : Grow(_indices, count, capacity, keepOldOnResize);
        return new VBufferEditor<T>(
            newLogicalLength, count, values, indices, requireIndicesOnDense, values != _values, indices != _indices);
    }

    /// <summary>The array itself when it is large enough, otherwise one of at least twice its length.</summary>
    private static TItem[]? Grow<TItem>(TItem[]? array, int count, int capacity, bool keepOld)
    {
        if (count > capacity)
            throw new ArgumentOutOfRangeException("max", "min must not exceed max");
        int size = array?.Length ?? 0;
        if (size >= count)
            return array;
        int newSize = Math.Max(count, (int)Math.Min(size == 0 ? 4 : size * 2L, capacity));
        if (keepOld)
            Array.Resize(ref array, newSize);
        else
            array = new TItem[newSize];
        return array;
    }

    private int FirstExplicitFrom(int slot)
    {
        int position = _indices.AsSpan(0, _count).BinarySearch(slot);
        return position >= 0 ? position : ~position;
    }
}
