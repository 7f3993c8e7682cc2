using System.Globalization;

namespace Mlp.Benchmarks;

/// <summary>Measures a workload in a process of its own, as the peers are: code that the JIT fitted to one workload serves another less
/// well.</summary>
internal static class EngineProcess
{
    public const string Verb = "measure";

    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static double Measure(Comparison comparison, double seconds) => double.Parse(
        OwnProcess.Run(
            [Verb, comparison.Kind, comparison.Workload, $"{comparison.ThreadCount}", seconds.ToString(CultureInfo.InvariantCulture)]),
        CultureInfo.InvariantCulture);

    /// <summary>What the process does.</summary>
    /// <param name="arguments">The verb, kind, workload, threads and seconds.</param>
    public static void Run(string[] arguments)
    {
        Comparison comparison = Comparison.All().Single(candidate =>
            candidate.Kind == arguments[1] && candidate.Workload == arguments[2]
            && candidate.ThreadCount == int.Parse(arguments[3], CultureInfo.InvariantCulture));
        Console.Write(
            comparison.Measure(double.Parse(arguments[4], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture));
    }
}
