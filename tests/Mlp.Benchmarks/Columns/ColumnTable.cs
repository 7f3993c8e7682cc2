using System.Globalization;
using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Columns;

/// <summary>Time and memory by what a table's columns are: wide vectors that are mostly 0, texts, categories.</summary>
internal static class ColumnTable
{
    public const string ChildVerb = "measure-columns";

    /// <param name="only">Cases whose name contains it.</param>
    /// <param name="rounds">Processes a case; their median counts.</param>
    public static void Run(string only, int rounds)
    {
        Console.WriteLine(
            $"{Machine.Processor}, {Environment.ProcessorCount} processors, {Machine.Tier}; {rounds} processes a case, medians.");
        Console.WriteLine();
        Console.WriteLine("| rows, trainer | Fit, processor s | memory, MB | AUC on 5,000 others | one prediction, us |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (ColumnCase one in ColumnCase.All.Where(one => one.FullName.Contains(only, StringComparison.Ordinal)))
        {
            double[][] found = [.. Enumerable.Range(0, rounds).Select(_ => Measure(one))];
            double[] medians = [.. Enumerable.Range(0, 4).Select(index => QualityMetrics.Median(found.Select(row => row[index])))];
            string auc = double.IsNaN(medians[2]) ? "–" : medians[2].ToString("F3", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {one.FullName} | {medians[0]:F2} | {medians[1]:F0} | {auc} | {medians[3]:F1} |"));
        }
    }

    public static void RunAsChild(string fullName) => ColumnCase.All.Single(one => one.FullName == fullName).Run();

    private static double[] Measure(ColumnCase one) => [.. OwnProcess.Run([ChildVerb, one.FullName]).Split(' ')
        .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
