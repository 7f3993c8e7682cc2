using System.Text.Json;
using Mlp;

/// <summary>seed-002: two noisy moons with 2-h-2 for six h, two sigmoid outputs, cross-entropy summed over them.</summary>
internal static class TwoMoons
{
    private const int IterationCount = 30_000;

    private static readonly Loss SummedCrossEntropy = Loss.BinaryCrossEntropy with { OutputReduction = OutputReduction.Sum };

    public static void Run(bool full)
    {
        using var article = new Article("seed-002");
        double[] inputs = Article.Values(article["data", "inputs"]);
        int[] labels = Article.Integers(article["data", "labels"]);
        var rows = new DenseRows<double>(
            inputs, labels.SelectMany(label => (double[])[1 - label, label]).ToArray(), inputCount: 2, targetCount: 2);
        Comparison.Title("seed-002: two moons with six numbers of hidden units (--full: all of them over 30,000 iterations)");
        foreach (JsonElement net in article["nets"].EnumerateArray())
        {
            int hidden = net.GetProperty("hidden").GetInt32();
            bool draw = net.TryGetProperty("grid", out JsonElement grid);
            Network<double> network = Train(net, rows, full || draw ? IterationCount : 3001);
            if (full || draw)
            {
                double cost = Trainer.Gradient(network, rows, SummedCrossEntropy, new double[network.Parameters.Length]);
                Comparison.Print($"{hidden} hidden, final cost", cost, net.GetProperty("finalCost").GetDouble(), 1e-12);
                double accuracy = (double)Classes(network, inputs).Zip(labels).Count(pair => pair.First == pair.Second) / labels.Length;
                Comparison.Print($"{hidden} hidden, accuracy", accuracy, net.GetProperty("finalAccuracy").GetDouble(), 1e-15);
            }
            if (draw)
                DrawBoundary(network, grid, inputs, labels);
        }
    }

    private static Network<double> Train(JsonElement net, DenseRows<double> rows, int iterationCount)
    {
        Network<double> network = Article.CreateNetwork<double>(net.GetProperty("initialWeights"), outputsAreLogits: true);
        TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings
        {
            Loss = SummedCrossEntropy,
            Optimizer = new Sgd { LearningRate = 0.1 },
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
            NumberOfEpochs = iterationCount,
        });
        // The reported loss is the one before the step, as in the article.
        JsonElement cost = net.GetProperty("cost");
        int[] iterations = [.. Article.Integers(cost.GetProperty("iterations")).TakeWhile(iteration => iteration < iterationCount)];
        double[] costs = [.. iterations.Select(iteration => result.History[iteration].Loss)];
        double[] articles = Article.Values(cost.GetProperty("values"))[..costs.Length];
        Comparison.PrintAll($"{net.GetProperty("hidden").GetInt32()} hidden, costs 0 … {iterations[^1]:N0}", costs, articles, 1e-12);
        return network;
    }

    /// <summary>What the network says of 50 x 50 points: ░ for class 0, ▓ for class 1; the training points on top.</summary>
    private static void DrawBoundary(Network<double> network, JsonElement grid, double[] inputs, int[] labels)
    {
        double[] xs = Article.Values(grid.GetProperty("x")), ys = Article.Values(grid.GetProperty("y"));
        double[] points = [.. ys.SelectMany(y => xs.SelectMany(x => (double[])[x, y]))];
        int[] classes = Classes(network, points);
        Comparison.PrintAll(
            "classes of 50 x 50 points", [.. classes.Select(each => (double)each)], Article.Values(grid.GetProperty("classes")), 0);

        char[][] picture = [.. classes.Chunk(xs.Length).Select(row => row.Select(each => each == 0 ? '░' : '▓').ToArray())];
        // Rows 49, 47, … 1 are drawn, the highest first: characters are twice as high as wide. A point goes to a row that is drawn.
        for (int row = 0; row < labels.Length; row++)
            picture[Nearest(ys, inputs[2 * row + 1]) | 1][Nearest(xs, inputs[2 * row])] = labels[row] == 0 ? 'o' : 'x';
        for (int row = ys.Length - 1; row >= 0; row -= 2)
            Console.WriteLine($"    {new string(picture[row])}");
    }

    private static int Nearest(double[] values, double value) =>
        Enumerable.Range(0, values.Length).MinBy(index => Math.Abs(values[index] - value));

    private static int[] Classes(Network<double> network, double[] inputs) =>
        [.. Article.Predict(network, inputs).Chunk(2).Select(logits => logits[1] > logits[0] ? 1 : 0)];
}
