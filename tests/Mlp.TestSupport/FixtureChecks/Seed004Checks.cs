using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>seed-004.json: ten rows with 2-4-1 and with logistic regression, no biases, gradients summed over the rows.</summary>
public static class Seed004Checks
{
    private static Seed004Fixture Fixture => Fixtures.Seed004;

    /// <summary>All of the file's cases.</summary>
    public static IEnumerable<FixtureCase> Cases() =>
    [
        new("seed-004", "2-4-1", check => Run<double>(Fixture.Nets.Hidden4, check), check => Run<float>(Fixture.Nets.Hidden4, check)),
        new("seed-004", "logistic regression",
            check => Run<double>(Fixture.Nets.LogisticRegression, check), check => Run<float>(Fixture.Nets.LogisticRegression, check)),
    ];

    private static void Run<T>(Seed004Net net, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tolerance = FixtureCheck.Allowed<T>(1e-12, 1e-4);
        // The last sigmoid belongs to the loss.
        Network<T> network = FixtureNetworks.Create<T>(
            [.. net.InitialWeights[..^1], net.InitialWeights[^1] with { Activation = "identity" }]);
        var rows = new DenseRows<T>(
            FixtureNetworks.Convert<T>(Fixture.Data.Inputs.Data), FixtureNetworks.Convert<T>(Fixture.Data.Targets), inputCount: 2);
        var gradients = new T[network.Parameters.Length];
        check.Close("initial loss", LossNow(), net.Initial.LossSum, tolerance);
        check.Close<T>("initial gradient", gradients, [.. net.Initial.Gradient.SelectMany(matrix => matrix.Data)], tolerance);
        check.Close<double>("initial outputs", Outputs(), net.Initial.Outputs, tolerance);

        double[] outputs = Outputs();
        TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings
        {
            Loss = Loss.BinaryCrossEntropy,
            LossReduction = LossReduction.Sum,
            Optimizer = new Sgd { LearningRate = 0.1 },
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
            NumberOfEpochs = net.Epochs.Length,
            NumberOfThreads = 1,
            EpochCallback = report =>
            {
                Seed004Epoch epoch = net.Epochs[report.Epoch - 1];
                check.Close($"outputs before update {epoch.Epoch}", outputs, epoch.Outputs, tolerance);
                check.Close($"accuracy before update {epoch.Epoch}", Accuracy(outputs), epoch.Accuracy, 1e-15);
                check.Close<T>(
                    $"weights after update {epoch.Epoch}", network.Parameters.Values,
                    [.. epoch.WeightsAfter.SelectMany(matrix => matrix.Data)], tolerance);
                outputs = Outputs();
            },
        });

        check.Close<double>(
            "losses", [.. result.History.Select(report => report.Loss)], [.. net.Epochs.Select(epoch => epoch.LossSum)], tolerance);
        check.Close("final loss", LossNow(), net.FinalLossSum, tolerance);
        check.Close<double>("final predictions", Outputs(), net.FinalPredictions, tolerance);
        check.Close("final accuracy", Accuracy(Outputs()), net.FinalAccuracy, 1e-15);
        check.Close<T>(
            "final weights", network.Parameters.Values, [.. net.FinalWeights.SelectMany(layer => layer.Weights.Data)], tolerance);

        double LossNow() => Trainer.Gradient(network, rows, Loss.BinaryCrossEntropy, gradients, LossReduction.Sum);
        double[] Outputs() =>
            [.. FixtureNetworks.Predict(network, Fixture.Data.Inputs).Select(logit => 1 / (1 + Math.Exp(-double.CreateChecked(logit))))];
    }

    private static double Accuracy(double[] outputs) =>
        (double)outputs.Zip(Fixture.Data.Targets).Count(pair => pair.First >= 0.5 == (pair.Second == 1)) / outputs.Length;
}
