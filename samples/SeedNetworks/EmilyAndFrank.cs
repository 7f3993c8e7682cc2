using Mlp;

/// <summary>seed-001: four people, height and weight, with 2-2-1; a step after each of them, 1000 times.</summary>
internal static class EmilyAndFrank
{
    public static void Run()
    {
        using var article = new Article("seed-001");
        Comparison.Title("seed-001: four people with 2-2-1, a step after each row; mean squared error after an epoch");
        Network<double> network = Article.CreateNetwork<double>(article["initialWeights"], outputsAreLogits: false);
        var rows = new DenseRows<double>(
            Article.Values(article["data", "inputs"]), Article.Values(article["data", "targets"]), inputCount: 2);
        int[] epochs = Article.Integers(article["lossTrajectory", "epochs"]);
        double[] losses = Article.Values(article["lossTrajectory", "values"]);
        var gradient = new double[network.Parameters.Length];

        Trainer.Fit(network, rows, new TrainingSettings
        {
            Loss = Loss.SquaredError,
            Optimizer = new Sgd { LearningRate = 0.1 },
            BatchSize = 1,
            Shuffle = false,
            NumberOfEpochs = 1000,
            EpochCallback = report =>
            {
                // The article counts epochs from 0, and computes the loss of all rows after each.
                int printed = Array.IndexOf(epochs, report.Epoch - 1);
                if (printed >= 0)
                    Comparison.Print(
                        $"epoch {epochs[printed]}", Trainer.Gradient(network, rows, Loss.SquaredError, gradient), losses[printed], 1e-12);
            },
        });

        Console.WriteLine("  F or M? 1 is F:");
        Ask("EmilyPure", "Emily (-7, -3)");
        Ask("EmilyTorch", "Emily (-7, -2)");
        Ask("Frank", "Frank (20, 2)");

        void Ask(string name, string who)
        {
            double answer = Article.Predict(network, Article.Values(article["data", "probes", name]))[0];
            Comparison.Print(who, answer, article["finalPredictions", name].GetDouble(), 1e-12);
        }
    }
}
