/// <summary>The random numbers of the long MNIST training, as the fixture describes them.</summary>
internal static class MnistRandom
{
    public const int BatchSize = 100, IterationCount = 10_000, ImageCount = 60_000;

    private const ulong Seed = 20200203;

    /// <summary>The rows of all batches, one batch after another, drawn with replacement.</summary>
    public static int[] BatchIndices()
    {
        var random = new MersenneTwister(seed: 0);
        var indices = new int[BatchSize * IterationCount];
        foreach (ref int index in indices.AsSpan())
            index = random.NextIndex(ImageCount);
        return indices;
    }

    /// <summary>The weights of both layers in one sequence: W1 [50 x 784], then W2 [10 x 50], each 0.01 times nearly normal.</summary>
    public static double[] Weights(int count)
    {
        ulong state = Seed;
        var weights = new double[count];
        foreach (ref double weight in weights.AsSpan())
        {
            double sum = 0;
            for (int term = 0; term < 12; term++)
                sum += (SplitMix64(ref state) >> 32) / 4294967296.0;
            weight = 0.01 * (sum - 6);
        }
        return weights;
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
