using Mlp.Losses;
using Mlp.TestSupport;

namespace Mlp.Tests.Losses;

public class OutputLinkTests
{
    [Fact]
    public void Softmax_OfEachRow_SumsToOne_AndDoesNotOverflow()
    {
        double[] values = [0, Math.Log(3), 1e4, -1e4];

        OutputLink.Softmax.Apply<double>(values, 2);

        Assert.Equal([0.25, 0.75, 1, 0], values.Select(value => Math.Round(value, 14)));
    }

    [Fact]
    public void SigmoidExponentialAndIdentity_AreTheirFormulas()
    {
        double[] sigmoid = [0, 2, -800, 800], exponential = [0, 1, -800, 800], identity = [1, -2];

        OutputLink.Sigmoid.Apply<double>(sigmoid, 1);
        OutputLink.Exponential.Apply<double>(exponential, 4);
        OutputLink.Identity.Apply<double>(identity, 2);

        Tolerance.AssertClose<double>("sigmoid", sigmoid, [0.5, 1 / (1 + Math.Exp(-2)), 0, 1], 1e-15);
        Tolerance.AssertClose<double>("exponential", exponential.AsSpan(0, 3), [1, Math.E, 0], 1e-15);
        Assert.Equal(double.PositiveInfinity, exponential[3]);
        Assert.Equal([1, -2], identity);
    }

    [Fact]
    public void EveryLoss_NamesItsLink()
    {
        Assert.Equal(OutputLink.Identity, Loss.SquaredError.Link);
        Assert.Equal(OutputLink.Exponential, Loss.Poisson.Link);
        Assert.Equal(OutputLink.Sigmoid, Loss.BinaryFocal().Link);
        Assert.Equal(OutputLink.Softmax, Loss.SoftmaxCrossEntropy.Link);
    }
}
