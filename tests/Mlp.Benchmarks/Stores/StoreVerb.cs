using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Stores;

/// <summary>What rows on disk cost, and what they are good for.</summary>
internal static class StoreVerb
{
    private const int FeatureCount = 28;

    /// <param name="args">What to measure, and its options.</param>
    public static int Run(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case "rates":
                Rates(int.Parse(Option(args, "--rows") ?? "400000"), int.Parse(Option(args, "--rounds") ?? "5"));
                return 0;
            case "fit":
                Fit(double.Parse(Option(args, "--gigabytes") ?? "1", CultureInfo.InvariantCulture), Option(args, "--folder"),
                    int.Parse(Option(args, "--epochs") ?? "1"), int.Parse(Option(args, "--units") ?? "256"), Option(args, "--checkpoint"),
                    args.Contains("--disk") ? RowStore.Disk : RowStore.Auto);
                return 0;
            case "kills":
                return StoreKills.Run(int.Parse(Option(args, "--kills") ?? "20"), int.Parse(Option(args, "--seed") ?? "1"));
            case "curve" when Option(args, "--features") is string features:
                StoreCurve.Fit(long.Parse(Option(args, "--rows")!), int.Parse(features));
                return 0;
            case "curve":
                StoreCurve.Run(long.Parse(Option(args, "--rows") ?? "10000000"), int.Parse(Option(args, "--slots") ?? "10000"));
                return 0;
            case "sorted":
                Sorted(
                    Option(args, "--data") ?? throw new ArgumentException("--data is missing."), int.Parse(Option(args, "--seeds") ?? "3"));
                return 0;
            default:
                Console.WriteLine("store rates|fit|curve|sorted|kills");
                return 2;
        }
    }

    /// <summary>Fit on the same rows, from memory and from disk in turns; what an epoch more takes is the time of an epoch: of the
    /// processors, which other work of the machine does not lengthen and the thread that reads ahead does, and by the clock.</summary>
    private static void Rates(int rowCount, int rounds)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.Cache(View(ml, rowCount));
        var inMemory = new List<(double OfProcessor, double OfClock)>();
        var onDisk = new List<(double OfProcessor, double OfClock)>();
        // The JIT takes part in the first round.
        for (int round = 0; round <= rounds; round++)
        {
            (double, double) memory = Rate(RowStorePlace.Memory), disk = Rate(RowStorePlace.Disk);
            if (round == 0)
                continue;
            inMemory.Add(memory);
            onDisk.Add(disk);
        }
        Print($"{Machine.Processor}, {Environment.ProcessorCount} threads; 28-256-256-256-1, batches of 64, {rowCount:N0} rows");
        PrintRatio("a processor second", rates => rates.OfProcessor);
        PrintRatio("a second by the clock", rates => rates.OfClock);

        (double, double) Rate(RowStorePlace place)
        {
            var ends = new List<(double Processor, double Clock)>();
            var clock = Stopwatch.StartNew();
            MlpBinaryTrainer.Options options = Options(epochs: 3);
            options.RowStore = new RowStore { Place = place };
            options.EpochCallback =
                _ => ends.Add((Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, clock.Elapsed.TotalSeconds));
            ml.BinaryClassification.Trainers.Mlp(options).Fit(data);
            return (2 * rowCount / (ends[2].Processor - ends[0].Processor), 2 * rowCount / (ends[2].Clock - ends[0].Clock));
        }

        void PrintRatio(string unit, Func<(double OfProcessor, double OfClock), double> select)
        {
            double memory = Median([.. inMemory.Select(select)]), disk = Median([.. onDisk.Select(select)]);
            Print($"rows {unit}: memory {memory:N0}, disk {disk:N0}, ratio {disk / memory:F3} (medians of {rounds})");
            Print($"  by round: {string.Join(' ', onDisk.Zip(
                inMemory, (one, other) => FormattableString.Invariant($"{select(one) / select(other):F2}")))}");
        }
    }

    /// <summary>A training on made-up rows of so many gigabytes, of which nobody knows how many there are.</summary>
    private static void Fit(double gigabytes, string? folder, int epochs, int units, string? checkpoint, RowStore store)
    {
        long rowCount = (long)(gigabytes * 1e9 / (sizeof(float) * (FeatureCount + 1)));
        var ml = new MLContext(seed: 1);
        ml.Log += (_, line) =>
        {
            if (line.Kind != Microsoft.ML.Runtime.ChannelMessageKind.Trace && line.Source.Contains("Mlp", StringComparison.Ordinal))
                Console.WriteLine(line.RawMessage);
        };
        MlpBinaryTrainer.Options options = Options(epochs);
        options.HiddenLayerSizes = [units, units, units];
        options.RowStore = store with { Directory = folder, Source = $"{rowCount} made-up rows" };
        options.EarlyStopping = new EarlyStopping();
        options.ValidationFraction = 0.02;
        options.Checkpoint = checkpoint is null ? null : new Checkpoint(checkpoint) { EverySeconds = 0.2 };
        var watch = Stopwatch.StartNew();
        MlpBinaryTransformer model = ml.BinaryClassification.Trainers.Mlp(options).Fit(View(ml, rowCount));
        double seconds = watch.Elapsed.TotalSeconds;
        Print($"{rowCount:N0} rows, {gigabytes:F1} GB: {seconds:F0} s, validation accuracy {model.Model.History[^1].ValidationMetric:F4}");
        Print($"fingerprint {model.Fingerprint}");
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e6, peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        Print($"this process could use {available:N0} MB; its peak was {peak:N0} MB");
    }

    /// <summary>Test accuracy on two public tables whose training rows are sorted by label.</summary>
    private static void Sorted(string folder, int seeds)
    {
        Console.WriteLine("| table | training rows | memory | disk |\n|---|---|---|---|");
        foreach (QualitySet set in QualitySet.ReadAll(folder, ["letter", "higgs_small"]))
        {
            var rows = QualityRows.Read(set, folder, withTest: true);
            int[] all = [.. Enumerable.Range(0, rows.Labels.Count)];
            int[] train = [.. all.Where(row => !rows.IsTest[row]).OrderBy(row => rows.Labels[row], StringComparer.Ordinal)];
            int[] test = [.. all.Where(row => rows.IsTest[row])];
            string[] found = [.. new[] { RowStore.Memory, RowStore.Disk }.Select(store =>
            {
                double[] values = [.. Enumerable.Range(1, seeds).Select(seed => Accuracy(set, rows, train, test, store, seed))];
                double mean = values.Average();
                double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, seeds - 1));
                return FormattableString.Invariant($"{mean:F4} ± {deviation:F4}");
            })];
            Print($"| {set.Name} | {train.Length:N0} | {found[0]} | {found[1]} |");
        }
    }

    private static double Accuracy(QualitySet set, QualityRows rows, int[] train, int[] test, RowStore store, int seed)
    {
        var ml = new MLContext(seed);
        var options = new MlpMulticlassTrainer.Options(MlpPreset.Fast)
        {
            LabelColumnName = "Key",
            FeatureColumnName = QualityRows.Numbers,
            Seed = seed,
            RowStore = store,
        };
        var model = ml.Transforms.Conversion.MapValueToKey("Key", QualityRows.Label)
            .Append(ml.MulticlassClassification.Trainers.Mlp(options)).Fit(rows.ToView(ml, train));
        return ml.MulticlassClassification.Evaluate(model.Transform(rows.ToView(ml, test)), "Key").MicroAccuracy;
    }

    private static MlpBinaryTrainer.Options Options(int epochs) => new(MlpPreset.Plain)
    {
        HiddenLayerSizes = [256, 256, 256],
        BatchSize = 64,
        NumberOfEpochs = epochs,
        Seed = 1,
    };

    private static IDataView View(MLContext ml, long rowCount) => ml.Data.LoadFromEnumerable(Rows(rowCount));

    /// <summary>Noise, and a label that is on the one side of a curved surface or the other.</summary>
    private static IEnumerable<Row> Rows(long rowCount)
    {
        ulong state = 1;
        var row = new Row { Features = new float[FeatureCount] };
        for (long index = 0; index < rowCount; index++)
        {
            for (int feature = 0; feature < FeatureCount; feature++)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                row.Features[feature] = (state >> 40) * (2f / (1 << 24)) - 1;
            }
            row.Label = row.Features[0] + row.Features[1] * row.Features[2] > 0.3f * MathF.Sin(5 * row.Features[3]);
            yield return row;
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and int index && index + 1 < args.Length ? args[index + 1] : null;

    private sealed class Row
    {
        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
