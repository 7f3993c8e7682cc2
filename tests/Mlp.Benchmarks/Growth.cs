using System.Diagnostics;
using System.Globalization;

namespace Mlp.Benchmarks;

/// <summary>How the time of a training grows with parameters, rows and epochs: one thread, Adam, mini-batches of 128 rows.</summary>
internal static class Growth
{
    private const int BatchSize = 128;

    /// <param name="seconds">Per point of the first curve.</param>
    public static void Run(double seconds)
    {
        Console.WriteLine(
            $"{Machine.Processor}, {Machine.Tier}, multiply-add peak "
                + $"{MultiplyAddPeak.Measure().ToString("F0", CultureInfo.InvariantCulture)} GFLOP/s (float, one thread).");
        Console.WriteLine("\n| network | parameters | time per row | per multiply-add of the forward pass |\n|---|---|---|---|");
        foreach (int width in (int[])[20, 70, 220, 700, 2200])
        {
            TrainingWorkload workload = Workload([width, width, width, 1], rowCount: 4 * BatchSize);
            double rows = Engine.Train(workload, threadCount: 1, seconds), multiplyAdds = Network.MultiplyAdds(workload.Sizes);
            double parameters = multiplyAdds + 2 * width + 1;
            Console.WriteLine(FormattableString.Invariant(
                $"| {width}-{width}-{width}-1 | {parameters:N0} | {1e6 / rows:F2} us | {1e12 / rows / multiplyAdds:F0} ps |"));
        }
        Console.WriteLine("\n| rows of 30-64-32-1, one epoch | time | per row |\n|---|---|---|");
        foreach (int rowCount in (int[])[1_000, 10_000, 100_000, 1_000_000])
            Print(rowCount, "N0", Fit(rowCount, epochs: 1), rowCount);
        Console.WriteLine("\n| epochs of 30-64-32-1, 10,000 rows | time | per epoch and row |\n|---|---|---|");
        foreach (int epochs in (int[])[1, 10, 100, 1_000])
            Print(epochs, "N0", Fit(10_000, epochs), epochs * 10_000.0);
    }

    private static void Print(int count, string format, double seconds, double units) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {count.ToString(format, CultureInfo.InvariantCulture)} | {seconds * 1e3:F2} ms | {seconds / units * 1e9:F0} ns |"));

    /// <summary>The median of five trainings, in seconds; the first, which the JIT takes part in, is not counted.</summary>
    private static double Fit(int rowCount, int epochs)
    {
        TrainingWorkload workload = Workload([30, 64, 32, 1], rowCount);
        DenseRows<float> rows = Engine.Rows(workload);
        var times = new List<double>();
        for (int round = 0; round < 6; round++)
        {
            Network<float> network = Network.Create(workload.Sizes, workload.Activation);
            long start = Stopwatch.GetTimestamp();
            Trainer.Fit(network, rows, new TrainingSettings
            {
                Loss = workload.Loss,
                Optimizer = workload.Optimizer,
                BatchSize = workload.BatchSize,
                NumberOfEpochs = epochs,
                NumberOfThreads = 1,
            });
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        times.RemoveAt(0);
        times.Sort();
        return times[2];
    }

    private static TrainingWorkload Workload(int[] sizes, int rowCount) =>
        new("growth", sizes, Activation.Relu, Loss.BinaryCrossEntropy, new Adam(), BatchSize, rowCount, Bar: 0);
}
