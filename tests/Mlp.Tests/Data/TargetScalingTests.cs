using Mlp.TestSupport;

namespace Mlp.Tests.Data;

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
    public void FoldInto_WithoutBiases_GivesTheMeanBackAllTheSame()
    {
        var network = Network<double>.Create(2, [Layer.Dense(3) with { HasBiases = false }], seed: 5);
        var scaling = TargetScaling<double>.Standardize(Targets, 3);
        scaling.FoldInto(network);
        var outputs = new double[3];
        network.Predict([0, 0], outputs);
        Tolerance.AssertClose<double>("outputs", outputs, [3e6, 0.2, 7], 1e-12);

        scaling.UnfoldFrom(network);
        Assert.Empty(network.OutputOffsets);
    }

    [Fact]
    public void FoldInto_OfALargeMean_LosesNoDigits()
    {
        // 64 units of about ±1 on a mean of 2,460,000: as a bias, it would round each of 64 sums to 1/4.
        float[] targets = [2_460_000 - 1, 2_460_000 + 1];
        var network = Network<float>.Create(1, [Layer.Dense(64, Activation.Tanh), Layer.Dense(1)], seed: 5);
        float[] inputs = [.. Enumerable.Range(0, 100).Select(index => index / 50f - 1)], before = new float[100], after = new float[100],
            again = new float[100];
        network.Predict(inputs, before);
        using var predictor = new Predictor<float>(network);
        TargetScaling<float>.Standardize(targets, 1).FoldInto(network);
        Assert.Equal([2_460_000.0], network.OutputOffsets);

        network.Predict(inputs, after);
        predictor.Refresh();
        predictor.Predict(inputs, again);

        Assert.Equal(before.Select(output => (float)(output + 2_460_000.0)), after);
        Assert.Equal(after, again);
    }

    [Fact]
    public void UnfoldFrom_ByAnotherMean_PutsTheDifferenceIntoTheBiases()
    {
        var network = Network<float>.Create(1, [Layer.Dense(1)], seed: 5);
        float[] inputs = [0.25f], before = new float[1], after = new float[1];
        TargetScaling<float>.Standardize([2_460_000 - 1, 2_460_000 + 1], 1).FoldInto(network);
        network.Predict(inputs, before);

        TargetScaling<float>.Standardize([2_460_010 - 4, 2_460_010 + 4], 1).UnfoldFrom(network);

        network.Predict(inputs, after);
        Assert.Empty(network.OutputOffsets);
        Assert.Equal((before[0] - 2_460_010) / 4, after[0], 0.25f / 4);
    }

    [Theory]
    [InlineData(new[] { 1.0, 2 })]
    [InlineData(new[] { double.NaN })]
    public void OutputOffsets_ThatDoNotFit_AreRefused(double[] offsets)
    {
        var network = Network<float>.Create(1, [Layer.Dense(1)]);
        Assert.Throws<ArgumentException>("OutputOffsets", () => network.OutputOffsets = offsets);
        network.OutputOffsets = [3];
        Assert.StartsWith(
            "Network 0 has OutputOffsets, and the link is Sigmoid;",
            Assert.Throws<ArgumentException>("networks", () => new Model<float>(network, link: OutputLink.Sigmoid)).Message);
    }

    [Fact]
    public void Standardize_OfWeightedTargets_CountsARowAsOftenAsItWeighs()
    {
        var weighted = TargetScaling<double>.Standardize([1, 5, double.NaN, 9], 1, exampleWeights: [2, 1, 0, 3]);
        var repeated = TargetScaling<double>.Standardize([1, 1, 5, 9, 9, 9], 1);
        double[] found = [1, 5, 9], expected = [1, 5, 9];
        weighted.Apply(found);
        repeated.Apply(expected);
        Tolerance.AssertClose<double>("scaled targets", found, expected, 1e-15);
    }

    [Fact]
    public void FoldInto_ANonlinearLastLayer_IsRefused()
    {
        var network = Network<double>.Create(2, [Layer.Dense(3, Activation.Relu)]);

        Assert.Contains("activation Relu", Assert.Throws<InvalidOperationException>(
            () => TargetScaling<double>.Standardize(Targets, 3).FoldInto(network)).Message);
    }

    [Fact]
    public void FoldInto_ParametersTooLargeForThePrecision_IsRefused()
    {
        var network = Network<float>.Create(1, [Layer.Dense(2)], seed: 5);
        network.Layers[0].Weights[1] = 100;
        var scaling = TargetScaling<float>.Standardize([0, 0, 1, 1e37f], 2);
        Assert.Equal(
            "The last layer's parameters for target 1, times or divided by the targets' standard deviation 4.999999966907906E+36, are "
                + "too large for Single. Multiply the targets by a constant that brings them near 1.",
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
