using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Stores;

/// <summary>Time and memory of trainings from disk over the number of rows, and over the number of features.</summary>
internal static class StoreCurve
{
    private const int Features = 28, RowsOfSlots = 20_000;

    /// <summary>One epoch of a small network for each size, each in a process of its own, so that its peak is its own.</summary>
    /// <param name="mostRows">The curve over rows ends here.</param>
    /// <param name="mostSlots">The curve over features ends here.</param>
    public static void Run(long mostRows, int mostSlots)
    {
        Console.WriteLine($"{Machine.Processor}, {Environment.ProcessorCount} threads; one epoch of n-32-1, rows on disk");
        Console.WriteLine(
            "\n| rows | features | MB | written, s | epoch, s | all, s | processor, s | processor, us a row | peak, MB |"
                + "\n|---|---|---|---|---|---|---|---|---|");
        for (long rows = 10_000; rows <= mostRows; rows *= 10)
            RunOne(rows, Features);
        for (int slots = 10; slots <= mostSlots; slots *= 10)
            RunOne(RowsOfSlots, slots);
    }

    /// <summary>Trains once, and prints its line of the table.</summary>
    public static void Fit(long rowCount, int featureCount)
    {
        var ml = new MLContext(seed: 1);
        var written = TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        ml.Log += (_, line) =>
        {
            if (line.RawMessage.Contains(" rows were shuffled and written to ", StringComparison.Ordinal))
                written = clock.Elapsed;
        };
        var options = new MlpBinaryTrainer.Options(MlpPreset.Plain)
        {
            HiddenLayerSizes = [32],
            BatchSize = 256,
            NumberOfEpochs = 1,
            Seed = 1,
            RowStore = RowStore.Disk with { Source = $"{rowCount} made-up rows of {featureCount}" },
        };
        TimeSpan before = Environment.CpuUsage.TotalTime;
        ml.BinaryClassification.Trainers.Mlp(options).Fit(View(ml, rowCount, featureCount));
        double all = clock.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rowCount:N0} | {featureCount:N0} | {rowCount * 4.0 * (featureCount + 1) / 1e6:F0} | {written.TotalSeconds:F1} | "
                + $"{all - written.TotalSeconds:F1} | {all:F1} | {processor:F1} | {processor / rowCount * 1e6:F2} | "
                + $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} |"));
    }

    private static void RunOne(long rowCount, int featureCount)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [typeof(StoreCurve).Assembly.Location, "store", "curve", "--rows", $"{rowCount}", "--features", $"{featureCount}"]))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The training on {rowCount:N0} rows ended with exit code {process.ExitCode}.");
    }

    private static IDataView View(MLContext ml, long rowCount, int featureCount)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        return ml.Data.LoadFromEnumerable(Rows(rowCount, featureCount), schema);
    }

    private static IEnumerable<Row> Rows(long rowCount, int featureCount)
    {
        ulong state = 1;
        var row = new Row { Features = new float[featureCount] };
        for (long index = 0; index < rowCount; index++)
        {
            for (int feature = 0; feature < featureCount; feature++)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                row.Features[feature] = (state >> 40) * (2f / (1 << 24)) - 1;
            }
            row.Label = row.Features[0] + row.Features[1] * row.Features[2] > 0;
            yield return row;
        }
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
