using System.Numerics;

namespace Mlp.Training.Sharding;

/// <summary>
/// The binary tree over the shards of a batch, in which their gradients are added: which parts of it each rank adds by itself. Ranks have
/// shards side by side, as evenly as it goes; where they do not divide them, a rank has several nodes of the tree.
/// </summary>
internal sealed class ShardTree
{
    private readonly ShardNode[][] _nodesOf;

    /// <param name="shardCount">A power of two.</param>
    /// <param name="rankCount">From 1 to as many.</param>
    public ShardTree(int shardCount, int rankCount)
    {
        ShardCount = shardCount;
        _nodesOf = [.. Enumerable.Range(0, rankCount).Select(rank => Cut(FirstOf(rank), FirstOf(rank + 1)))];

        int FirstOf(int rank) => (int)((long)shardCount * rank / rankCount);
    }

    /// <summary>Leaves.</summary>
    public int ShardCount { get; }

    /// <summary>Nodes of all ranks together.</summary>
    public int NodeCount => _nodesOf.Sum(nodes => nodes.Length);

    /// <summary>The largest nodes that a rank has to itself, first shard first.</summary>
    public ReadOnlySpan<ShardNode> NodesOf(int rank) => _nodesOf[rank];

    /// <summary>The shards of a rank.</summary>
    public (int First, int End) ShardsOf(int rank) => (_nodesOf[rank][0].First, _nodesOf[rank][^1].First + _nodesOf[rank][^1].Count);

    /// <summary>The rows of a shard, of a batch of so many.</summary>
    public (int First, int End) RowsOf(int shard, int rowCount) =>
        ((int)((long)rowCount * shard / ShardCount), (int)((long)rowCount * (shard + 1) / ShardCount));

    /// <summary>Into nodes, each as large as its place allows.</summary>
    private static ShardNode[] Cut(int first, int end)
    {
        var nodes = new List<ShardNode>();
        while (first < end)
        {
            int aligned = first == 0 ? int.MaxValue : first & -first;
            int count = Math.Min(aligned, 1 << BitOperations.Log2((uint)(end - first)));
            nodes.Add(new ShardNode(first, count));
            first += count;
        }
        return [.. nodes];
    }
}

/// <summary>A node of the tree.</summary>
/// <param name="First">Its first shard.</param>
/// <param name="Count">Its shards, a power of two that divides <paramref name="First"/>.</param>
internal readonly record struct ShardNode(int First, int Count);
