using System.Diagnostics;
using System.Globalization;

namespace Mlp.Benchmarks.Instructions;

/// <summary>How many machine instructions each <see cref="InstructionCase"/> takes, counted by Valgrind's callgrind. It simulates the
/// processor (256-bit vectors), so that the counts do not depend on the machine or on what else runs there.</summary>
internal static class InstructionCounts
{
    // Fully optimized code from the first call on, no second version of it later, and no thread of the collector.
    private static readonly (string Name, string Value)[] Environment =
    [
        ("DOTNET_TieredCompilation", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_GCHeapHardLimit", "0x20000000"),
        ("DOTNET_EnableDiagnostics", "0"),
    ];

    /// <param name="valgrind">Path of the program.</param>
    /// <returns>Name of the case and its instructions, in the order of <see cref="InstructionCase.All"/>.</returns>
    /// <exception cref="InvalidOperationException">The run failed; the message has what it printed.</exception>
    public static IReadOnlyList<(string Name, long Count)> Measure(string valgrind)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlp-instructions-");
        try
        {
            string file = Path.Combine(folder.FullName, "counts");
            Run(
                valgrind, "--tool=callgrind", $"--callgrind-out-file={file}", $"--dump-before={InstructionCase.MarkName}", "dotnet",
                typeof(InstructionCounts).Assembly.Location, InstructionCase.Verb);
            // Two marks a case: what is before the first, and between the cases, is not theirs.
            return [.. InstructionCase.All.Select((work, index) => (work.Name, TotalOf($"{file}.{2 * index + 2}")))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {errors}{output.Result}");
        }
    }

    /// <summary>Of the line "totals: N" of a profile.</summary>
    private static long TotalOf(string file)
    {
        string line = File.ReadLines(file).LastOrDefault(line => line.StartsWith("totals:", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{file} has no line 'totals:'; is this a profile of callgrind?");
        return long.Parse(line["totals:".Length..], CultureInfo.InvariantCulture);
    }
}
