using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>seed-000.json: y = 5x with 1-5-4-2-1, along the gradient and along the article's own rule.</summary>
public static class Seed000Checks
{
    private const double LearningRate = 0.001;
    private const int WholeEpochCount = 1_000_000, FirstEpochCount = 100_001;

    private static Seed000Fixture Fixture => Fixtures.Seed000;

    /// <summary>All of the file's cases.</summary>
    public static IEnumerable<FixtureCase> Cases() =>
    [
        new("seed-000", "initial loss, predictions and both gradients", Initial<double>, Initial<float>),
        new("seed-000", "trajectory of the true gradient", TrueGradientTrajectory<double>, TrueGradientTrajectory<float>),
        new("seed-000", "trajectory of the article's rule", SeedRuleTrajectory<double>, SeedRuleTrajectory<float>),
        new("seed-000", "losses and predictions at the recorded weights", RecordedWeights<double>, RecordedWeights<float>),
        .. Seed000Comparison.Cases(),
    ];

    internal static Network<T> CreateNetwork<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FixtureNetworks.Create<T>(Fixture.InitialWeights);

    internal static SeedRule<T> CreateRule<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(network, FixtureNetworks.Convert<T>(Fixture.Data.Inputs.Data), FixtureNetworks.Convert<T>(Fixture.Data.Targets.Data));

    /// <summary>The loss and its gradient, by the engine.</summary>
    internal static double Gradient<T>(Network<T> network, Span<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Trainer.Gradient(network, FixtureNetworks.Rows<T>(Fixture.Data), Loss.SquaredError, gradients);

    internal static void SetWeights<T>(Network<T> network, IEnumerable<FixtureMatrix> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FixtureNetworks.Convert<T>([.. weights.SelectMany(matrix => matrix.Data)]).CopyTo(network.Parameters.Values);

    private static double[] Flat(IEnumerable<FixtureMatrix> matrices) => [.. matrices.SelectMany(matrix => matrix.Data)];

    private static void Initial<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tolerance = FixtureCheck.Allowed<T>(1e-12, 1e-5);
        Network<T> network = CreateNetwork<T>();
        var gradients = new T[network.Parameters.Length];
        check.Close("loss", Gradient(network, gradients), Fixture.Initial.Loss, tolerance);
        check.Close<T>("true gradient", gradients, Flat(Fixture.Initial.TrueGradient), tolerance);
        check.Close("article's rule", CreateRule(network).Compute(), Flat(Fixture.Initial.SeedRuleGradient), tolerance);
        check.Close<T>("predictions", FixtureNetworks.Predict(network, Fixture.Data.Inputs), Fixture.Initial.Predictions, tolerance);
    }

    private static void TrueGradientTrajectory<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = CreateNetwork<T>();
        DenseRows<T> rows = FixtureNetworks.Rows<T>(Fixture.Data);
        var settings = new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Sgd { LearningRate = LearningRate },
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
            NumberOfThreads = 1,
        };
        // Plain gradient descent keeps no state, so a training can be continued by another one.
        Follow(check, Fixture.Rules.TrueGradient, network, epochCount =>
            Trainer.Fit(network, rows, settings with { NumberOfEpochs = epochCount }));
    }

    private static void SeedRuleTrajectory<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = CreateNetwork<T>();
        SeedRule<T> rule = CreateRule(network);
        Follow(check, Fixture.Rules.SeedRule, network, epochCount =>
        {
            for (int epoch = 0; epoch < epochCount; epoch++)
                rule.Step(T.CreateChecked(LearningRate));
        });
    }

    private static void Follow<T>(FixtureCheck check, Seed000Rule expected, Network<T> network, Action<int> train)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int epoch = 0, last = FixtureCheck.WholeRuns ? WholeEpochCount : FirstEpochCount;
        var gradients = new T[network.Parameters.Length];
        IEnumerable<int> recorded = expected.Loss.Select(each => each.Epoch).Union(expected.WeightsAt.Select(each => each.Epoch)).Order();
        foreach (int next in recorded.TakeWhile(next => next <= last))
        {
            train(next - epoch);
            epoch = next;
            double lossTolerance = epoch <= 20_000 ? FixtureCheck.Allowed<T>(1e-12, 1e-5) : FixtureCheck.Allowed<T>(1e-10, 1e-3);
            foreach (EpochLoss loss in expected.Loss.Where(each => each.Epoch == next))
                check.Close($"loss after {epoch} epochs", Gradient(network, gradients), loss.Value, lossTolerance);
            // Later, single precision has drifted along the valley: its losses can be compared, its weights cannot.
            if (epoch > 1000 && typeof(T) == typeof(float))
                continue;
            double weightTolerance = epoch <= 1000 ? FixtureCheck.Allowed<T>(1e-12, 1e-5) : 1e-9;
            foreach (EpochWeights weights in expected.WeightsAt.Where(each => each.Epoch == next))
                check.Close<T>($"weights after {epoch} epochs", network.Parameters.Values, Flat(weights.Weights), weightTolerance);
        }
        if (epoch < WholeEpochCount)
            return;
        check.Close<T>(
            "final predictions", FixtureNetworks.Predict(network, Fixture.Data.Inputs), expected.FinalPredictions,
            FixtureCheck.Allowed<T>(1e-10, 5e-3));
        if (typeof(T) == typeof(double))
            check.Close<T>("final weights", network.Parameters.Values, Flat(expected.FinalWeights.Select(layer => layer.Weights)), 1e-9);
    }

    /// <summary>Every loss whose weights are recorded, and the final predictions, without training.</summary>
    private static void RecordedWeights<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = CreateNetwork<T>();
        var gradients = new T[network.Parameters.Length];
        foreach (Seed000Rule rule in (Seed000Rule[])[Fixture.Rules.SeedRule, Fixture.Rules.TrueGradient])
        {
            foreach (EpochWeights weights in rule.WeightsAt)
            {
                foreach (EpochLoss loss in rule.Loss.Where(each => each.Epoch == weights.Epoch))
                {
                    SetWeights(network, weights.Weights);
                    check.Close(
                        $"loss at epoch {loss.Epoch}", Gradient(network, gradients), loss.Value, FixtureCheck.Allowed<T>(1e-12, 1e-5));
                }
            }
            SetWeights(network, rule.FinalWeights.Select(layer => layer.Weights));
            check.Close<T>(
                "final predictions", FixtureNetworks.Predict(network, Fixture.Data.Inputs), rule.FinalPredictions,
                FixtureCheck.Allowed<T>(1e-10, 5e-3));
        }
    }
}
