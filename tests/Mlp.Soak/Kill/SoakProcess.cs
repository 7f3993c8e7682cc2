using System.Diagnostics;

namespace Mlp.Soak.Kill;

/// <summary>This program once more, as a process of its own.</summary>
internal static class SoakProcess
{
    /// <summary>Starts it; its standard input and output are the caller's.</summary>
    /// <param name="program">Mlp.Soak.dll; the one beside this program when null.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="environment">Variables that it gets besides those of this process.</param>
    public static Process Start(string? program, IEnumerable<string> args, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", program ?? Path.Combine(AppContext.BaseDirectory, "Mlp.Soak.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
