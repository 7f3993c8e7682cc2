namespace Mlp.Tests.Training;

public class ValidationMetricTests
{
    // One input, weight 1, no bias: the outputs are the features.
    private static readonly TrainingSettings Still =
        new() { Loss = Loss.SquaredError, Optimizer = new Sgd { LearningRate = 1e-30 }, NumberOfEpochs = 1 };

    [Fact]
    public void Numbers_GiveTheRootMeanSquaredError_WithWeights()
    {
        var rows = new DenseRows<double>(
            new double[] { 1, 2, 3 }, new double[] { 2, 2, 0 }, inputCount: 1, exampleWeights: new double[] { 1, 4, 1 });
        Assert.Equal(Math.Sqrt((1 + 0 + 9) / 6.0), Metric(rows, Loss.SquaredError), 1e-12);
        Assert.Equal(Math.Sqrt((1 + 0 + 9) / 6.0), Metric(rows, Loss.AbsoluteError), 1e-12);
    }

    [Fact]
    public void ScaledTargets_GiveErrorsInTheirUnit()
    {
        double[] targets = [100, 300, 200, 400];
        var scaling = TargetScaling<double>.Standardize(targets, targetCount: 1);
        scaling.Apply(targets);
        // The targets' deviation is √12500; the network gives 1 everywhere, which stands for 250 + √12500.
        var rows = new DenseRows<double>(new double[] { 1, 1, 1, 1 }, targets, inputCount: 1);
        double expected = Math.Sqrt(new double[] { 100, 300, 200, 400 }.Average(y => Math.Pow(250 + Math.Sqrt(12500) - y, 2)));
        Assert.Equal(expected, Metric(rows, Loss.SquaredError, scaling), 1e-9);
    }

    [Fact]
    public void Counts_AreComparedWithRates()
    {
        var rows = new DenseRows<double>(new double[] { 0, Math.Log(3) }, new double[] { 2, 3 }, inputCount: 1);
        Assert.Equal(Math.Sqrt(0.5), Metric(rows, Loss.Poisson), 1e-12);
    }

    [Fact]
    public void Logits_GiveTheShareOnTheRightSide()
    {
        var rows = new DenseRows<double>(new double[] { 1, -1, 2, 0 }, new double[] { 1, 1, 0, 0 }, inputCount: 1);
        Assert.Equal(0.5, Metric(rows, Loss.BinaryCrossEntropy));
    }

    [Fact]
    public void Classes_GiveTheShareOfLargestOutputs()
    {
        // Weights 1 and −1: class 0 for positive features.
        var rows = new ClassRows<double>(
            new double[] { 1, -1, 2, -3 }, new[] { 0, 1, 1, 1 }, inputCount: 1, classCount: 2, new double[] { 1, 1, 2, 1 });
        foreach (Loss loss in (Loss[])[Loss.SoftmaxCrossEntropy, Loss.BinaryCrossEntropy, Loss.SquaredError])
            Assert.Equal(3 / 5.0, Metric(rows, loss));
    }

    [Fact]
    public void ManyRows_AreAddedOverPortions()
    {
        var features = new double[1300];
        Array.Fill(features, 1);
        var targets = new double[1300];
        Assert.Equal(1, Metric(new DenseRows<double>(features, targets, inputCount: 1), Loss.SquaredError), 1e-12);
    }

    private static double Metric(IRowSource<double> rows, Loss loss, TargetScaling<double>? scaling = null)
    {
        var network = Network<double>.Create(1, [Layer.Dense(rows.TargetCount) with { HasBiases = false }]);
        network.Layers[0].Weights[0] = 1;
        if (rows.TargetCount == 2)
            network.Layers[0].Weights[1] = -1;
        return Trainer.Fit(network, rows, rows, Still with { Loss = loss }, scaling).Last.ValidationMetric!.Value;
    }
}
