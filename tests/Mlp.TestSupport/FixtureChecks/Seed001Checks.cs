using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>seed-001.json: four people with 2-2-1, a step after each row.</summary>
public static class Seed001Checks
{
    private const int EpochCount = 1000;

    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.SquaredError,
        Optimizer = new Sgd { LearningRate = 0.1 },
        BatchSize = 1,
        Shuffle = false,
        NumberOfThreads = 1,
    };

    private static Seed001Fixture Fixture => Fixtures.Seed001;

    /// <summary>All of the file's cases.</summary>
    public static IEnumerable<FixtureCase> Cases() =>
    [
        new("seed-001", "initial loss, predictions and gradient", Initial<double>, Initial<float>),
        new("seed-001", "the four steps of the first epoch", FirstEpoch<double>, FirstEpoch<float>),
        new("seed-001", "1000 epochs, and Emily and Frank", Trajectory<double>, Trajectory<float>),
    ];

    private static double Allowed<T>() => FixtureCheck.Allowed<T>(1e-12, 2e-5);

    private static DenseRows<T> Rows<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(FixtureNetworks.Convert<T>(Fixture.Data.Inputs.Data), FixtureNetworks.Convert<T>(Fixture.Data.Targets), inputCount: 2);

    private static DenseRows<T> Row<T>(int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(FixtureNetworks.Convert<T>(
            Fixture.Data.Inputs.Data[(2 * row)..(2 * row + 2)]), FixtureNetworks.Convert<T>([Fixture.Data.Targets[row]]), inputCount: 2);

    private static double Predict<T>(Network<T> network, double[] row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateChecked(FixtureNetworks.Predict(network, new FixtureMatrix([1, 2], row))[0]);

    private static void Initial<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = FixtureNetworks.Create<T>(Fixture.InitialWeights);
        var gradients = new T[network.Parameters.Length];
        check.Close("loss", Trainer.Gradient(network, Rows<T>(), Loss.SquaredError, gradients), Fixture.Initial.Loss, Allowed<T>());
        check.Close<T>("gradient", network.Parameters.Tensors, gradients, Fixture.Initial.FullBatchGradient, Allowed<T>());
        check.Close<T>("predictions", FixtureNetworks.Predict(network, Fixture.Data.Inputs), Fixture.Initial.Predictions, Allowed<T>());
    }

    private static void FirstEpoch<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = FixtureNetworks.Create<T>(Fixture.InitialWeights);
        var gradients = new T[network.Parameters.Length];
        for (int row = 0; row < Fixture.FirstEpochSteps.Length; row++)
        {
            Seed001Step expected = Fixture.FirstEpochSteps[row];
            check.Close(
                $"output of row {row}", Predict(network, Fixture.Data.Inputs.Data[(2 * row)..(2 * row + 2)]), expected.OutputBefore,
                Allowed<T>());
            double loss = Trainer.Gradient(network, Row<T>(row), Loss.SquaredError, gradients);
            check.Close($"loss of row {row}", loss, expected.LossBefore, Allowed<T>());
            check.Close<T>($"gradient of row {row}", network.Parameters.Tensors, gradients, expected.Gradient, Allowed<T>());
            Trainer.Fit(network, Row<T>(row), Settings with { NumberOfEpochs = 1 });
            check.Close<T>(
                $"parameters after row {row}", network.Parameters.Tensors, network.Parameters.Values, expected.ParametersAfter,
                Allowed<T>());
        }
    }

    private static void Trajectory<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = FixtureNetworks.Create<T>(Fixture.InitialWeights);
        var losses = new double[EpochCount];
        var gradients = new T[network.Parameters.Length];
        // A report's loss was computed row by row before each step; the article computes it after the epoch.
        Trainer.Fit(network, Rows<T>(), Settings with
        {
            NumberOfEpochs = EpochCount,
            EpochCallback = report =>
            {
                losses[report.Epoch - 1] = Trainer.Gradient(network, Rows<T>(), Loss.SquaredError, gradients);
                foreach (EpochParameters snapshot in Fixture.ParametersAfterEpochs.Where(each => each.Epochs == report.Epoch))
                    check.Close<T>(
                        $"parameters after {report.Epoch} epochs", network.Parameters.Tensors, network.Parameters.Values,
                        snapshot.Parameters, Allowed<T>());
            },
        });
        double[] recorded = [.. Fixture.LossTrajectory.Epochs.Select(epoch => losses[epoch])];
        check.Close<double>("losses", recorded, Fixture.LossTrajectory.Values, Allowed<T>());
        check.Close("final loss", losses[^1], Fixture.FinalLoss, Allowed<T>());
        check.Parameters("final parameters", network, Fixture.FinalWeights, Allowed<T>());
        ComparePredictions("double", Fixture.FinalPredictions);
        if (typeof(T) == typeof(float))
        {
            check.Close<double>("losses beside NumPy's in single precision", recorded, Fixture.LossTrajectory.Float32NumPy, Allowed<T>());
            check.Close<double>("losses beside torch's in single precision", recorded, Fixture.LossTrajectory.Float32Torch, Allowed<T>());
            ComparePredictions("NumPy in single precision", Fixture.Float32FinalPredictions.Numpy);
            ComparePredictions("torch in single precision", Fixture.Float32FinalPredictions.Torch);
        }

        void ComparePredictions(string by, Seed001Predictions expected)
        {
            Seed001Probes probes = Fixture.Data.Probes;
            check.Close<T>($"predictions, {by}", FixtureNetworks.Predict(network, Fixture.Data.Inputs), expected.Rows, Allowed<T>());
            check.Close($"Emily (-7, -3), {by}", Predict(network, probes.EmilyPure), expected.EmilyPure, Allowed<T>());
            check.Close($"Emily (-7, -2), {by}", Predict(network, probes.EmilyTorch), expected.EmilyTorch, Allowed<T>());
            check.Close($"Frank, {by}", Predict(network, probes.Frank), expected.Frank, Allowed<T>());
        }
    }
}
