using System.Diagnostics;
using Mlp.TestSupport;

namespace Mlp.Soak.Kill;

/// <summary>
/// The same seed, settings and rows give the same bits in every process, with 1, 2, 4 and 16 threads, beside other trainings, in Debug and
/// in Release.
/// </summary>
internal sealed class DeterminismPart : ISoakPart
{
    public string Name => "determinism";

    public double Share => 0.2;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        long start = Stopwatch.GetTimestamp();
        string[] programs = [.. Programs()];
        int processes = 0, failures = 0;
        // The time is what it takes: all of it is tried once.
        foreach (TrainingCase trainingCase in TrainingCase.All.Append(TrainingCase.Wide))
        {
            var child = new TrainChild(trainingCase.Name, trainingCase.IsLbfgs ? 8 : 3, NumberOfThreads: 1);
            string expected = child.Train();
            foreach (string program in programs)
            {
                // All at once, each beside the others.
                Process[] started = [.. new[] { 1, 2, 4, 16 }.Select(threads => (child with { NumberOfThreads = threads }).Start(program))];
                foreach (Process process in started)
                {
                    string output = process.StandardOutput.ReadToEnd();
                    process.WaitForExit();
                    process.Dispose();
                    processes++;
                    if (output.Contains(TrainChild.Hash + expected, StringComparison.Ordinal))
                        continue;
                    failures++;
                    run.SaveFailure($"{trainingCase} in {program}: expected {expected}, the process wrote {output}");
                }
            }
        }
        yield return new SoakResult(
            "Trainings in other processes, with 1, 2, 4 and 16 threads beside each other, have the same bits",
            "processes",
            processes,
            failures,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            programs.Length == 2 ? "Debug and Release" : "one configuration: the other one is not built");
    }

    /// <summary>This program, and that of the other configuration where it is built.</summary>
    private static IEnumerable<string> Programs()
    {
        string own = Path.Combine(AppContext.BaseDirectory, "Mlp.Soak.dll");
        yield return own;
        string debug = $"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}",
            release = debug.Replace("Debug", "Release", StringComparison.Ordinal);
        string other = own.Contains(debug, StringComparison.Ordinal)
            ? own.Replace(debug, release, StringComparison.Ordinal) : own.Replace(release, debug, StringComparison.Ordinal);
        if (other != own && File.Exists(other))
            yield return other;
    }
}
