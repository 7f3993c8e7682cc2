using Mlp.Losses;
using Mlp.TestSupport;
using Mlp.Training.Ensembles;

namespace Mlp.Tests.Training.Ensembles;

public class TemperatureScalingTests
{
    private const int RowCount = 40_000;

    [Theory]
    [InlineData(OutputLink.Sigmoid, 1, 0.7)]
    [InlineData(OutputLink.Sigmoid, 3, 2.5)]
    [InlineData(OutputLink.Softmax, 4, 0.5)]
    [InlineData(OutputLink.Softmax, 4, 1.9)]
    public void Fit_FindsTheTemperatureThatTheTargetsWereMadeWith(OutputLink link, int outputCount, double temperature)
    {
        double[] outputs = [.. GemmChecks.Random<double>(RowCount * outputCount, seed: 1).Select(value => 4 * value)];
        // The targets are the probabilities themselves: nothing is left to chance.
        double[] targets = [.. outputs.Select(output => output / temperature)];
        link.Apply<double>(targets, outputCount);
        double[] ones = [.. Enumerable.Repeat(1.0, RowCount)];
        // The pseudo-row pulls a little towards uncertainty.
        Assert.Equal(temperature, TemperatureScaling.Fit<double>(link, outputs, targets, ones, outputCount), 2e-3);
        float[] single = [.. outputs.Select(output => (float)output)], singleTargets = [.. targets.Select(target => (float)target)];
        Assert.Equal(
            temperature, TemperatureScaling.Fit<float>(
                link, single, singleTargets, [.. ones.Select(weight => (float)weight)], outputCount), 2e-3);
    }

    [Fact]
    public void Fit_OfRowsThatAreAllRight_StaysModest()
    {
        // Ten rows right: the next one is held right with 10.5 / 11, so that T = 1 / ln 21.
        double[] outputs = [1, 1, 1, 1, 1, -1, -1, -1, -1, -1], targets = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
        double[] ones = [.. Enumerable.Repeat(1.0, 10)];
        Assert.Equal(1 / Math.Log(21), TemperatureScaling.Fit<double>(OutputLink.Sigmoid, outputs, targets, ones, outputCount: 1), 1e-6);
    }

    [Fact]
    public void Fit_LooksAtWeights()
    {
        // The second row, which would ask for uncertainty, is not there.
        double weighted = TemperatureScaling.Fit<double>(OutputLink.Sigmoid, [1, 1], [1, 0], [5, 0], outputCount: 1);
        Assert.Equal(TemperatureScaling.Fit<double>(OutputLink.Sigmoid, [1], [1], [5], outputCount: 1), weighted);
        Assert.Equal(1, TemperatureScaling.Fit<double>(OutputLink.Sigmoid, [1], [1], [0], outputCount: 1));
    }

    [Fact]
    public void Fit_StaysWithinItsBounds()
    {
        Assert.Equal(10, TemperatureScaling.Fit<double>(OutputLink.Sigmoid, [5], [0], [1], outputCount: 1), 1e-5);
        Assert.Equal(0.1, TemperatureScaling.Fit<double>(OutputLink.Sigmoid, [1e-3], [1], [100], outputCount: 1), 1e-5);
    }

    [Fact]
    public void Fit_RefusesWhatHasNoTemperature_OrDoesNotFit()
    {
        Assert.Throws<ArgumentException>("link", () => TemperatureScaling.Fit<double>(OutputLink.Identity, [1], [1], [1], outputCount: 1));
        Assert.Throws<ArgumentException>(
            "outputs", () => TemperatureScaling.Fit<double>(OutputLink.Sigmoid, [1, 2], [1], [1], outputCount: 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            "outputCount", () => TemperatureScaling.Fit<double>(OutputLink.Sigmoid, [], [], [], outputCount: 0));
    }
}
