namespace Mlp.Tool.Models;

/// <summary>The mean of differences between the losses of the same rows, and its error.</summary>
internal sealed class PairedDifference
{
    // Two standard errors: chance alone is beyond them in one of forty comparisons.
    private const double ErrorsOfChance = 2;

    private long _count;
    private double _mean, _squares;

    /// <summary>Adds the difference of a row, by Welford's recurrence.</summary>
    public void Add(double difference)
    {
        double fromMean = difference - _mean;
        _mean += fromMean / ++_count;
        _squares += fromMean * (difference - _mean);
    }

    /// <summary>Whether the mean is above zero by more than two standard errors; of one row, whether it is above zero.</summary>
    public bool IsBeyondChance =>
        _mean > (_count < 2 ? 0 : ErrorsOfChance * Math.Sqrt(_squares / (_count - 1) / _count));
}
