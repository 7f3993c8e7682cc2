using System.Runtime.InteropServices;

namespace Mlp.Training.Sharding;

/// <summary>What each portion of the validation rows comes to: ranks compute them in turn, and add them in their order.</summary>
/// <param name="ranks">Null for this process alone.</param>
/// <param name="count">Portions.</param>
internal sealed class PortionSums(Ranks? ranks, int count)
{
    private readonly int _rankCount = ranks?.Count ?? 1, _rank = ranks?.Rank ?? 0;
    private readonly PortionSum[] _sums = new PortionSum[count], _mine = new PortionSum[count], _gathered = new PortionSum[count];
    private readonly int[] _gatheredBytes = new int[ranks?.Count ?? 1];

    /// <summary>Sets the sum of a portion that is this rank's.</summary>
    public PortionSum this[int portion] { set => _mine[portion / _rankCount] = value; }

    public bool IsMine(int portion) => portion % _rankCount == _rank;

    /// <summary>The sum over all portions, of which each rank has given its own.</summary>
    public unsafe PortionSum Total()
    {
        if (ranks is null)
            _mine.CopyTo(_sums, 0);
        else
        {
            for (int rank = 0; rank < _rankCount; rank++)
                _gatheredBytes[rank] = CountOf(rank) * sizeof(PortionSum);
            ranks.Gather(
                MemoryMarshal.AsBytes(_mine.AsSpan(0, CountOf(_rank))), MemoryMarshal.AsBytes(_gathered.AsSpan()), _gatheredBytes);
            for (int rank = 0, next = 0; rank < _rankCount; rank++)
            {
                for (int portion = rank; portion < count; portion += _rankCount)
                    _sums[portion] = _gathered[next++];
            }
        }
        PortionSum total = default;
        foreach (PortionSum sum in _sums)
        {
            total = new(
                total.LossSum + sum.LossSum, total.WeightSum + sum.WeightSum, total.MetricSum + sum.MetricSum,
                total.MetricWeightSum + sum.MetricWeightSum);
        }
        return total;
    }

    private int CountOf(int rank) => (count - rank + _rankCount - 1) / _rankCount;
}

/// <summary>What a portion comes to.</summary>
/// <param name="LossSum">As in <see cref="Networks.BatchLoss"/>.</param>
/// <param name="WeightSum">Likewise.</param>
/// <param name="MetricSum">Of the metric.</param>
/// <param name="MetricWeightSum">What it is divided by.</param>
internal readonly record struct PortionSum(double LossSum, double WeightSum, double MetricSum, double MetricWeightSum);
