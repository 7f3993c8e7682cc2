using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The most frequent finite value, of several the one that got there first; implicit zeros do not count, as in ML.NET.</summary>
internal sealed class ModeStatistic : SlotStatistic
{
    private readonly Dictionary<double, int> _counts = [];
    private double _mode;
    private int _maximumCount;

    public override void Add(double value)
    {
        if (!double.IsFinite(value))
            return;
        int count = _counts.GetValueOrDefault(value) + 1;
        _counts[value] = count;
        if (count > _maximumCount)
        {
            _mode = value;
            _maximumCount = count;
        }
    }

    public override double GetResult(IChannel channel, long count) => _mode;
}
