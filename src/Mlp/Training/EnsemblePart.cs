using Mlp.Numerics;

namespace Mlp;

/// <summary>Which of several jobs this one is, where the networks of an ensemble are trained by processes of their own.</summary>
/// <param name="Number">Of this job, from 1 to <paramref name="Count"/>.</param>
/// <param name="Count">All jobs, from 1 to the number of networks that are trained side by side: refits do not count, as each is trained
/// by the job of its first training, whose best epoch it needs.</param>
/// <remarks>
/// Networks are dealt out in turn: of five and two jobs the first gets networks 1, 3 and 5, the second 2 and 4. The bits of a network
/// do not depend on who trains it.
/// </remarks>
public sealed record EnsemblePart(int Number, int Count)
{
    /// <summary>"3/5".</summary>
    public override string ToString() => FormattableString.Invariant($"{Number}/{Count}");

    /// <summary>Checks both numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range; the message names it.</exception>
    internal void Validate()
    {
        RangeCheck.Require(Count >= 1, Count, "at least 1");
        RangeCheck.Require(Number >= 1 && Number <= Count, Number, $"from 1 to {Count}");
    }

    /// <summary>The trainings of this job, as zero-based indices among those of the whole ensemble: first those that hold rows out, then
    /// their refits.</summary>
    /// <param name="networkCount">Networks that are trained side by side.</param>
    /// <param name="refitCount">Refits, of the first of them.</param>
    internal int[] JobsOf(int networkCount, int refitCount) =>
    [
        .. Enumerable.Range(0, networkCount).Where(IsMine),
        .. Enumerable.Range(0, refitCount).Where(IsMine).Select(index => networkCount + index),
    ];

    /// <exception cref="ArgumentException">There are fewer networks than jobs.</exception>
    internal void CheckFits(int networkCount)
    {
        if (Count > networkCount)
        {
            throw new ArgumentException(
                $"Part is {this}, but {(networkCount == 1 ? "only 1 network is" : $"only {networkCount:N0} networks are")} trained side by "
                    + $"side: a job would have none. Use at most {networkCount:N0} jobs, or train more networks.");
        }
    }

    private bool IsMine(int index) => index % Count == Number - 1;
}
