using Mlp.Losses;

namespace Mlp.Tests.Losses;

/// <summary>Losses and options beyond the fixtures: quantile, focal, label smoothing.</summary>
public class ClassLossTests
{
    private static readonly double[] Logits = [2, -1, 0.5, -3, 40, -40];

    [Fact]
    public void Quantile_WeighsBothSidesDifferently()
    {
        // Targets 1 above and 2 below the output: 0.3 · 1 and 0.7 · 2, averaged over two outputs.
        Assert.Equal((0.3 * 1 + 0.7 * 2) / 2, LossOf(Loss.Quantile(0.3), outputs: [4, 5], targets: [5, 3]), 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BinaryFocal_WithGammaZero_IsCrossEntropy(double target)
    {
        double[] targets = [.. Logits.Select(_ => target)];

        Assert.Equal(LossOf(Loss.BinaryCrossEntropy, Logits, targets), LossOf(Loss.BinaryFocal(0), Logits, targets), 1e-14);
    }

    [Fact]
    public void BinaryFocal_MatchesItsDefinition()
    {
        foreach (double logit in Logits)
        {
            double p = 1 / (1 + Math.Exp(-logit));
            Assert.Equal(-Math.Pow(1 - p, 2) * Math.Log(p), LossOf(Loss.BinaryFocal(2), [logit], [1]), 1e-12);
        }
    }

    [Fact]
    public void SoftmaxFocal_WithGammaZero_IsCrossEntropy()
    {
        double[] targets = [0, 0.25, 0, 0.75, 0, 0];

        Assert.Equal(LossOf(Loss.SoftmaxCrossEntropy, Logits, targets), LossOf(Loss.SoftmaxFocal(0), Logits, targets), 1e-13);
    }

    [Fact]
    public void SoftmaxFocal_MatchesItsDefinition()
    {
        // p = softmax(ln 1, ln 2, ln 5) = (1, 2, 5) / 8; the second class: −(6/8)² ln(2/8).
        Assert.Equal(0.5625 * Math.Log(4), LossOf(Loss.SoftmaxFocal(2), [0, Math.Log(2), Math.Log(5)], [0, 1, 0]), 1e-14);
    }

    [Theory]
    [InlineData("quantile", 1)]
    [InlineData("binary focal", 2)]
    [InlineData("binary focal 0.5", 2)]
    [InlineData("softmax focal", 4)]
    [InlineData("softmax focal 0.7", 3)]
    public void Gradients_MatchCentralDifferences(string name, int outputs)
    {
        Loss loss = name switch
        {
            "quantile" => Loss.Quantile(0.3),
            "binary focal" => Loss.BinaryFocal(2),
            "binary focal 0.5" => Loss.BinaryFocal(0.5),
            "softmax focal" => Loss.SoftmaxFocal(2),
            _ => Loss.SoftmaxFocal(0.7),
        };
        var network = Network<double>.Create(3, [Layer.Dense(5, Activation.Tanh), Layer.Dense(outputs)], seed: 4);
        double[] features = [.. Enumerable.Range(0, 18).Select(index => Math.Sin(1 + 2.3 * index))];
        var targets = new double[6 * outputs];
        for (int row = 0; row < 6; row++)
            targets[row * outputs + row % outputs] = 1;

        GradientCheckResult report = GradientCheck.Run(network, new DenseRows<double>(features, targets, 3, outputs), loss);

        // Observed: at most 7e-10.
        Assert.True(report.MaxRelativeDifference < 1e-8, report.ToString());
    }

    [Fact]
    public void FocalLosses_OfHugeLogits_AreFinite()
    {
        Assert.True(double.IsFinite(LossOf(Loss.BinaryFocal(2), [1e4, -1e4], [0, 1])));
        Assert.True(double.IsFinite(LossOf(Loss.SoftmaxFocal(2), [1e4, -1e4, 0], [0, 1, 0])));
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Focal_RefusesGamma(double gamma) =>
        Assert.Contains($"gamma is {gamma}", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.SoftmaxFocal(gamma)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Quantile_RefusesTheEnds(double quantile) =>
        Assert.Contains(
            $"{quantile}; it must be in (0, 1)", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Quantile(quantile)).Message);

    [Fact]
    public void LabelSmoothing_SpreadsTheLabelOverTheClasses()
    {
        // The best constant outputs give the smoothed frequencies: one class in all rows becomes 1 − ε + ε/2 of two outputs.
        double[] features = [0, 0, 0, 0], targets = [1, 0, 1, 0, 1, 0, 1, 0];
        var network = Network<double>.Create(1, [Layer.Dense(2)]);

        Trainer.Fit(network, new DenseRows<double>(features, targets, 1, 2), new TrainingSettings
        {
            Loss = Loss.SoftmaxCrossEntropy,
            LabelSmoothing = 0.2,
            Optimizer = new Lbfgs { GradientTolerance = 1e-12 },
        });

        double[] probabilities = [network.Layers[0].Biases[0], network.Layers[0].Biases[1]];
        OutputLink.Softmax.Apply<double>(probabilities, 2);
        Assert.Equal(0.9, probabilities[0], 1e-9);
    }

    [Fact]
    public void LabelSmoothing_IsRefusedWithoutClasses()
    {
        var settings = new TrainingSettings { Loss = Loss.SquaredError, LabelSmoothing = 0.1 };

        Assert.Contains("LabelSmoothing is 0.1; it must be 0 with the loss SquaredError",
            Assert.Throws<ArgumentOutOfRangeException>(settings.Validate).Message);
    }

    private static double LossOf(Loss loss, double[] outputs, double[] targets)
    {
        var rowLosses = new double[1];
        loss.CreateKernel<double>().Evaluate(outputs, targets, rowLosses, new double[outputs.Length]);
        return rowLosses[0];
    }
}
