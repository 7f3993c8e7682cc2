using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Training.Sharding;

/// <summary>
/// Adds what the ranks have computed, in the tree of the shards: each rank gets a slice of every node, adds the slices as the tree says,
/// and gives the sum to all. So every rank sends and receives about twice the gradient, however many there are.
/// </summary>
/// <param name="ranks">More than one.</param>
/// <param name="tree">Which nodes each rank has.</param>
/// <param name="team">Adds.</param>
internal sealed class RankSums<T>(Ranks ranks, ShardTree tree, ThreadTeam team)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Slices begin at whole cache lines.
    private const int SliceUnit = 16;

    private readonly int[] _sliceCounts = new int[ranks.Count], _sentCounts = new int[ranks.Count], _receivedCounts = new int[ranks.Count];
    private readonly ShardNode[] _allNodes = [.. Enumerable.Range(0, ranks.Count).SelectMany(rank => tree.NodesOf(rank).ToArray())];
    private T[] _sent = [], _received = [];

    /// <param name="nodes">Of this rank, in their order; all of the same length. The first becomes the sum of all ranks' nodes.</param>
    /// <param name="length">Values of each.</param>
    public void Sum(AlignedBuffer<T>[] nodes, int length)
    {
        for (int start = 0; start < length; start += Limits.MessageLength)
            Sum(nodes, start, Math.Min(Limits.MessageLength, length - start));
    }

    private void Sum(AlignedBuffer<T>[] nodes, int start, int length)
    {
        int bytes = Unsafe.SizeOf<T>(), nodeCount = tree.NodesOf(ranks.Rank).Length;
        int slice = ((length + ranks.Count - 1) / ranks.Count + SliceUnit - 1) / SliceUnit * SliceUnit;
        for (int rank = 0; rank < ranks.Count; rank++)
            _sliceCounts[rank] = Math.Clamp(length - rank * slice, 0, slice);
        int mine = _sliceCounts[ranks.Rank];
        Reserve(ref _sent, length * nodeCount);
        Reserve(ref _received, mine * _allNodes.Length);
        for (int rank = 0, sent = 0; rank < ranks.Count; rank++)
        {
            int count = _sliceCounts[rank];
            for (int node = 0; node < nodeCount; node++, sent += count)
                nodes[node].Span.Slice(start + Math.Min(length, rank * slice), count).CopyTo(_sent.AsSpan(sent));
            _sentCounts[rank] = nodeCount * count * bytes;
            _receivedCounts[rank] = tree.NodesOf(rank).Length * mine * bytes;
        }
        Span<T> received = _received.AsSpan(0, mine * _allNodes.Length);
        ranks.Exchange(
            MemoryMarshal.AsBytes(_sent.AsSpan(0, length * nodeCount)), _sentCounts, MemoryMarshal.AsBytes(received), _receivedCounts);
        int next = 0;
        Add(new ShardNode(0, tree.ShardCount), mine, ref next);
        for (int rank = 0; rank < ranks.Count; rank++)
            _sliceCounts[rank] *= bytes;
        ranks.Gather(
            MemoryMarshal.AsBytes(received[..mine]), MemoryMarshal.AsBytes(nodes[0].Span.Slice(start, length)), _sliceCounts);
    }

    /// <summary>Adds the slices below a node, in place: the sum takes the place of the first of them.</summary>
    /// <param name="node">Of the tree.</param>
    /// <param name="length">Of a slice.</param>
    /// <param name="next">The first received slice that belongs to the node; afterwards that of the next node.</param>
    /// <returns>Which slice has the sum.</returns>
    private int Add(ShardNode node, int length, ref int next)
    {
        if (_allNodes[next] == node)
            return next++;
        int half = node.Count / 2;
        int left = Add(new ShardNode(node.First, half), length, ref next);
        int right = Add(new ShardNode(node.First + half, half), length, ref next);
        Elementwise.Add<T>(_received.AsSpan(right * length, length), _received.AsSpan(left * length, length), team);
        return left;
    }

    private static void Reserve(ref T[] values, int length)
    {
        if (values.Length < length)
            values = GC.AllocateUninitializedArray<T>(length);
    }
}
