using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Minimum and maximum of a slot; NaNs do not count.</summary>
internal struct SlotRange<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T _minimum;
    private T _maximum;
    private long _explicitCount;

    public static SlotRange<T> Empty => new() { _minimum = T.PositiveInfinity, _maximum = T.NegativeInfinity };

    /// <summary>Negative infinity when there was no number.</summary>
    public readonly T Length => _maximum - _minimum;

    public void Add(T value)
    {
        _explicitCount++;
        if (_maximum < value)
            _maximum = value;
        if (_minimum > value)
            _minimum = value;
    }

    public void AddImplicitZeros(long rowCount)
    {
        if (_explicitCount < rowCount)
            Add(T.Zero);
    }

    /// <summary>Maps to [0, 1], or with zero fixed to [-1, 1]. A constant slot gets scale 0.</summary>
    public readonly (T Scale, T Offset) GetScale(bool fixZero)
    {
        if (!(_maximum > _minimum))
            return (T.Zero, T.Zero);
        if (fixZero)
            return (T.One / T.Max(T.Abs(_maximum), T.Abs(_minimum)), T.Zero);
        T scale = T.One / (_maximum - _minimum);
        return (scale, scale == T.Zero ? T.Zero : _minimum);
    }
}
