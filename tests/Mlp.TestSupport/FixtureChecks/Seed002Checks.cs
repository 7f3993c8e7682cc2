using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>seed-002.json: two moons with six sizes of 2-h-2, two sigmoid outputs, cross-entropy summed over them.</summary>
public static class Seed002Checks
{
    private const int IterationCount = 30_000;

    private static readonly Loss SummedCrossEntropy = Loss.BinaryCrossEntropy with { OutputReduction = OutputReduction.Sum };

    private static readonly TrainingSettings Settings = new()
    {
        Loss = SummedCrossEntropy,
        Optimizer = new Sgd { LearningRate = 0.1 },
        BatchSize = TrainingSettings.FullBatch,
        Shuffle = false,
        NumberOfThreads = 1,
    };

    private static Seed002Fixture Fixture => Fixtures.Seed002;

    /// <summary>All of the file's cases.</summary>
    public static IEnumerable<FixtureCase> Cases()
    {
        foreach (Seed002Net net in Fixture.Nets)
        {
            yield return new(
                "seed-002", $"{net.Hidden} hidden units, initial", check => Initial<double>(net, check),
                check => Initial<float>(net, check));
            yield return new(
                "seed-002", $"{net.Hidden} hidden units, training", check => Train<double>(net, check), check => Train<float>(net, check));
            yield return new(
                "seed-002", $"{net.Hidden} hidden units, final", check => Final<double>(net, check), check => Final<float>(net, check));
        }
    }

    private static DenseRows<T> Rows<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(FixtureNetworks.Convert<T>(Fixture.Data.Inputs.Data),
            FixtureNetworks.Convert<T>([.. Fixture.Data.Labels.SelectMany(label => (double[])[1 - label, label])]), inputCount: 2,
            targetCount: 2);

    /// <summary>The article's output layer is sigmoid; here the sigmoid belongs to the loss.</summary>
    private static Network<T> Create<T>(FixtureLayer[] layers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FixtureNetworks.Create<T>(
            [layers[0], layers[1] with { Activation = "identity" }]);

    private static double[] Outputs<T>(Network<T> network, FixtureMatrix inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. FixtureNetworks.Predict(network, inputs).Select(logit => 1 / (1 + Math.Exp(-double.CreateChecked(logit))))];

    private static int[] Classes(double[] outputs) => [.. outputs.Chunk(2).Select(pair => pair[1] > pair[0] ? 1 : 0)];

    private static void Initial<T>(Seed002Net net, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tolerance = FixtureCheck.Allowed<T>(1e-12, 1e-5);
        Network<T> network = Create<T>(net.InitialWeights);
        var gradients = new T[network.Parameters.Length];
        check.Close("cost", Trainer.Gradient(network, Rows<T>(), SummedCrossEntropy, gradients), net.Initial.Cost, tolerance);
        check.Close<T>("gradient", network.Parameters.Tensors, gradients, net.Initial.Gradient, tolerance);
        check.Close<double>("outputs", Outputs(network, Fixture.Data.Inputs), net.Initial.Outputs.Data, tolerance);
    }

    private static void Train<T>(Seed002Net net, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = Create<T>(net.InitialWeights);
        Seed002Arithmetic article = net.ObservedDifferences.DoubleSeedArithmetic;
        int? becomesNaN = typeof(T) == typeof(double) ? article.BecomesNaNAtIteration : article.BecomesNaNAtIterationFloat32;
        using var predictor = new Predictor<T>(network);
        T[] inputs = FixtureNetworks.Convert<T>(Fixture.Data.Inputs.Data), logits = new T[inputs.Length];

        TrainingResult result = Trainer.Fit(network, Rows<T>(), Settings with
        {
            NumberOfEpochs = IterationCount,
            EpochCallback = report =>
            {
                // The parameters are those before the update of iteration report.Epoch now, which counts from 0.
                if (report.Epoch == becomesNaN - 1 || report.Epoch == becomesNaN)
                    CheckArticleArithmetic(report.Epoch);
                foreach (IterationParameters snapshot in net.ParametersAfterIterations.Where(each => each.Iterations == report.Epoch))
                {
                    check.Close<T>(
                        $"parameters after {report.Epoch} iterations", network.Parameters.Tensors, network.Parameters.Values,
                        snapshot.Parameters, FixtureCheck.Allowed<T>(1e-10, 1e-2));
                }
            },
        });

        double[] costs = [.. net.Cost.Iterations.Select(iteration => result.History[iteration].Loss)];
        check.Close<double>("costs", costs, net.Cost.Values, FixtureCheck.Allowed<T>(1e-12, 1e-4));
        CompareFinal(net, network, check);

        // The article divides by 1 − o, so its cost is NaN as soon as an output rounds to exactly 1; ours stays finite.
        void CheckArticleArithmetic(int iteration)
        {
            predictor.Refresh();
            predictor.Predict(inputs, logits);
            int ones = logits.Count(logit => T.One / (T.One + T.Exp(-logit)) == T.One);
            check.Equal($"an output is exactly 1 at iteration {iteration}", ones > 0 ? 1 : 0, iteration == becomesNaN ? 1 : 0);
        }
    }

    /// <summary>What the fixture says of its own final weights, without training.</summary>
    private static void Final<T>(Seed002Net net, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => CompareFinal(net, Create<T>(net.FinalWeights), check);

    private static void CompareFinal<T>(Seed002Net net, Network<T> network, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double outputTolerance = FixtureCheck.Allowed<T>(1e-11, 1e-3);
        double cost = Trainer.Gradient(network, Rows<T>(), SummedCrossEntropy, new T[network.Parameters.Length]);
        check.Close("final cost", cost, net.FinalCost, FixtureCheck.Allowed<T>(1e-12, 1e-4));
        check.Parameters("final parameters", network, net.FinalWeights, FixtureCheck.Allowed<T>(1e-10, 1e-2));
        double[] outputs = Outputs(network, Fixture.Data.Inputs);
        check.Close<double>("final outputs", outputs, net.FinalOutputs.Data, outputTolerance);
        check.Equal("final classes", Classes(outputs), net.FinalClasses);
        int correct = Classes(outputs).Zip(Fixture.Data.Labels).Count(pair => pair.First == pair.Second);
        check.Close("final accuracy", (double)correct / Fixture.Data.Labels.Length, net.FinalAccuracy, 1e-15);
        if (net.Grid is not { } grid)
            return;
        double[] points = [.. grid.Y.SelectMany(y => grid.X.SelectMany(x => (double[])[x, y]))];
        double[] gridOutputs = Outputs(network, new FixtureMatrix([points.Length / 2, 2], points));
        check.Close<double>("outputs on the grid", gridOutputs, grid.Outputs.Data, FixtureCheck.Allowed<T>(1e-10, 1e-3));
        check.Equal("classes on the grid", Classes(gridOutputs), grid.Classes);
        double gap = gridOutputs.Chunk(2).Min(pair => Math.Abs(pair[0] - pair[1]));
        check.Close("smallest gap on the grid", gap, grid.SmallestOutputGap, FixtureCheck.Allowed<T>(1e-10, 1e-3));
    }
}
