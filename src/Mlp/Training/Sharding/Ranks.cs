namespace Mlp;

/// <summary>
/// The processes that train one network together, each with the same rows and the same settings; MPI calls them ranks. The package Mlp.Mpi
/// starts them.
/// </summary>
/// <remarks>
/// Give it to <see cref="TrainingSettings.Ranks"/>. Every rank computes some of a step's <see cref="TrainingSettings.GradientShards"/> and
/// ends with the same network: the bits are those of one process with as many shards.
/// </remarks>
public abstract class Ranks
{
    private protected Ranks()
    {
    }

    /// <summary>Which of them this process is, from 0 on. Rank 0 writes the files.</summary>
    public abstract int Rank { get; }

    /// <summary>How many there are, at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>Processors of this machine for each of its ranks, at least 1.</summary>
    public abstract int ProcessorCount { get; }

    /// <summary>"rank 0 of 4".</summary>
    public override string ToString() => $"rank {Rank} of {Count}";

    /// <summary>For messages: "rank 2 (host b, process 123)".</summary>
    internal abstract string Describe(int rank);

    /// <summary>Every rank gives some bytes, and all get those of all, rank after rank.</summary>
    /// <param name="mine">Of this rank.</param>
    /// <param name="all">As many bytes as all counts together; overwritten.</param>
    /// <param name="counts">How many bytes each rank gives; the same on every rank.</param>
    /// <exception cref="RankFailedException">Another rank has failed, or has ended.</exception>
    internal abstract void Gather(ReadOnlySpan<byte> mine, Span<byte> all, ReadOnlySpan<int> counts);

    /// <summary>Every rank sends bytes to every rank, itself included.</summary>
    /// <param name="sent">For rank 0, then for rank 1 and so on.</param>
    /// <param name="sentCounts">How many for each.</param>
    /// <param name="received">Of rank 0, then of rank 1 and so on; overwritten.</param>
    /// <param name="receivedCounts">How many of each.</param>
    /// <exception cref="RankFailedException">Another rank has failed, or has ended.</exception>
    internal abstract void Exchange(
        ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts);

    /// <summary>Tells the other ranks that this one has failed, and why: none of them waits for it any longer.</summary>
    internal abstract void Fail(Exception reason);
}
