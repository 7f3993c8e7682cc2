using System.Diagnostics;
using System.Reflection;

namespace Mlp.Soak.Serving;

/// <summary>The command mlp as a process of its own.</summary>
internal static class ToolProcess
{
    private static readonly string Program = typeof(ToolProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ToolPath").Value!;

    /// <summary>Starts it; its standard output is the caller's.</summary>
    public static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", Program, .. args])
        {
            RedirectStandardOutput = true,
        })!;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Run(params string[] args)
    {
        using Process process = Start([.. args, "--quiet"]);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // 5: no better than a guess, which is no matter here.
        if (process.ExitCode is not (0 or 5))
            throw new InvalidOperationException($"mlp {string.Join(' ', args)} ended with {process.ExitCode}: {output}");
    }
}
