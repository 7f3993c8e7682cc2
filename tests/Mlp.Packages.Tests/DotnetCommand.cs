using System.Diagnostics;

namespace Mlp.Packages.Tests;

/// <summary>Runs the dotnet command line as a user would.</summary>
internal static class DotnetCommand
{
    /// <param name="folder">The working folder.</param>
    /// <param name="packagesFolder">Where packages are restored to; null for the user's folder.</param>
    /// <param name="arguments">As typed.</param>
    /// <returns>The exit code, and all that was printed.</returns>
    public static (int ExitCode, string Output) Run(string folder, string? packagesFolder, params string[] arguments) =>
        Run("dotnet", folder, packagesFolder, arguments);

    /// <summary>Runs a program that needs dotnet.</summary>
    /// <param name="path">The program.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">As typed.</param>
    public static (int ExitCode, string Output) RunProgram(string path, string folder, params string[] arguments) =>
        Run(path, folder, null, arguments);

    private static (int ExitCode, string Output) Run(string program, string folder, string? packagesFolder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        // What the build around these tests left in the environment is not what a user has.
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)))
            start.Environment.Remove(name);
        if (packagesFolder is not null)
            start.Environment["NUGET_PACKAGES"] = packagesFolder;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
