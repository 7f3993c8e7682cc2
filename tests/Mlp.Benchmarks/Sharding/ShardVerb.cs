using System.Globalization;
using Mlp.Mpi;

namespace Mlp.Benchmarks.Sharding;

/// <summary>What a shard costs, and what ranks gain.</summary>
internal static class ShardVerb
{
    private const int RowsPerShard = 128;

    /// <summary>Batches by shards of 128 rows beside the same batches as a whole, in turns.</summary>
    /// <param name="rounds">Of which the median counts.</param>
    /// <param name="threadCount">Of the process.</param>
    public static void CompareShards(int rounds, int threadCount)
    {
        Console.WriteLine($"{Machine.Processor}, {Machine.Tier}, {threadCount} threads");
        Console.WriteLine(
            "\n| network | rows a shard | shards | whole batch, ms of the processor | by shards | cost of a shard |"
                + "\n|---|---|---|---|---|---|");
        foreach (int[] sizes in (int[][])[[784, 512, 512, 10], [28, 256, 256, 256, 2], [30, 64, 32, 2]])
        {
            foreach (int shards in (int[])[2, 8])
            {
                var whole = new ShardTraining(sizes, shards * RowsPerShard, ShardCount: 1, threadCount);
                ShardTraining sharded = whole with { ShardCount = shards };
                int steps = sizes[0] > 100 ? 40 : 200;
                var pairs = new List<(double Whole, double Sharded)>();
                for (int round = 0; round <= rounds; round++)
                    pairs.Add((whole.Run(steps).Processor, sharded.Run(steps).Processor));
                // The JIT takes part in the first.
                pairs.RemoveAt(0);
                double[] ratios = [.. pairs.Select(pair => pair.Sharded / pair.Whole).Order()];
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {whole.Name} | {RowsPerShard} | {shards} | {Median(pairs.Select(pair => pair.Whole)):F2} | "
                        + $"{Median(pairs.Select(pair => pair.Sharded)):F2} | {ratios[ratios.Length / 2]:F2} "
                        + $"({ratios[0]:F2} to {ratios[^1]:F2}) |"));
            }
        }
    }

    /// <summary>A rank that mpirun has started: rank 0 prints what a step takes.</summary>
    public static void RunRank(ShardTraining training, int steps)
    {
        using var ranks = MpiRanks.Start();
        ShardTimes times = training.Run(steps, ranks);
        if (ranks.Rank == 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{training.Name}, batch {training.BatchSize}, {training.ShardCount} shards, {ranks.Count} ranks: {times.Median:F2} ms "
                    + $"a step (one in ten below {times.Tenth:F2}), {times.Processor:F2} ms of the processor "
                    + $"on rank 0, hash {times.Hash}"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
