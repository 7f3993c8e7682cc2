using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Mlp.MLNet;

namespace Mlp.Benchmarks;

/// <summary>The most memory that a Fit takes, each in a process of its own.</summary>
internal static class MemoryMeasurements
{
    public const string ChildVerb = "mlnet-memory";

    private const string WideNetwork = "wide network";
    private const double Megabyte = 1 << 20, AllowanceInMegabytes = 50;
    private const int CopiesOfParameters = 5;
    private static readonly string[] Kinds = ["plain", "held out", "class weights", WideNetwork];

    /// <param name="fullRowCount">Rows of the table; a fiftieth for a network that is large itself.</param>
    public static IEnumerable<MLNetResult> Run(int fullRowCount)
    {
        foreach (string kind in Kinds)
        {
            int rowCount = kind == WideNetwork ? fullRowCount / 50 : fullRowCount;
            double[] found = RunChild(kind, rowCount);
            (double value, double data, double parameters) = (found[0], found[1], found[2]);
            yield return new(
                $"memory of Fit, {rowCount:N0} x {TableRow.FeatureCount}, {kind}", value, "MB", "the data once", data,
                data + CopiesOfParameters * parameters + AllowanceInMegabytes,
                $"data + {CopiesOfParameters} x parameters + {AllowanceInMegabytes} MB");
        }
    }

    /// <summary>Fits, and prints three numbers in MB: what the process took more at most, the data, and the parameters.</summary>
    public static void RunAsChild(string kind, int rowCount)
    {
        var ml = new MLContext(seed: 1);
        // Loads and compiles all that is needed.
        _ = ml.BinaryClassification.Trainers.Mlp(CreateOptions(kind)).Fit(ml.Data.LoadFromEnumerable(TableRow.Create(2000)));
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        long before = process.WorkingSet64;
        // Rows that are made one by one: the data is in memory once at most, where Fit puts it.
        MlpModelParameters model = ml.BinaryClassification.Trainers.Mlp(CreateOptions(kind))
            .Fit(ml.Data.LoadFromEnumerable(TableRow.Create(rowCount))).Model;
        process.Refresh();
        double[] found =
        [
            (process.PeakWorkingSet64 - before) / Megabyte,
            (double)rowCount * (TableRow.FeatureCount + 1) * sizeof(float) / Megabyte,
            model.Layers.Sum(layer => (double)layer.Weights.Length + layer.Biases.Length) * sizeof(float) / Megabyte,
        ];
        Console.WriteLine(string.Join(' ', found.Select(number => number.ToString(CultureInfo.InvariantCulture))));
    }

    private static MlpBinaryTrainer.Options CreateOptions(string kind)
    {
        var options = new MlpBinaryTrainer.Options(MlpPreset.Plain)
        {
            HiddenLayerSizes = [64, 32],
            NumberOfEpochs = 2,
            BatchSize = 256,
            Seed = 1
        };
        switch (kind)
        {
            case "plain":
                break;
            case "held out":
                options.EarlyStopping = new EarlyStopping();
                break;
            case "class weights":
                options.ClassWeights = ClassWeights.Balanced;
                break;
            case WideNetwork:
                (options.HiddenLayerSizes, options.NumberOfEpochs) = ([2048, 2048], 1);
                break;
            default:
                throw new ArgumentException($"'{kind}' is no kind of training; there are {string.Join(", ", Kinds)}.", nameof(kind));
        }
        return options;
    }

    private static double[] RunChild(string kind, int rowCount) =>
    [
        .. OwnProcess.Run([ChildVerb, kind, rowCount.ToString(CultureInfo.InvariantCulture)]).Split(' ')
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
    ];
}
