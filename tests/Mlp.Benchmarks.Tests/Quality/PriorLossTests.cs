using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class PriorLossTests
{
    [Fact]
    public void OfClasses_IsTheLogLossOfTheTrainingShares()
    {
        double loss = PriorLoss.OfClasses(train: ["a", "a", "a", "b"], judged: ["a", "b"]);

        Assert.Equal((-Math.Log(0.75) - Math.Log(0.25)) / 2, loss, 1e-15);
    }

    [Fact]
    public void OfClasses_UnseenClass_IsClippedAsThePeersAre() =>
        Assert.Equal(-Math.Log(1e-7), PriorLoss.OfClasses(train: ["a"], judged: ["b"]), 1e-12);

    [Fact]
    public void OfNumbers_IsTheErrorOfTheTrainingMean() =>
        Assert.Equal(Math.Sqrt((4 + 0.25) / 2), PriorLoss.OfNumbers(train: ["1", "3"], judged: ["4", "1.5"]), 1e-15);
}
