namespace Microsoft.ML.Data;

/// <summary>Collects the values of one vector in index order; stays sparse while fewer than half the slots are set.</summary>
internal sealed class VectorAccumulator<T>
{
    private int _size;
    private int _count;
    private T[] _values = new T[4];
    private int[] _indices = new int[4];

    public bool IsEmpty => _count == 0;

    public void Reset(int size)
    {
        _size = size;
        _count = 0;
    }

    public void Add(int index, T value)
    {
        MakeDenseIfHalf();
        if (_count == _size)
        {
            _values[index] = value;
            return;
        }
        if (_count == _values.Length)
            Array.Resize(ref _values, 2 * _count);
        if (_count == _indices.Length)
            Array.Resize(ref _indices, 2 * _count);
        _values[_count] = value;
        _indices[_count++] = index;
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, _size, _count);
        _values.AsSpan(0, _count).CopyTo(editor.Values);
        if (_count < _size)
            _indices.AsSpan(0, _count).CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void MakeDenseIfHalf()
    {
        if (_count < _size && _count >= _size / 2)
            MakeDense();
    }

    private void MakeDense()
    {
        if (_values.Length < _size)
            Array.Resize(ref _values, _size);
        Array.Clear(_values, _count, _size - _count);
        // Indices grow, so moving from the back never overwrites a value that is still to move.
        for (int i = _count - 1; i >= 0 && _indices[i] > i; i--)
        {
            _values[_indices[i]] = _values[i];
            _values[i] = default!;
        }
        _count = _size;
    }
}
