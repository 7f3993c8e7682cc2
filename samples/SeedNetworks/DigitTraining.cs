using System.Numerics;
using System.Text.Json;
using Mlp;

/// <summary>seed-003, second part: 10,000 iterations of 784-50-10 on MNIST, in the precision <typeparamref name="T"/>.</summary>
internal sealed class DigitTraining<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int HiddenCount = 50;

    private readonly Article _article;
    private readonly MnistFiles _train, _test;
    private readonly int[] _batchIndices = MnistRandom.BatchIndices();
    private readonly Network<T> _network;
    private readonly Dictionary<int, JsonElement> _table, _batchLosses, _summaries;
    private readonly bool _exact = typeof(T) == typeof(double);
    private readonly List<(double Ours, double Articles)> _comparedBatchLosses = [];

    public DigitTraining(Article article, string folder)
    {
        _article = article;
        string ExpectedHash(string name) => article["mnist", "sha256OfUncompressedFiles", name].GetString()!;
        (_train, _test) = (new MnistFiles(folder, "train", ExpectedHash), new MnistFiles(folder, "t10k", ExpectedHash));
        _network = Network<T>.Create(
            MnistFiles.PixelCount, [Layer.Dense(HiddenCount, Activation.Sigmoid), Layer.Dense(MnistFiles.ClassCount)]);
        DenseLayer<T> hidden = _network.Layers[0], output = _network.Layers[1];
        T[] weights = Array.ConvertAll(MnistRandom.Weights(hidden.Weights.Length + output.Weights.Length), T.CreateChecked);
        weights.AsSpan(0, hidden.Weights.Length).CopyTo(hidden.Weights);
        weights.AsSpan(hidden.Weights.Length).CopyTo(output.Weights);
        _table = ByNumber("table", "iteration");
        _batchLosses = ByNumber("batchLosses", "iteration");
        _summaries = ByNumber("parameterSummaries", "updates");

        Dictionary<int, JsonElement> ByNumber(string part, string key) =>
            article["training", part].EnumerateArray().ToDictionary(each => each.GetProperty(key).GetInt32());
    }

    public void Run()
    {
        Comparison.Title(
            $"seed-003: 784-50-10 on MNIST, 10,000 iterations in {(_exact ? "double" : "single")}; right answers of 60,000 and of 10,000");
        CompareFirstGradient();
        int iteration = -1;
        Trainer.Fit(_network, new MnistRows<T>(_train, _batchIndices), new TrainingSettings
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new Sgd { LearningRate = 0.1 },
            BatchSize = MnistRandom.BatchSize,
            Shuffle = false,
            NumberOfEpochs = 1,
            // Before each step the parameters are those after the iteration before.
            StepCallback = () => Measure(iteration++),
        });
        Measure(iteration);
        double[] ours = [.. _comparedBatchLosses.Select(pair => pair.Ours)],
            theirs = [.. _comparedBatchLosses.Select(pair => pair.Articles)];
        Comparison.PrintAll("batch losses", ours, theirs, _exact ? 1e-9 : 1e-4);
        Compare("final b1", _network.Layers[0].Biases, _article["training", "final", "b1"], _exact ? 1e-9 : 1e-3);
        Compare("final W2", _network.Layers[1].Weights, _article["training", "final", "W2"], _exact ? 1e-9 : 1e-3);
        Compare("final b2", _network.Layers[1].Biases, _article["training", "final", "b2"], _exact ? 1e-9 : 1e-3);
    }

    private void CompareFirstGradient()
    {
        var gradients = new T[_network.Parameters.Length];
        double loss = Trainer.Gradient(_network, Batch(0), Loss.SoftmaxCrossEntropy, gradients);
        JsonElement expected = _article["training", "firstBatchGradient"];
        Comparison.Print("first batch, loss", loss, expected.GetProperty("lossBefore").GetDouble(), _exact ? 1e-12 : 1e-6);
        foreach ((ParameterTensor tensor, string name) in _network.Parameters.Tensors.Zip((string[])["W1", "b1", "W2", "b2"]))
        {
            ReadOnlySpan<T> part = gradients.AsSpan(tensor.Offset, tensor.Length);
            Comparison.Print(
                $"first batch, gradient norm {name}", Norm(part), expected.GetProperty("norms").GetProperty(name).GetDouble(),
                _exact ? 1e-14 : 1e-6);
            if (tensor.IsBias)
                Compare($"first batch, gradient {name}", part, expected.GetProperty(name), _exact ? 1e-14 : 1e-6);
        }
    }

    private void Measure(int iteration)
    {
        if (_batchLosses.TryGetValue(iteration, out JsonElement batchLoss))
            _comparedBatchLosses.Add((new DigitScore<T>(_network, Batch(iteration)).Loss, batchLoss.GetProperty("loss").GetDouble()));
        if (_summaries.TryGetValue(iteration + 1, out JsonElement summary))
        {
            foreach ((ParameterTensor tensor, string name) in _network.Parameters.Tensors.Zip((string[])["W1", "b1", "W2", "b2"]))
            {
                ReadOnlySpan<T> part = _network.Parameters[tensor];
                double tolerance = _exact ? 1e-9 : 1e-2;
                double[] ours = [part.ToArray().Sum(double.CreateChecked), Norm(part)];
                JsonElement articles = summary.GetProperty(name);
                double[] theirs = [articles.GetProperty("sum").GetDouble(), articles.GetProperty("norm").GetDouble()];
                Comparison.PrintAll($"{name} after {iteration + 1}, sum and norm", ours, theirs, tolerance);
            }
        }
        if (!_table.TryGetValue(iteration, out JsonElement row))
            return;
        foreach ((MnistFiles files, string name) in (ReadOnlySpan<(MnistFiles, string)>)[(_train, "train"), (_test, "test")])
        {
            var score = new DigitScore<T>(_network, new MnistRows<T>(files, Enumerable.Range(0, files.Labels.Length).ToArray()));
            int expected = row.GetProperty($"{name}Correct").GetInt32();
            // Single precision may turn a few images; the tolerance is relative to the count.
            Comparison.Print($"iteration {iteration:N0}, {name}", score.CorrectCount, expected, _exact ? 0 : 5.0 / expected);
            Comparison.Print(
                $"iteration {iteration:N0}, {name} loss", score.Loss, row.GetProperty($"{name}Loss").GetDouble(), _exact ? 1e-9 : 1e-4);
        }
    }

    private MnistRows<T> Batch(int iteration) => new(
        _train, _batchIndices.AsMemory(iteration * MnistRandom.BatchSize, MnistRandom.BatchSize));

    private static void Compare(string label, ReadOnlySpan<T> ours, JsonElement articles, double tolerance) =>
        Comparison.PrintAll(label, Array.ConvertAll(ours.ToArray(), double.CreateChecked), Article.Values(articles), tolerance);

    private static double Norm(ReadOnlySpan<T> values) => Math.Sqrt(
        values.ToArray().Sum(value => double.CreateChecked(value) * double.CreateChecked(value)));
}
