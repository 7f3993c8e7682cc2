using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>A statistic of the values that are there: of a slot, or of a whole column.</summary>
internal abstract class SlotStatistic
{
    public static SlotStatistic Create(MissingValueReplacingEstimator.ReplacementMode mode)
        => mode switch
        {
            MissingValueReplacingEstimator.ReplacementMode.Mean => new MeanStatistic(),
            MissingValueReplacingEstimator.ReplacementMode.Minimum => new ExtremeStatistic(takesMaximum: false),
            MissingValueReplacingEstimator.ReplacementMode.Maximum => new ExtremeStatistic(takesMaximum: true),
            _ => new ModeStatistic(),
        };

    /// <summary>Takes in an explicit value.</summary>
    public abstract void Add(double value);

    /// <summary>The statistic, given how many values there were, with the implicit zeros of sparse vectors.</summary>
    public abstract double GetResult(IChannel channel, long count);
}
