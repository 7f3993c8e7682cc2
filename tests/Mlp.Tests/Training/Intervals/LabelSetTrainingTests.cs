using Mlp.Models.Intervals;
using Mlp.Training.Ensembles;
using Mlp.Training.Intervals;

namespace Mlp.Tests;

public class LabelSetTrainingTests
{
    // Probabilities of the true class: 0.9, 0.8 … 0.1; of nine rows and a new one nine tenths are at or above the least.
    [Theory]
    [InlineData(0.9, 0.1f)]
    [InlineData(0.5, 0.5f)]
    [InlineData(0.95, 0f)]
    public void Threshold_IsAQuantileOfTheTrueClass(double level, float expected)
    {
        double[] outputs = [.. Enumerable.Range(1, 9)
            .SelectMany(tenths => (double[])[Math.Log(tenths / 10.0), Math.Log(1 - tenths / 10.0)])];
        double[] targets = [.. Enumerable.Range(1, 9).SelectMany(_ => (double[])[1, 0])];
        var heldOut = new HeldOutRows<double>([.. Enumerable.Range(0, 9)], outputs, targets, [.. Enumerable.Repeat(1.0, 9)]);
        LabelSets sets = LabelSetTraining.Fit(heldOut, OutputLink.Softmax, temperature: 1, level);
        Assert.Equal(expected, sets.Threshold, 1e-6f);
        Assert.Equal(level, sets.Level);
    }

    [Fact]
    public void TwoClassesOfOneOutput_AreBothLookedAt()
    {
        var heldOut = new HeldOutRows<double>([0, 1, 2], [2, -2, 0], [1, 0, 1], [1, 1, 1]);
        Assert.Equal(0.5f, LabelSetTraining.Fit(heldOut, OutputLink.Sigmoid, temperature: 1, 0.75).Threshold, 1e-6f);
        Assert.Equal(0, LabelSetTraining.Fit<double>(heldOut: null, OutputLink.Sigmoid, temperature: 1, 0.75).Threshold);
    }

    [Fact]
    public void Contains_TheMostProbable_AndNothingOfNaN()
    {
        var sets = new LabelSets(0.9, 0.4f);
        Assert.True(sets.Contains(0.3f, 0.3f));
        Assert.True(sets.Contains(0.45f, 0.55f));
        Assert.False(sets.Contains(0.2f, 0.55f));
        Assert.False(sets.Contains(float.NaN, float.NaN));
    }
}
