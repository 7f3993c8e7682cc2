using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The mean of the finite values, 0 when there are none.</summary>
internal sealed class MeanStatistic : SlotStatistic
{
    private long _missingCount;
    private long _nonZeroCount;
    private double _mean;

    public override void Add(double value)
    {
        if (value == 0)
            return;
        if (!double.IsFinite(value))
        {
            _missingCount++;
            return;
        }

        _nonZeroCount++;

        // Numbers of different sign are divided first, as their difference could overflow.
        if (_mean > 0 != value > 0)
            _mean = _mean - (_mean / _nonZeroCount) + (value / _nonZeroCount);
        else
            _mean += (value - _mean) / _nonZeroCount;
    }

    public override double GetResult(IChannel channel, long count)
    {
        if (count == _missingCount)
        {
            channel.Warning("All values in this column are NAs, using default value for imputation");
            return 0;
        }

        return _mean * ((double)_nonZeroCount / (count - _missingCount));
    }
}
