using System.Globalization;
using System.Text;
using System.Text.Json;
using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks;

/// <summary>How long networks and trees take to be fitted and to predict, as Markdown tables and as JSON.</summary>
internal static class TreeTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="folder">Larger tables, with their datasets.json; null for those of the repository and made-up ones alone.</param>
    /// <param name="only">Part of the names of the tables to run; empty for all.</param>
    /// <param name="rounds">Fits in each process.</param>
    /// <param name="seconds">Of each loop of predictions, about.</param>
    /// <param name="jsonPath">Where the numbers go, too; null for nowhere.</param>
    public static void Run(string? folder, string only, int rounds, double seconds, string? jsonPath)
    {
        var rows = new List<(QualitySet Set, TreeMeasurement[] Found)>();
        foreach (TreeWorkload workload in TreeWorkload.All(folder).Where(workload => workload.Set.Name.Contains(only)))
        {
            rows.Add((workload.Set,
                [.. TreeMeasurement.Contenders.Select(contender => TreeMeasurement.Of(workload, contender, rounds, seconds, folder))]));
            Console.Error.WriteLine($"{workload.Set.Name}: {string.Join(", ", rows[^1].Found.AsEnumerable())}");
        }
        Console.WriteLine(
            $"{Machine.Processor}, {Machine.Tier}, .NET {Environment.Version}; one processor, processor time; Fit: median of {rounds}, "
                + "PredictionEngine: median of 5 loops.");
        Console.WriteLine();
        Console.WriteLine(Markdown(rows, "Fit, seconds", one => one.Fit));
        Console.Write(Markdown(rows, "PredictionEngine, one row, microseconds", one => one.Predict));
        if (jsonPath is not null)
        {
            var results = rows.Select(row => new
            {
                Table = row.Set.Name,
                row.Set.TrainCount,
                Contenders = TreeMeasurement.Contenders.Zip(
                    row.Found, (contender, found) => new { contender.Name, found.Fit, found.Predict }),
            });
            File.WriteAllText(jsonPath, JsonSerializer.Serialize(
                new { Machine.Processor, Machine.Tier, Framework = Environment.Version.ToString(), Rounds = rounds, Results = results },
                Indented));
        }
    }

    private static string Markdown(
        IEnumerable<(QualitySet Set, TreeMeasurement[] Found)> rows, string title, Func<TreeMeasurement, double> value)
    {
        string[] names = [.. TreeMeasurement.Contenders.Select(contender => contender.Name)];
        var text = new StringBuilder(
            $"| {title} | rows | {string.Join(" | ", names)} | {names[0]} / {names[2]} | {names[0]} / {names[3]} | {names[1]} / "
                + $"{names[2]} | {names[1]} / {names[3]} |\n");
        text.Append($"|{string.Concat(Enumerable.Repeat("---|", names.Length + 6))}\n");
        foreach ((QualitySet set, TreeMeasurement[] found) in rows)
        {
            double[] values = [.. found.Select(value)];
            double[] ratios = [values[0] / values[2], values[0] / values[3], values[1] / values[2], values[1] / values[3]];
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {set.Name} | {set.TrainCount:N0} | {string.Join(" | ", values.Select(Format))} | "
                    + $"{string.Join(" | ", ratios.Select(ratio => $"{Format(ratio)} ×"))} |\n");
        }
        return text.ToString();
    }

    private static string Format(double value) =>
        value.ToString(value >= 100 ? "F0" : value >= 10 ? "F1" : value >= 1 ? "F2" : "F3", CultureInfo.InvariantCulture);
}
