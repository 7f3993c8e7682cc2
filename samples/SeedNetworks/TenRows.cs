using System.Text.Json;
using Mlp;

/// <summary>seed-004: ten rows, no biases, gradients summed over the rows; with 2-4-1 and as logistic regression.</summary>
internal static class TenRows
{
    public static void Run()
    {
        using var article = new Article("seed-004");
        double[] inputs = Article.Values(article["data", "inputs"]), targets = Article.Values(article["data", "targets"]);
        RunNet("2-4-1", article["nets", "hidden4"], inputs, targets);
        RunNet("logistic regression", article["nets", "logisticRegression"], inputs, targets);
    }

    private static void RunNet(string name, JsonElement net, double[] inputs, double[] targets)
    {
        Comparison.Title($"seed-004: ten rows with {name}, cross-entropy summed over the rows");
        Network<double> network = Article.CreateNetwork<double>(net.GetProperty("initialWeights"), outputsAreLogits: true);
        JsonElement[] epochs = [.. net.GetProperty("epochs").EnumerateArray()];
        Trainer.Fit(network, new DenseRows<double>(inputs, targets, inputCount: 2), new TrainingSettings
        {
            Loss = Loss.BinaryCrossEntropy,
            LossReduction = LossReduction.Sum,
            Optimizer = new Sgd { LearningRate = 0.1 },
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
            NumberOfEpochs = epochs.Length,
            // Losses are those before the epoch's update here and there.
            EpochCallback = report => Comparison.Print(
                $"epoch {report.Epoch - 1}", report.Loss, epochs[report.Epoch - 1].GetProperty("lossSum").GetDouble(), 1e-12),
        });
        double[] outputs = [.. Article.Predict(network, inputs).Select(Article.Sigmoid)];
        Comparison.PrintAll("final predictions", outputs, Article.Values(net.GetProperty("finalPredictions")), 1e-12);
        double accuracy = (double)outputs.Zip(targets).Count(pair => pair.First >= 0.5 == (pair.Second == 1)) / targets.Length;
        Comparison.Print("final accuracy", accuracy, net.GetProperty("finalAccuracy").GetDouble(), 1e-15);
    }
}
