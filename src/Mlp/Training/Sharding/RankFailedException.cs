namespace Mlp;

/// <summary>Another rank of a training on several processes has failed or ended, so that the training ends on every rank. A restart with a
/// checkpoint goes on from it, with any number of ranks.</summary>
public sealed class RankFailedException : Exception
{
    internal RankFailedException(int rank, string message)
        : base(message) => Rank = rank;

    /// <summary>The rank that failed first, from 0 on.</summary>
    public int Rank { get; }
}
