using Mlp;

/// <summary>seed-003, first part: backpropagation beside central differences, on five MNIST digits with 784-4-10.</summary>
internal static class DigitGradients
{
    public static void Run()
    {
        using var article = new Article("seed-003");
        Comparison.Title("seed-003: numerical against analytic gradient, 784-4-10 on five digits");
        double[] images =
            [.. article["gradientCheck", "data", "imagesBase64"].GetBytesFromBase64().Select(pixel => (double)(pixel / 255f))];
        int[] labels = Article.Integers(article["gradientCheck", "data", "labels"]);
        var rows = new DenseRows<double>(
            images, labels.SelectMany(MnistRows<double>.OneHot).ToArray(), MnistFiles.PixelCount, MnistFiles.ClassCount);
        Network<double> network = Article.CreateNetwork<double>(article["gradientCheck", "initialWeights"], outputsAreLogits: true);

        var gradients = new double[network.Parameters.Length];
        double loss = Trainer.Gradient(network, rows, Loss.SoftmaxCrossEntropy, gradients);
        Comparison.Print("loss", loss, article["gradientCheck", "loss"].GetDouble(), 1e-12);
        foreach ((ParameterTensor tensor, string name) in network.Parameters.Tensors.Zip((string[])["W1", "b1", "W2", "b2"]))
        {
            Comparison.PrintAll(
                $"analytic gradient {name}", gradients.AsSpan(tensor.Offset, tensor.Length),
                Article.Values(article["gradientCheck", "analyticGradient", name]), 1e-14);
        }

        Console.WriteLine(
            "  Central differences with the article's step 1e-4, largest difference from backpropagation of the largest component:");
        GradientCheckResult report = GradientCheck.Run(network, rows, Loss.SoftmaxCrossEntropy, step: 1e-4);
        foreach (TensorGradientCheck tensor in report.Tensors)
            Console.WriteLine($"    {tensor}");
        // The article's own difference is 1e-7, nearly all of it from the 1e-7 in its logarithm.
        Comparison.Require(
            FormattableString.Invariant($"largest relative difference {report.MaxRelativeDifference:E1}, below 1e-8"),
            report.MaxRelativeDifference < 1e-8);
    }
}
