namespace Mlp.MLNet.Training;

/// <summary>Which networks of a model an update trains, and how.</summary>
/// <param name="Renewed">By their indices, refits last: they are trained anew, and the others stay. Null where all go on.</param>
internal sealed record UpdatePlan(IReadOnlySet<int>? Renewed)
{
    // What is trained anew from fewer rows than the others were trained on would be worse than they are.
    private const double LeastPartOfRows = 0.5;

    private const int NetworksForOneRenewed = 10;

    /// <param name="settings">Of the update.</param>
    /// <param name="networkCount">Of the model.</param>
    /// <param name="refitCount">Of these, refits of the first ones.</param>
    /// <param name="memory">Of the model; null for none.</param>
    public static UpdatePlan For(MlpUpdateSettings settings, int networkCount, int refitCount, MlpMemory? memory)
    {
        bool remembersEnough = memory is not null && memory.RowCount >= LeastPartOfRows * memory.RowsSeen;
        int count = settings.RenewedNetworkCount ?? (remembersEnough ? networkCount / NetworksForOneRenewed : 0);
        if (count == 0)
            return new UpdatePlan(Renewed: null);
        // A network and its refit, which needs its best epoch, then the next two: those that have waited longest come first.
        int[] order = [.. Enumerable.Range(0, networkCount).OrderBy(network =>
            network < networkCount - refitCount ? 2 * network : 2 * (network - networkCount + refitCount) + 1)];
        long first = (long)(memory?.UpdateCount ?? 0) * count;
        return new UpdatePlan(Enumerable.Range(0, Math.Min(count, networkCount))
            .Select(turn => order[(int)((first + turn) % networkCount)]).ToHashSet());
    }

    /// <summary>The networks that are not trained.</summary>
    public IReadOnlySet<int> KeptOf(int networkCount) =>
        Renewed is null ? new HashSet<int>() : Enumerable.Range(0, networkCount).Where(network => !Renewed.Contains(network)).ToHashSet();
}
