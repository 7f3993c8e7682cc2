namespace Mlp.MLNet;

/// <summary>Rows of floats in one array that grows while rows arrive.</summary>
/// <param name="name">What the rows hold, for the message when there are too many: "features".</param>
/// <param name="rowLength">Values of a row.</param>
/// <param name="expectedRowCount">How many there will probably be; null when nobody knows.</param>
/// <param name="maxLength">The values that an array can hold.</param>
internal sealed class RowBuffer(string name, int rowLength, long? expectedRowCount, int maxLength)
{
    private const int FirstRowCount = 64;

    private float[] _values = new float[Math.Min(maxLength, Math.Max(1, expectedRowCount ?? FirstRowCount) * (long)rowLength)];
    private int _length;

    public Memory<float> Values => _values.AsMemory(0, _length);

    /// <summary>Room for one more row; its values are those of whatever was there before.</summary>
    /// <exception cref="InvalidOperationException">The rows do not fit in an array.</exception>
    public Span<float> Add()
    {
        if (_length > maxLength - rowLength)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The training rows have more than {_length / rowLength:N0} rows of {rowLength:N0} {name}; {maxLength:N0} values fit in memory at once. Train on fewer rows (TakeRows) or on fewer features."));
        }
        if (_length + rowLength > _values.Length)
            Array.Resize(ref _values, (int)Math.Min(maxLength, Math.Max(2L * _values.Length, _length + rowLength)));
        Span<float> row = _values.AsSpan(_length, rowLength);
        _length += rowLength;
        return row;
    }

    /// <summary>Takes back what was added last.</summary>
    public void RemoveLast() => _length -= rowLength;
}
