using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The minimum or the maximum, infinite when there are no values.</summary>
internal sealed class ExtremeStatistic(bool takesMaximum) : SlotStatistic
{
    private double _extreme = takesMaximum ? double.NegativeInfinity : double.PositiveInfinity;
    private long _explicitCount;

    public override void Add(double value)
    {
        _explicitCount++;
        if (takesMaximum ? value > _extreme : value < _extreme)
            _extreme = value;
    }

    public override double GetResult(IChannel channel, long count)
    {
        if (_explicitCount < count)
            Add(0);
        return _extreme;
    }
}
