using System.Diagnostics;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Mlp.Benchmarks.Quality;
using Mlp.MLNet.Onnx;

namespace Mlp.Benchmarks;

/// <summary>What a row costs a model of the default preset's shape: ten networks of 28 features, here and in OnnxRuntime.</summary>
internal static class DefaultPrediction
{
    private const int FeatureCount = 28, NetworkCount = 10, RowCount = 2048, RoundCount = 9;

    /// <summary>Prints microseconds a row: processor time, and of threads time by the clock, which says something where they have a
    /// processor each.</summary>
    public static void Run(double seconds)
    {
        Model<float> model = Create();
        float[] features = Features(RowCount), outputs = new float[RowCount];
        Console.WriteLine($"{Machine.Processor}, {Machine.Tier}, .NET {Environment.Version}; median of {RoundCount}, microseconds a row");
        foreach ((int maxRowCount, int threadCount) in ((int, int)[])[(1, 1), (256, 1), (256, 2)])
        {
            using var predictor = new Predictor<float>(model, maxRowCount, threadCount);
            (double processor, double clock) = Measure(() => predictor.Predict(features, outputs), seconds);
            Console.WriteLine($"{maxRowCount} rows at once, {threadCount} threads: {processor:F2}, by the clock {clock:F2}");
        }
        foreach (int rowCount in (int[])[1, 256])
        {
            using var session = new OnnxSession(model, features.AsSpan(0, rowCount * FeatureCount).ToArray(), rowCount);
            (double processor, _) = Measure(
                () =>
                {
                    for (int row = 0; row < RowCount; row += rowCount)
                        session.Run();
                }, seconds);
            Console.WriteLine($"OnnxRuntime, {rowCount} rows at once, 1 thread: {processor:F2}");
        }
    }

    /// <summary>As the preset has them, drawn and not trained: half of the activations are 0 either way.</summary>
    public static Model<float> Create() => new(
        [.. Enumerable.Range(0, NetworkCount).Select(seed => CreateNetwork(seed))],
        new FeatureScaling<float>(new float[FeatureCount], [.. Enumerable.Repeat(1f, FeatureCount)]), OutputLink.Sigmoid);

    /// <summary>One of its networks.</summary>
    /// <param name="seed">Of its parameters.</param>
    public static Network<float> CreateNetwork(int seed)
    {
        Layer hidden = Layer.Dense(128, Activation.Relu);
        Layer[] layers = [Layer.PeriodicEmbedding([.. Enumerable.Range(0, FeatureCount)]), hidden, hidden, Layer.Dense(1)];
        return Network<float>.Create(FeatureCount, layers, seed);
    }

    /// <summary>Rows of random numbers between -1 and 1.</summary>
    public static float[] Features(int rowCount)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, rowCount * FeatureCount).Select(_ => 2 * random.NextSingle() - 1)];
    }

    private static (double Processor, double Clock) Measure(Action predict, double seconds)
    {
        for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 3;)
            predict();
        double[] processor = new double[RoundCount], clock = new double[RoundCount];
        for (int round = 0; round < RoundCount; round++)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            int rowCount = 0;
            for (; watch.Elapsed.TotalSeconds < seconds; rowCount += RowCount)
                predict();
            clock[round] = 1e6 * watch.Elapsed.TotalSeconds / rowCount;
            processor[round] = 1e6 * (Environment.CpuUsage.TotalTime - used).TotalSeconds / rowCount;
        }
        return (QualityMetrics.Median(processor), QualityMetrics.Median(clock));
    }

    private sealed class OnnxSession : IDisposable
    {
        private static readonly string[] Outputs = ["Score"];

        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly OrtValue _features;
        private readonly Dictionary<string, OrtValue> _inputs;

        public OnnxSession(Model<float> model, float[] features, int rowCount)
        {
            byte[] file = OnnxFile.Create(model, "binary", names: null, (graph, input) =>
            {
                graph.AddNode("Identity", Outputs[0], [ModelNodes.AddOutputs(graph, model, input)]);
                return [new OnnxOutput(Outputs[0], OnnxElement.Single, 1)];
            }).ToByteArray();
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new InferenceSession(file, options);
            _features = OrtValue.CreateTensorValueFromMemory(features, [rowCount, FeatureCount]);
            _inputs = new Dictionary<string, OrtValue> { [OnnxFile.FeaturesName] = _features };
        }

        public void Run()
        {
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(_options, _inputs, Outputs);
        }

        public void Dispose()
        {
            _features.Dispose();
            _options.Dispose();
            _session.Dispose();
        }
    }
}
