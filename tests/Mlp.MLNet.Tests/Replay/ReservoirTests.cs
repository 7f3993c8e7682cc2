using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Replay;

namespace Mlp.MLNet.Tests.Replay;

public class ReservoirTests
{
    [Fact]
    public void EveryRow_IsKept_WithTheSameProbability()
    {
        // 40 rows in four pieces, of which 10 are kept: each in a quarter of 2,000 draws, with a standard deviation of 19.4.
        var counts = new int[40];
        for (int seed = 0; seed < 2000; seed++)
        {
            Reservoir kept = Reservoir.Draw(Rows(0, 10), capacity: 10, 100 * seed).Rows;
            for (int piece = 1; piece < 4; piece++)
                kept = kept.With(Reservoir.Join(kept.Rows, Rows(10 * piece, 10)), seen: 10 * piece, 100 * seed).Rows;
            Assert.Equal(10, kept.RowCount);
            for (int row = 0; row < 10; row++)
                counts[(int)kept.Rows!.Targets[row][0]]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 500 - 90, 500 + 90));
    }

    [Fact]
    public void RowsThatHaveRoom_AllStay()
    {
        Reservoir kept = Reservoir.Draw(Rows(0, 5), capacity: 8, seed: 1).Rows;
        kept = kept.With(Reservoir.Join(kept.Rows, Rows(5, 3)), seen: 5, seed: 1).Rows;
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7], Enumerable.Range(0, 8).Select(row => kept.Rows!.Targets[row][0]));
        Assert.Equal([7f, -7], kept.Rows!.Features.Numbers![7].ToArray());
        Assert.Equal(0, Reservoir.Draw(Rows(0, 5), capacity: 0, seed: 1).Rows.RowCount);
    }

    private static TrainingRows Rows(int first, int count)
    {
        float[] numbers = [.. Enumerable.Range(first, count).SelectMany(row => (float[])[row, -row])];
        float[] targets = [.. Enumerable.Range(first, count).Select(row => (float)row)];
        return new TrainingRows(
            new FeatureTable<float>(new RowBlocks<float>(numbers, 2)), new RowBlocks<float>(targets, 1), ExampleWeights: null);
    }
}
