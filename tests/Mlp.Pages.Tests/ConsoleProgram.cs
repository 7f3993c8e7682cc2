using System.Diagnostics;

namespace Mlp.Pages.Tests;

/// <summary>What a program printed, and how it ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<string> Lines => Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs a built program in a process of its own.</summary>
internal static class ConsoleProgram
{
    public static ProgramRun Run(string assemblyPath, string workingFolder, params string[] arguments) =>
        Run(assemblyPath, workingFolder, switchedOff: null, arguments);

    /// <param name="assemblyPath">The program.</param>
    /// <param name="workingFolder">Where it runs.</param>
    /// <param name="switchedOff">A variable of the environment that is set to 0; null for none.</param>
    /// <param name="arguments">What it is given.</param>
    public static ProgramRun Run(string assemblyPath, string workingFolder, string? switchedOff, string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (switchedOff is not null)
            start.Environment[switchedOff] = "0";
        start.ArgumentList.Add(assemblyPath);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{assemblyPath} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new ProgramRun(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
