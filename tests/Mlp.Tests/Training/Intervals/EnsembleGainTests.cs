using Mlp.Training.Ensembles;
using Mlp.Training.Intervals;

namespace Mlp.Tests;

public class EnsembleGainTests
{
    // R, C and D of v = 1, s = 4, γ = 0.25 and 4 networks.
    [Fact]
    public void Solve_FindsVarianceAndShare()
    {
        (double own, double share) = EnsembleGain.Solve(
            square: 4 + 1, product: 0.25 * 4 + 1, difference: 0.0625 * 4 + 1.25, networkCount: 4);
        Assert.Equal(1, own, 1e-9);
        Assert.Equal(0.25, share, 1e-9);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(1, -5, 0.1)]
    public void Solve_WithoutGain_ChangesNothing(double square, double product, double difference) =>
        Assert.Equal((0, 0), EnsembleGain.Solve(square, product, difference, networkCount: 4));

    // Observed: 2.03 where the mean of ten networks errs by √(4 + 0.1) = 2.02.
    [Fact]
    public void Apply_GivesDistancesOfTheMean()
    {
        const int Count = 20_000, Seen = 4;
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (distances, predictions, means) = (new double[Count], new double[Count], new double[Count]);
        for (int row = 0; row < Count; row++)
        {
            double noise = 2 * Normal(), own = Normal();
            (distances[row], predictions[row]) = (noise - own, own);
            means[row] = 0.25 * noise + Enumerable.Range(0, Seen).Average(_ => Normal());
        }
        EnsembleGain.Apply(
            distances, predictions, [.. Enumerable.Repeat(1.0, Count)], new SeenPredictions(means, Seen), networkCount: 10,
            [.. Enumerable.Range(0, Count)]);
        Assert.InRange(Math.Sqrt(distances.Average(distance => distance * distance)), 1.98, 2.08);
    }
}
