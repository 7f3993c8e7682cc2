using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mlp.Benchmarks;

/// <summary>Runs all comparisons, round after round, and writes them as a Markdown table and as JSON.</summary>
internal static class ComparisonTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="peers">What to compare with.</param>
    /// <param name="only">Part of the names of the workloads to run; empty for all.</param>
    /// <param name="rounds">Measurements of each workload, alternating with its peers'.</param>
    /// <param name="seconds">Per measurement.</param>
    /// <param name="jsonPath">Where every single value goes; null for nowhere.</param>
    public static void Run(Peers peers, string only, int rounds, double seconds, string? jsonPath)
    {
        if (peers.Absence is { } absence)
            Console.WriteLine($"Without peers: {absence}. The table shows this engine alone.");
        double peak = MultiplyAddPeak.Measure();
        Comparison[] comparisons = [.. Comparison.All().Where(comparison => $"{comparison.Kind} {comparison.Workload}".Contains(only))];
        for (int round = 0; round < rounds; round++)
        {
            foreach (Comparison comparison in comparisons)
            {
                Console.Error.WriteLine(
                    $"round {round + 1} of {rounds}: {comparison.Kind} {comparison.Workload}, {comparison.ThreadCount} thread(s)");
                comparison.MeasureRound(peers, seconds);
            }
            peak = Math.Max(peak, MultiplyAddPeak.Measure());
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Machine.Processor}, {Environment.ProcessorCount} processors, {Machine.Tier}, multiply-add peak {peak:F0} GFLOP/s "
                    + $"(float, one thread); medians of {rounds} rounds of {seconds} s."));
        Console.WriteLine();
        Console.Write(Markdown(comparisons, peak));
        if (jsonPath is not null)
            File.WriteAllText(jsonPath, ToJson(comparisons, peak, rounds, seconds));
    }

    private static string Markdown(IEnumerable<Comparison> comparisons, double peak)
    {
        var text = new StringBuilder(
            "| workload | threads | this engine | fastest peer | ratio | bar | | of the peak |\n|---|---|---|---|---|---|---|---|\n");
        foreach (Comparison row in comparisons)
        {
            string peer = row.FastestPeer is { } fastest ? $"{Format(fastest.Median)} {fastest.Name}" : "–";
            string bar = row.AbsoluteBar is { } time ? $"{Format(time)} us" : row.Bar is { } ratio ? $"{Format(ratio)} ×" : "–";
            string met = row.MeetsBar switch { true => "met", false => "missed", null => "" };
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Kind} {row.Workload} | {row.ThreadCount} | {Format(row.Median)} {row.Unit} | {peer} | "
                    + $"{(row.Ratio is { } value ? Format(value) + " ×" : "–")} | {bar} | {met} | "
                        + $"{row.OperationsPerSecond / (peak * row.ThreadCount):P0} |\n");
        }
        return text.ToString();
    }

    private static string Format(double value) =>
        value.ToString(
            value >= 1000 ? "N0" : value >= 100 ? "F0" : value >= 10 ? "F1" : value >= 1 ? "F2" : "F3", CultureInfo.InvariantCulture);

    private static string ToJson(IEnumerable<Comparison> comparisons, double peak, int rounds, double seconds) => JsonSerializer.Serialize(
        new
        {
            Machine.Processor,
            Processors = Environment.ProcessorCount,
            Machine.Tier,
            Runtime = Environment.Version.ToString(),
            PeakGigaflops = peak,
            Rounds = rounds,
            Seconds = seconds,
            Workloads = comparisons.Select(row => new
            {
                row.Kind,
                row.Workload,
                row.ThreadCount,
                row.Unit,
                row.Values,
                row.Median,
                Peers = row.PeerValues,
                row.Ratio,
                row.Bar,
                row.AbsoluteBar,
                row.MeetsBar,
                row.OperationsPerSecond,
            }),
        },
        Indented);
}
