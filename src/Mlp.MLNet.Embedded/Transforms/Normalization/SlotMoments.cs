using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>
/// Mean and variance of a slot by Welford's method, the zeros folded in at the end. NaNs and infinities do not count.
/// </summary>
internal struct SlotMoments
{
    private double _sumOfSquares;
    private long _count;
    private long _badCount;

    public double Mean { get; private set; }

    public readonly double StandardDeviation => Math.Sqrt(Variance);

    public readonly bool IsConstant => _sumOfSquares == 0 || _count == 0;

    private readonly double Variance => _sumOfSquares / _count;

    public void Add(double value)
    {
        if (value == 0)
            return;
        if (!double.IsFinite(value))
        {
            _badCount++;
            return;
        }

        _count++;
        double delta = value - Mean;
        Mean += delta / _count;
        _sumOfSquares += delta * (value - Mean);
    }

    /// <summary>Zeros, explicit or not, are those rows that were neither added nor bad.</summary>
    public void AddZeros(long rowCount)
    {
        long zeroCount = rowCount - _badCount - _count;
        if (zeroCount == 0)
            return;
        _count += zeroCount;
        double delta = 0 - Mean;
        Mean += delta * zeroCount / _count;
        _sumOfSquares += delta * (0 - Mean) * zeroCount;
    }

    /// <summary>Maps to mean 0 and variance 1; with zero fixed to mean square 1. A constant slot gets scale 0.</summary>
    public readonly (T Scale, T Offset) GetScale<T>(bool fixZero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_sumOfSquares == 0)
            return (T.Zero, T.Zero);
        if (fixZero)
            return (T.One / T.CreateTruncating(Math.Sqrt(Variance + (Mean * Mean))), T.Zero);
        T scale = T.One / T.CreateTruncating(StandardDeviation);
        return (scale, scale == T.Zero ? T.Zero : T.CreateTruncating(Mean));
    }
}
