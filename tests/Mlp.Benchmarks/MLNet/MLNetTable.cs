using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML;

namespace Mlp.Benchmarks;

/// <summary>What Mlp.MLNet costs inside ML.NET, as a Markdown table and as JSON.</summary>
internal static class MLNetTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly (string Name, Func<int, double, IEnumerable<MLNetResult>> Measure)[] Parts =
    [
        ("reading", (rounds, _) => ReadingMeasurements.Run(rowCount: 1_000_000, rounds)),
        ("transform", (rounds, _) => ScoringMeasurements.Run(rounds)),
        ("engine", (_, seconds) => [PredictionEngineMeasurements.Run(seconds)]),
        ("memory", (_, _) => MemoryMeasurements.Run(fullRowCount: 1_000_000)),
    ];

    /// <param name="only">Part of the names of the parts to run; empty for all.</param>
    /// <param name="rounds">Runs of each measurement.</param>
    /// <param name="seconds">Per measurement that is a loop.</param>
    /// <param name="jsonPath">Where the numbers go, too; null for nowhere.</param>
    public static void Run(string only, int rounds, double seconds, string? jsonPath)
    {
        MLNetResult[] results = [.. Parts.Where(part => part.Name.Contains(only)).SelectMany(part =>
        {
            // What an earlier part left behind is none of this one's business.
            GC.Collect();
            return part.Measure(rounds, seconds).ToArray();
        })];
        string runtime = $"Microsoft.ML {Machine.PackageVersion(typeof(MLContext))}";
        Console.WriteLine(
            $"{Machine.Processor}, {Environment.ProcessorCount} processors, {Machine.Tier}, .NET {Environment.Version}, {runtime}; "
                + $"medians of {rounds} rounds.");
        Console.WriteLine();
        Console.Write(Markdown(results));
        if (jsonPath is not null)
        {
            File.WriteAllText(jsonPath, JsonSerializer.Serialize(
                new
                {
                    Machine.Processor,
                    Machine.Tier,
                    Framework = Environment.Version.ToString(),
                    Runtime = runtime,
                    Rounds = rounds,
                    Results = results,
                },
                Indented));
        }
    }

    private static string Markdown(IEnumerable<MLNetResult> results)
    {
        var text = new StringBuilder("| workload | measured | compared with | ratio | bar | |\n|---|---|---|---|---|---|\n");
        foreach (MLNetResult row in results)
        {
            string reference = row.Reference is { } other ? $"{Format(other)} {row.Unit}, {row.ReferenceName}" : row.ReferenceName;
            string ratio = row.Reference is { } against ? $"{Format(row.Value / against)} x" : "–";
            string bar = row.Bar is { } value ? $"{Format(value)} {row.Unit}: {row.BarName}" : row.BarName;
            string met = row.MeetsBar switch { true => "met", false => "missed", null => "" };
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Workload} | {Format(row.Value)} {row.Unit} | {reference} | {ratio} | {bar} | {met} |\n");
        }
        return text.ToString();
    }

    private static string Format(double value) =>
        value.ToString(
            value >= 1000 ? "N0" : value >= 100 ? "F0" : value >= 10 ? "F1" : value >= 1 ? "F2" : "F3", CultureInfo.InvariantCulture);
}
