using Mlp.Networks;
using Mlp.TestSupport;

namespace Mlp.Tests.Networks;

public class BackpropagationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Ids => [.. Fixtures.Gradients.Cases.Select(gradientCase => gradientCase.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Compute_MatchesTorch_InDouble(string id) =>
        GradientFixtureCheck.Run<double>(Fixtures.Gradients.Cases.Single(gradientCase => gradientCase.Id == id), tolerance: 1e-12);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Compute_MatchesTorch_InFloat(string id) =>
        GradientFixtureCheck.Run<float>(Fixtures.Gradients.Cases.Single(gradientCase => gradientCase.Id == id), tolerance: 1e-5);

    [Fact]
    public void Summary()
    {
        Assert.Equal(101, Fixtures.Gradients.Cases.Length);
        foreach (IGrouping<string, GradientCase> kind in Fixtures.Gradients.Cases.GroupBy(gradientCase => gradientCase.Kind))
        {
            output.WriteLine(
                $"gradients.json, {kind.Key}, {kind.Count()} cases: "
                + $"worst deviation in double {kind.Max(each => GradientFixtureCheck.Run<double>(each, 1e-12)):E2}, "
                + $"in float {kind.Max(each => GradientFixtureCheck.Run<float>(each, 1e-5)):E2}");
        }
    }

    /// <summary>
    /// x = (1, 2); layer 1: W = (0.5 −0.25; 1 −1), b = (0.5, 0.25), leaky ReLU; layer 2: W = (2 4), b = 1; target 0.97; loss ½ (o − y)².
    /// <code>
    /// z = (0.5 − 0.5 + 0.5, 1 − 2 + 0.25) = (0.5, −0.75)     a = (0.5, −0.0075)
    /// o = 2 · 0.5 − 4 · 0.0075 + 1 = 1.97                    loss = ½ · 1² = 0.5
    /// δ₂ = o − y = 1                ∂/∂W₂ = δ₂ a = (0.5, −0.0075)               ∂/∂b₂ = 1
    /// δ₁ = (2 · 1, 4 · 0.01)        ∂/∂W₁ = δ₁ x = (2 4; 0.04 0.08)             ∂/∂b₁ = (2, 0.04)
    ///                               ∂/∂x = δ₁ W₁ = (2 · 0.5 + 0.04 · 1, −2 · 0.25 − 0.04 · 1) = (1.04, −0.54)
    /// </code>
    /// </summary>
    [Fact]
    public void Compute_MatchesHandWorkedExample()
    {
        var network = Network<double>.Create(inputCount: 2, [Layer.Dense(2, Activation.LeakyRelu), Layer.Dense(1)]);
        ((double[])[0.5, -0.25, 1, -1, 0.5, 0.25, 2, 4, 1]).CopyTo(network.Parameters.Values);
        using var backpropagation = new Backpropagation<double>(
            network, Loss.HalfSquaredError, LossReduction.Mean, maxRowCount: 1, threadCount: 1);
        var inputGradients = new double[2];

        BatchLoss loss = backpropagation.Compute((double[])[1, 2], [0.97], [1], inputGradients);

        Tolerance.AssertClose("loss", loss.Loss, 0.5, 1e-15);
        Tolerance.AssertClose("outputs", backpropagation.Outputs(1), [1.97], 1e-15);
        Tolerance.AssertClose<double>("gradients", backpropagation.Gradients, [2, 4, 0.04, 0.08, 2, 0.04, 0.5, -0.0075, 1], 1e-15);
        Tolerance.AssertClose<double>("input gradients", inputGradients, [1.04, -0.54], 1e-15);
    }

    [Theory]
    [InlineData(LossReduction.Mean, (2 * 1 + 3 * 4) / 5.0, (2 * 2 + 3 * 4) / 5.0)]
    [InlineData(LossReduction.Sum, 2 * 1 + 3 * 4, 2 * 2 + 3 * 4)]
    public void Compute_WeightsRows_AndDividesByTheirWeights(LossReduction reduction, double loss, double gradient)
    {
        // o = b = 0 and targets −1 and −2: losses 1 and 4, slopes 2 and 4; weights 2, 3, and 0 for a row that overflows.
        var network = Network<double>.Create(inputCount: 1, [Layer.Dense(1) with { WeightInitializer = Initializer.Zero }]);
        using var backpropagation = new Backpropagation<double>(network, Loss.SquaredError, reduction, maxRowCount: 3, threadCount: 1);

        BatchLoss result = backpropagation.Compute((double[])[0, 0, 0], [-1, -2, 1e300], [2, 3, 0]);

        Assert.Equal(loss, result.Loss, 14);
        Assert.Equal(gradient, backpropagation.Gradients[1], 14);
        Assert.Equal([1, 4, double.PositiveInfinity], backpropagation.RowLosses(3).ToArray());
    }

    [Fact]
    public void Compute_WithNothingButZeroWeights_GivesLossAndGradientZero()
    {
        var network = Network<float>.Create(inputCount: 1, [Layer.Dense(3, Activation.Tanh), Layer.Dense(2)]);
        using var backpropagation = new Backpropagation<float>(
            network, Loss.SoftmaxCrossEntropy, LossReduction.Mean, maxRowCount: 2, threadCount: 1);

        Assert.Equal(0, backpropagation.Compute((float[])[1, 2], [1, 0, 0, 1], [0, 0]).Loss);
        Assert.All(backpropagation.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
    }
}
