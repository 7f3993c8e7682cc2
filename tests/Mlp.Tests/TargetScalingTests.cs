using Mlp.TestSupport;

namespace Mlp.Tests;

public class TargetScalingTests
{
    // Two targets in very different units; the third is constant.
    private static readonly double[] Targets = [1e6, 0.1, 7, 3e6, 0.3, 7, 5e6, 0.2, 7];

    [Fact]
    public void Apply_GivesMeanZeroAndDeviationOne_AndShiftsAConstant()
    {
        double[] scaled = [.. Targets];

        TargetScaling<double>.Standardize(Targets, 3).Apply(scaled);

        double root = Math.Sqrt(1.5);
        Tolerance.AssertClose<double>("scaled targets", scaled, [-root, -root, 0, 0, root, 0, root, 0, 0], 1e-12);
    }

    [Fact]
    public void FoldInto_MakesTheOutputsWhatTheTargetsWere_AndUnfoldTakesItBack()
    {
        var network = Network<double>.Create(2, [Layer.Dense(4, Activation.Tanh), Layer.Dense(3)], seed: 5);
        double[] parameters = network.Parameters.Values.ToArray(), before = new double[3], after = new double[3];
        network.Predict([0.3, -0.8], before);
        var scaling = TargetScaling<double>.Standardize(Targets, 3);

        scaling.FoldInto(network);
        network.Predict([0.3, -0.8], after);

        double deviation = Math.Sqrt(8.0 / 3) * 1e6, smallDeviation = Math.Sqrt(0.02 / 3);
        Tolerance.AssertClose<double>(
            "outputs", after, [before[0] * deviation + 3e6, before[1] * smallDeviation + 0.2, before[2] + 7], 1e-12);
        scaling.UnfoldFrom(network);
        Tolerance.AssertClose<double>("parameters", network.Parameters.Values, parameters, 1e-12);
    }

    [Fact]
    public void FoldInto_WithoutBiases_NeedsTargetsThatWereNotCentred()
    {
        var network = Network<double>.Create(2, [Layer.Dense(3) with { HasBiases = false }], seed: 5);

        Assert.Contains("has no biases", Assert.Throws<InvalidOperationException>(() => TargetScaling<double>.Standardize(Targets, 3).FoldInto(network)).Message);
        TargetScaling<double>.Standardize(Targets, 3, centered: false).FoldInto(network);
    }

    [Fact]
    public void FoldInto_ANonlinearLastLayer_IsRefused()
    {
        var network = Network<double>.Create(2, [Layer.Dense(3, Activation.Relu)]);

        Assert.Contains("activation Relu", Assert.Throws<InvalidOperationException>(() => TargetScaling<double>.Standardize(Targets, 3).FoldInto(network)).Message);
    }

    [Fact]
    public void FoldInto_ParametersTooLargeForThePrecision_IsRefused()
    {
        var network = Network<float>.Create(1, [Layer.Dense(2)], seed: 5);
        network.Layers[0].Weights[1] = 100;
        var scaling = TargetScaling<float>.Standardize([0, 0, 1, 1e37f], 2);
        Assert.Equal(
            "The last layer's parameters for target 1, times or divided by the targets' standard deviation 4.999999966907906E+36, are too large for Single. Multiply the targets by a constant that brings them near 1.",
            Assert.Throws<InvalidOperationException>(() => scaling.FoldInto(network)).Message);
    }

    [Fact]
    public void IndexOfTooLarge_FindsTheFirst()
    {
        Assert.Equal(-1, TargetScaling<float>.IndexOfTooLarge([3e34f, -3e34f, 0, float.Epsilon]));
        Assert.Equal(2, TargetScaling<float>.IndexOfTooLarge([3e34f, 0, -4e34f, 1e38f]));
        Assert.Equal(-1, TargetScaling<double>.IndexOfTooLarge([1e300, -1e38]));
    }
}
