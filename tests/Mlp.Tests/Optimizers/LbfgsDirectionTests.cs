using Mlp.Optimizers;

namespace Mlp.Tests.Optimizers;

public class LbfgsDirectionTests
{
    [Fact]
    public void Compute_WithoutMemory_IsSteepestDescent() => Assert.Equal(
        [-1, 2, -3], Direction(new LbfgsDirection(memory: 3, parameterCount: 3), 1, -2, 3));

    [Fact]
    public void Compute_SatisfiesTheSecantEquation()
    {
        // H y = s for the newest pair, whatever is remembered besides: the direction for gradient y is −s.
        var memory = new LbfgsDirection(memory: 3, parameterCount: 3);
        memory.Remember([1, 0, 0.5], [2, 1, 0]);
        memory.Remember([0, -1, 2], [0.5, -2, 3]);
        Assert.Equal([0, 1, -2], Direction(memory, 0.5, -2, 3), Close);
    }

    [Fact]
    public void Compute_AfterAllConjugateSteps_IsNewtons()
    {
        // f = ½ (x² + 4y² + 9z²): steps along the axes are conjugate, so three of them give the exact inverse of the Hessian.
        var memory = new LbfgsDirection(memory: 3, parameterCount: 3);
        memory.Remember([0.1, 0, 0], [0.1, 0, 0]);
        memory.Remember([0, 0.2, 0], [0, 0.8, 0]);
        memory.Remember([0, 0, -0.3], [0, 0, -2.7]);
        Assert.Equal([-5, -5.0 / 4, -5.0 / 9], Direction(memory, 5, 5, 5), Close);
    }

    [Fact]
    public void Compute_WithRates_IsThatOfParametersDividedByTheirRoots()
    {
        // θ = √r u: gradients of u are √r times those of θ, steps of u are those of θ divided by √r.
        double[] rates = [1, 0.25, 0.01], roots = [1, 0.5, 0.1];
        var rated = new LbfgsDirection(memory: 3, parameterCount: 3, rates);
        var divided = new LbfgsDirection(memory: 3, parameterCount: 3);
        Assert.Equal([-3, -1, -0.05], Direction(rated, 3, 4, 5), Close);
        foreach ((double[] step, double[] change) in ((double[], double[])[])
            [([1, 0, 0.5], [2, 1, 0]), ([0, -1, 2], [0.5, -2, 3]), ([0.1, 0.2, 0.3], [1, 0.5, 0.2])])
        {
            rated.Remember(step, change);
            divided.Remember(Times(step, root => 1 / root), Times(change, root => root));
            double[] expected = Times(Direction(divided, Times([3, 4, 5], root => root)), root => root);
            Assert.Equal(expected, Direction(rated, 3, 4, 5), Close);
        }
        // H y = s for the newest pair, as without rates.
        Assert.Equal([-0.1, -0.2, -0.3], Direction(rated, 1, 0.5, 0.2), Close);

        double[] Times(double[] values, Func<double, double> factor) =>
            [.. values.Zip(roots, (value, root) => value * factor(root))];
    }

    [Fact]
    public void Remember_ForgetsTheOldestFirst()
    {
        var ring = new LbfgsDirection(memory: 2, parameterCount: 2);
        ring.Remember([1, 1], [5, 1]);
        ring.Remember([0.5, 0], [1, 0.1]);
        ring.Remember([0, 2], [0.1, 3]);
        var lastTwo = new LbfgsDirection(memory: 2, parameterCount: 2);
        lastTwo.Remember([0.5, 0], [1, 0.1]);
        lastTwo.Remember([0, 2], [0.1, 3]);
        Assert.Equal(Direction(lastTwo, 1, 2), Direction(ring, 1, 2));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Remember_WithoutPositiveCurvature_IsIgnored(double change)
    {
        var memory = new LbfgsDirection(memory: 2, parameterCount: 2);
        memory.Remember([1, 0], [change, 0]);
        Assert.Equal([-3, -4], Direction(memory, 3, 4));
    }

    private static double[] Direction(LbfgsDirection memory, params double[] gradient)
    {
        var direction = new double[gradient.Length];
        memory.Compute(gradient, direction);
        return direction;
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-13;
}
