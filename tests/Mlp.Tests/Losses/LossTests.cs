using Mlp.TestSupport;

namespace Mlp.Tests.Losses;

public class LossTests
{
    public static TheoryData<string, double, double> SingleOutputs => new()
    {
        // o = 2, y = −1, d = 3; Huber with threshold 1: 3 − ½; Poisson: e² + 2; binary cross-entropy: ln(1 + e²) + 2.
        { "SquaredError", 9, 6 },
        { "HalfSquaredError", 4.5, 3 },
        { "AbsoluteError", 3, 1 },
        { "Huber", 2.5, 1 },
        { "Poisson", Math.Exp(2) + 2, Math.Exp(2) + 1 },
        { "BinaryCrossEntropy", Math.Log(1 + Math.Exp(2)) + 2, 1 / (1 + Math.Exp(-2)) + 1 },
    };

    [Theory]
    [MemberData(nameof(SingleOutputs))]
    public void Evaluate_MatchesHandWorkedExample(string name, double value, double slope)
    {
        double[] rowLosses = new double[1], delta = new double[1];
        ByName(name).CreateKernel<double>().Evaluate([2], [-1], rowLosses, delta);
        Tolerance.AssertClose(name, rowLosses[0], value, 1e-15);
        Tolerance.AssertClose(name, delta[0], slope, 1e-15);
    }

    [Theory]
    [MemberData(nameof(SingleOutputs))]
    public void OutputReduction_DividesByTheOutputs_OrNot(string name, double value, double slope)
    {
        double[] rowLosses = new double[1], delta = new double[4];
        (ByName(name) with { OutputReduction = OutputReduction.Sum }).CreateKernel<double>().Evaluate(
            [2, 2, 2, 2], [-1, -1, -1, -1], rowLosses, delta);
        Tolerance.AssertClose(name, rowLosses[0], 4 * value, 1e-15);
        Tolerance.AssertClose(name, delta[3], slope, 1e-15);

        (ByName(name) with { OutputReduction = OutputReduction.Mean }).CreateKernel<double>().Evaluate(
            [2, 2, 2, 2], [-1, -1, -1, -1], rowLosses, delta);
        Tolerance.AssertClose(name, rowLosses[0], value, 1e-15);
        Tolerance.AssertClose(name, delta[3], slope / 4, 1e-15);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    [InlineData(1e30)]
    public void CrossEntropies_StayFinite_ForHugeLogits(double logit)
    {
        double[] rowLosses = new double[1], delta = new double[2];
        Loss.BinaryCrossEntropy.CreateKernel<double>().Evaluate([logit, -logit], [1, 0], rowLosses, delta);
        Assert.Equal(logit > 0 ? 0 : -logit, rowLosses[0], 1e-10);
        Assert.All(delta, slope => Assert.InRange(slope, -0.5, 0.5));

        Loss.SoftmaxCrossEntropy.CreateKernel<double>().Evaluate([logit, -logit], [1, 0], rowLosses, delta);
        Assert.Equal(logit > 0 ? 0 : -2 * logit, rowLosses[0], 1e-10);
        Assert.Equal(logit > 0 ? [0, 0] : [-1, 1], delta);
    }

    [Fact]
    public void SoftmaxCrossEntropy_MatchesHandWorkedExample()
    {
        // Logits ln 1, ln 2, ln 5: probabilities 1/8, 2/8, 5/8; target the second class: loss ln 4. Shifted by 1000 it is the same.
        foreach (double shift in (double[])[0, 1000, -1000])
        {
            double[] rowLosses = new double[1], delta = new double[3];
            Loss.SoftmaxCrossEntropy.CreateKernel<double>().Evaluate(
                [shift, shift + Math.Log(2), shift + Math.Log(5)], [0, 1, 0], rowLosses, delta);
            Tolerance.AssertClose("loss", rowLosses[0], Math.Log(4), 1e-12);
            Tolerance.AssertClose<double>("delta", delta, [0.125, -0.75, 0.625], 1e-12);
        }
    }

    [Fact]
    public void SoftmaxCrossEntropy_TakesTargetsThatDoNotAddUpToOne()
    {
        // ln(e³ + e) − 0.5 · 3 − 0.2 · 1, whose slope is still the probability less the target.
        double[] rowLosses = new double[1], delta = new double[2];
        Loss.SoftmaxCrossEntropy.CreateKernel<double>().Evaluate([3, 1], [0.5, 0.2], rowLosses, delta);
        double probability = 1 / (1 + Math.Exp(-2));
        Tolerance.AssertClose("loss", rowLosses[0], Math.Log(Math.Exp(3) + Math.E) - 1.7, 1e-15);
        Tolerance.AssertClose<double>("delta", delta, [probability - 0.5, 1 - probability - 0.2], 1e-15);
    }

    [Fact]
    public void AbsoluteError_AndHuber_HaveTheirKinkWhereTheyShould()
    {
        double[] rowLosses = new double[4], delta = new double[4];
        Loss.AbsoluteError.CreateKernel<double>().Evaluate([1, 2, 0, double.NaN], [1, 1, 1, 1], rowLosses, delta);
        Assert.Equal([0, 1, -1, double.NaN], delta);
        Loss.Huber(0.5).CreateKernel<double>().Evaluate([1.5, 1.75, 0, double.NaN], [1, 1, 1, 1], rowLosses, delta);
        Assert.Equal([0.5, 0.5, -0.5, double.NaN], delta);
        Assert.Equal([0.125, 0.25, 0.375, double.NaN], rowLosses);
    }

    [Fact]
    public void Evaluate_ZeroRows_WritesNothing()
    {
        Loss[] losses =
        [
            Loss.SquaredError, Loss.HalfSquaredError, Loss.AbsoluteError, Loss.Huber(), Loss.Quantile(0.3), Loss.Poisson,
            Loss.BinaryCrossEntropy, Loss.BinaryFocal(), Loss.SoftmaxCrossEntropy, Loss.SoftmaxFocal(),
        ];
        foreach (Loss loss in losses)
        {
            float[] rowLosses = [7], delta = [7];
            loss.CreateKernel<float>().Evaluate([], [], rowLosses.AsSpan(0, 0), delta.AsSpan(0, 0));
            Assert.Equal((7, 7), (rowLosses[0], delta[0]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Huber_ThresholdOutOfRange_IsRefused(double threshold) => Assert.StartsWith(
        $"threshold is {threshold}; it must be positive and finite.",
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => Loss.Huber(threshold)).Message);

    [Fact]
    public void SoftmaxCrossEntropy_WithOneOutput_OrAMeanOverOutputs_IsRefused()
    {
        Assert.StartsWith(
            "SoftmaxCrossEntropy needs at least 2 outputs, one per class, and the network has 1.",
            Assert.Throws<ArgumentException>(() => Loss.SoftmaxCrossEntropy.Validate(1)).Message);
        Assert.StartsWith(
            "SoftmaxCrossEntropy has one loss per row; its OutputReduction cannot be Mean.",
            Assert.Throws<ArgumentException>(
                () => (Loss.SoftmaxCrossEntropy with { OutputReduction = OutputReduction.Mean }).Validate(3)).Message);
        Loss.SoftmaxCrossEntropy.Validate(2);
        Loss.SquaredError.Validate(1);
    }

    [Fact]
    public void ToString_HasNameAndParameter()
    {
        Assert.Equal("SquaredError", Loss.SquaredError.ToString());
        Assert.Equal("Huber(0.5)", Loss.Huber(0.5).ToString());
    }

    private static Loss ByName(string name) => name == "Huber" ? Loss.Huber() : (Loss)typeof(Loss).GetProperty(name)!.GetValue(null)!;
}
