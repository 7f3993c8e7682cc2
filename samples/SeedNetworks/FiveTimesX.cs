using System.Diagnostics;
using System.Text.Json;
using Mlp;

/// <summary>seed-000: y = 5x on 100 points with 1-5-4-2-1, sigmoid hidden layers, no biases, plain gradient descent.</summary>
internal static class FiveTimesX
{
    private const double LearningRate = 0.001;

    public static void Run(bool full)
    {
        using var article = new Article("seed-000");
        var rows = new DenseRows<double>(
            Article.Values(article["data", "inputs"]), Article.Values(article["data", "targets"]), inputCount: 1);
        FollowTheGradient(article, rows, lastEpoch: full ? 1_000_000 : 20_000);
        SolveProperly(article, rows);
    }

    /// <summary>The article's own update rule leaves slopes out; its network with the true gradient is what is followed here.</summary>
    private static void FollowTheGradient(Article article, DenseRows<double> rows, int lastEpoch)
    {
        Comparison.Title(
            $"seed-000: y = 5x with 1-5-4-2-1, mean squared error after so many epochs (up to {lastEpoch:N0}; --full: 1,000,000)");
        Network<double> network = Article.CreateNetwork<double>(article["initialWeights"], outputsAreLogits: false);
        var settings = new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Sgd { LearningRate = LearningRate },
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
        };
        int epoch = 0;
        foreach (JsonElement point in article["rules", "trueGradient", "loss"].EnumerateArray())
        {
            int next = point.GetProperty("epoch").GetInt32();
            if (next > lastEpoch)
                break;
            Trainer.Fit(network, rows, settings with { NumberOfEpochs = next - epoch });
            epoch = next;
            Comparison.Print(
                $"epoch {epoch:N0}", MeanSquaredError(network, rows), point.GetProperty("value").GetDouble(),
                epoch <= 20_000 ? 1e-12 : 1e-10);
        }
        if (epoch == 1_000_000)
        {
            Comparison.PrintAll(
                "predictions", Article.Predict(network, Article.Values(article["data", "inputs"])),
                Article.Values(article["rules", "trueGradient", "finalPredictions"]), 1e-10);
        }
    }

    /// <summary>A straight line needs no hidden layer, and 100 rows need no small steps.</summary>
    private static void SolveProperly(Article article, DenseRows<double> rows)
    {
        Console.WriteLine("  Solved properly:");
        Solve("no hidden layer, L-BFGS", Network<double>.Create(inputCount: 1, [Layer.Dense(1)], seed: 1), maximumSeconds: 1);
        Solve(
            "one tanh layer of 5, L-BFGS",
            Network<double>.Create(inputCount: 1, [Layer.Dense(5, Activation.Tanh), Layer.Dense(1)], seed: 1));
        Solve("the article's network, L-BFGS", Article.CreateNetwork<double>(article["initialWeights"], outputsAreLogits: false));

        void Solve(string how, Network<double> network, double maximumSeconds = double.PositiveInfinity)
        {
            long start = Stopwatch.GetTimestamp();
            TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings
            {
                Loss = Loss.SquaredError,
                Optimizer = new Lbfgs { GradientTolerance = 1e-9 },
                NumberOfEpochs = 1000,
            });
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, error = MeanSquaredError(network, rows);
            Comparison.Require(
                FormattableString.Invariant($"{how}: {error:E1} after {result.History.Count} iterations, {seconds:F2} s"),
                error < 1e-6 && seconds < maximumSeconds);
        }
    }

    private static double MeanSquaredError(Network<double> network, DenseRows<double> rows) =>
        Trainer.Gradient(network, rows, Loss.SquaredError, new double[network.Parameters.Length]);
}
