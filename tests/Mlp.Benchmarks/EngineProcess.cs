using System.Diagnostics;
using System.Globalization;

namespace Mlp.Benchmarks;

/// <summary>Measures a workload in a process of its own, as the peers are: code that the JIT fitted to one workload serves another less well.</summary>
internal static class EngineProcess
{
    public const string Verb = "measure";

    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static double Measure(Comparison comparison, double seconds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Started by the dotnet command, that is the process, and the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(EngineProcess).Assembly.Location);
        string[] arguments =
            [Verb, comparison.Kind, comparison.Workload, $"{comparison.ThreadCount}", seconds.ToString(CultureInfo.InvariantCulture)];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Measuring {comparison.Workload} ended with exit code {process.ExitCode}: {output}");
    }

    /// <summary>What the process does.</summary>
    /// <param name="arguments">The verb, kind, workload, threads and seconds.</param>
    public static void Run(string[] arguments)
    {
        Comparison comparison = Comparison.All().Single(candidate =>
            candidate.Kind == arguments[1] && candidate.Workload == arguments[2] && candidate.ThreadCount == int.Parse(arguments[3], CultureInfo.InvariantCulture));
        Console.Write(comparison.Measure(double.Parse(arguments[4], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture));
    }
}
