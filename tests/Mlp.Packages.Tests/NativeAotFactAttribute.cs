using System.Runtime.CompilerServices;

namespace Mlp.Packages.Tests;

/// <summary>A test that compiles to native code, which on Linux and macOS takes a linker that .NET does not bring.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        bool hasLinker = folders.Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
        if (!OperatingSystem.IsWindows() && !hasLinker)
        {
            Skip = "Neither clang nor gcc is on the PATH; native AOT needs one to link. " +
                "Install one (Debian: apt-get install gcc zlib1g-dev) and run this again.";
        }
    }
}
