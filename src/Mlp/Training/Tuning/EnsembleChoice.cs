using System.Numerics;

namespace Mlp.Training.Tuning;

/// <summary>Chooses the members of an ensemble, greedily and with replacement, on rows that no network was trained on.</summary>
/// <remarks>
/// The number of members stays as it is: each change puts a candidate in the place of a member, so that a mean of more networks, which is
/// better by itself, is no reason for one. Of the changes whose loss is lower by more than the standard error of the difference, row by
/// row, the one with the lowest loss is made, until there is none. What has come of all changes together has to be better than the start by
/// √(2 ln n) standard errors, otherwise none is made: of n trials that are no better than what is there, the luckiest seems better by about
/// so many (the expected largest of n normal variables). Asked of each change instead, this would miss what several changes bring
/// together. Source of the choice with replacement: Caruana et al. 2004, "Ensemble selection from libraries of models".
/// </remarks>
internal static class EnsembleChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="loss">Judges.</param>
    /// <param name="candidates">With outputs for all folds, those of the start among them.</param>
    /// <param name="start">The members to begin with, as indices of candidates.</param>
    /// <param name="foldCount">All folds.</param>
    /// <param name="trialCount">Trials that were looked at on these rows, also those that are no candidates any more; 0 for none.</param>
    /// <param name="checkCancellation">Called between two judgements; what it throws ends the work.</param>
    /// <returns>The members, and their loss.</returns>
    public static (int[] Members, HeldOutLoss Loss) Choose<T>(
        EnsembleLoss<T> loss, IReadOnlyList<Candidate<T>> candidates, IReadOnlyList<int> start, int foldCount, int trialCount,
        Action checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double errors = Math.Max(1, Math.Sqrt(2 * Math.Log(Math.Max(1, trialCount))));
        int[] members = [.. start];
        HeldOutLoss before = LossOf(members), current = before;
        while (true)
        {
            (int[] Members, HeldOutLoss Loss)? best = null;
            foreach (int slot in SlotsOf(members, start))
            {
                // What is there from the start differs by its seed alone, and a seed is no reason for a change either.
                foreach (int candidate in Enumerable.Range(0, candidates.Count).Except(start).Where(index => index != members[slot]))
                {
                    checkCancellation();
                    int[] changed = [.. members];
                    changed[slot] = candidate;
                    HeldOutLoss changedLoss = LossOf(changed);
                    (double gain, double error) = current.GainOf(changedLoss);
                    if (gain > error && changedLoss.Mean < (best?.Loss.Mean ?? current.Mean))
                        best = (changed, changedLoss);
                }
            }
            if (best is not { } found)
                break;
            (members, current) = found;
        }
        (double gainOfAll, double errorOfAll) = before.GainOf(current);
        return gainOfAll > errors * errorOfAll ? (members, current) : ([.. start], before);

        HeldOutLoss LossOf(int[] chosen) => loss.Of([.. chosen.Select(index => candidates[index])], foldCount);
    }

    /// <summary>
    /// The places whose member may go. Of those from the start it is always the last: they differ by their seeds alone, and the one with
    /// the worst seed would be missed by no ensemble, whoever took its place. Members that are the same make the same ensemble.
    /// </summary>
    private static int[] SlotsOf(int[] members, IReadOnlyList<int> start)
    {
        int last = Array.FindLastIndex(members, start.Contains);
        return [.. Enumerable.Range(0, members.Length).Where(slot => slot == last || !start.Contains(members[slot]))
            .DistinctBy(slot => members[slot])];
    }
}
