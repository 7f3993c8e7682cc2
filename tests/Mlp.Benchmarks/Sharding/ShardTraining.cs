using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mlp.Benchmarks.Sharding;

/// <summary>A training on made-up rows whose steps are timed.</summary>
/// <param name="Sizes">Inputs, units of each hidden layer, outputs.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="ShardCount">Shards of a batch.</param>
/// <param name="ThreadCount">Of this process.</param>
internal sealed record ShardTraining(int[] Sizes, int BatchSize, int ShardCount, int ThreadCount)
{
    private const int WarmUpSteps = 5, BatchCount = 4;

    /// <summary>The network's name.</summary>
    public string Name => string.Join('-', Sizes);

    /// <summary>Trains for some steps.</summary>
    /// <param name="steps">Of which the first few are not timed.</param>
    /// <param name="ranks">Null for this process alone.</param>
    public ShardTimes Run(int steps, Ranks? ranks = null)
    {
        var workload = new TrainingWorkload(
            Name, Sizes, Activation.Relu, Loss.SoftmaxCrossEntropy, new Adam(), BatchSize, BatchCount * BatchSize, Bar: 1);
        Network<float> network = Network.Create(Sizes, Activation.Relu);
        var times = new List<double>();
        using var process = Process.GetCurrentProcess();
        double processor = 0;
        long last = 0;
        Trainer.Fit(network, Engine.Rows(workload), new TrainingSettings
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new Adam(),
            BatchSize = BatchSize,
            NumberOfEpochs = (steps + WarmUpSteps) / BatchCount,
            NumberOfThreads = ThreadCount,
            GradientShards = ShardCount,
            Ranks = ranks,
            StepCallback = () =>
            {
                long now = Stopwatch.GetTimestamp();
                if (last != 0)
                    times.Add(Stopwatch.GetElapsedTime(last, now).TotalMilliseconds);
                if (times.Count == WarmUpSteps)
                {
                    process.Refresh();
                    processor = process.TotalProcessorTime.TotalMilliseconds;
                }
                last = now;
            },
        });
        process.Refresh();
        times.RemoveRange(0, WarmUpSteps);
        processor = (process.TotalProcessorTime.TotalMilliseconds - processor) / times.Count;
        times.Sort();
        byte[] hash = SHA256.HashData(MemoryMarshal.AsBytes(network.Parameters.Values));
        return new ShardTimes(times[times.Count / 2], times[times.Count / 10], processor, Convert.ToHexStringLower(hash)[..16]);
    }

    /// <summary>Sizes as they are given: "784,512,512,10".</summary>
    public static int[] ParseSizes(string text) => [.. text.Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
}

/// <summary>What a step took, in milliseconds.</summary>
/// <param name="Median">By the clock.</param>
/// <param name="Tenth">One step in ten was faster: what it takes when nothing else runs.</param>
/// <param name="Processor">Mean over steps of the time of all threads of this process.</param>
/// <param name="Hash">Of the parameters in the end.</param>
internal readonly record struct ShardTimes(double Median, double Tenth, double Processor, string Hash);
