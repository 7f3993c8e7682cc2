using Mlp.Training.Sharding;

namespace Mlp.Tests.Training.Sharding;

public class ShardTreeTests
{
    [Theory]
    [InlineData(8, 3)]
    [InlineData(1, 1)]
    [InlineData(64, 48)]
    [InlineData(1024, 1000)]
    public void Nodes_AreAlignedAndCoverAllShardsOnce(int shardCount, int rankCount)
    {
        var tree = new ShardTree(shardCount, rankCount);
        int next = 0, nodeCount = 0;
        for (int rank = 0; rank < rankCount; rank++)
        {
            Assert.Equal(next, tree.ShardsOf(rank).First);
            foreach (ShardNode node in tree.NodesOf(rank))
            {
                Assert.Equal(next, node.First);
                Assert.Equal(0, node.First % node.Count);
                Assert.True(int.IsPow2(node.Count));
                next += node.Count;
                nodeCount++;
            }
            Assert.Equal(next, tree.ShardsOf(rank).End);
        }
        Assert.Equal((shardCount, nodeCount), (next, tree.NodeCount));
    }

    [Fact]
    public void ThreeRanks_ShareEightShards()
    {
        var tree = new ShardTree(8, 3);
        Assert.Equal([new(0, 2)], tree.NodesOf(0).ToArray());
        Assert.Equal([new(2, 2), new(4, 1)], tree.NodesOf(1).ToArray());
        Assert.Equal([new(5, 1), new(6, 2)], tree.NodesOf(2).ToArray());
    }

    [Theory]
    [InlineData(8, 64)]
    [InlineData(8, 61)]
    [InlineData(8, 3)]
    public void Rows_AreSharedAsEvenlyAsItGoes(int shardCount, int rowCount)
    {
        var tree = new ShardTree(shardCount, 1);
        int next = 0;
        for (int shard = 0; shard < shardCount; shard++)
        {
            (int first, int end) = tree.RowsOf(shard, rowCount);
            Assert.Equal(next, first);
            Assert.InRange(end - first, rowCount / shardCount, (rowCount + shardCount - 1) / shardCount);
            next = end;
        }
        Assert.Equal(rowCount, next);
    }
}
