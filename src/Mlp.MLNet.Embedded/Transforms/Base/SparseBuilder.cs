using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Builds a vector from values added in any order, summing those of one slot and skipping zeros.</summary>
/// <remarks>
/// The result is dense or sparse exactly when ML.NET's is: it turns dense with the first value that is added to a vector that already
/// has one value less than half of its slots, and stays so.
/// </remarks>
internal sealed class SparseBuilder<T>
    where T : struct, INumber<T>
{
    private readonly List<int> _explicitSlots = [];
    private T[] _values = [];
    private bool[] _isExplicit = [];
    private int _length;
    private bool _dense;
    private bool _ascending;

    public void Reset(int length)
    {
        foreach (int slot in _explicitSlots)
        {
            _values[slot] = T.Zero;
            _isExplicit[slot] = false;
        }

        _explicitSlots.Clear();
        _length = length;
        _dense = false;
        _ascending = true;
        if (_values.Length < length)
        {
            _values = new T[length];
            _isExplicit = new bool[length];
        }
    }

    public void Add(int slot, T value)
    {
        if (value == T.Zero)
            return;
        _dense |= _explicitSlots.Count >= (_length / 2) - 1;
        _values[slot] += value;
        if (_isExplicit[slot])
            return;
        _ascending &= _explicitSlots.Count == 0 || _explicitSlots[^1] < slot;
        _explicitSlots.Add(slot);
        _isExplicit[slot] = true;
    }

    public void GetResult(ref VBuffer<T> destination)
    {
        if (_dense)
        {
            var dense = VBufferEditor.Create(ref destination, _length);
            _values.AsSpan(0, _length).CopyTo(dense.Values);
            destination = dense.Commit();
            return;
        }

        if (!_ascending)
            _explicitSlots.Sort();
        var sparse = VBufferEditor.Create(ref destination, _length, _explicitSlots.Count);
        for (int i = 0; i < _explicitSlots.Count; i++)
        {
            sparse.Indices[i] = _explicitSlots[i];
            sparse.Values[i] = _values[_explicitSlots[i]];
        }

        destination = sparse.Commit();
    }
}
