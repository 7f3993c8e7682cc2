using System.Diagnostics;

namespace Mlp.Benchmarks;

/// <summary>Starts this program again, so that a workload has a process of its own: neither memory nor compiled code of another is in its
/// way.</summary>
internal static class OwnProcess
{
    /// <summary>What it printed.</summary>
    /// <param name="arguments">A verb and what it needs.</param>
    /// <param name="environment">Variables to set.</param>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static string Run(string[] arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Started by the dotnet command, that is the process, and the program is its first argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"Measuring {string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {output}");
    }
}
