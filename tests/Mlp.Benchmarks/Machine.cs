using System.Reflection;
using System.Runtime.Intrinsics;

namespace Mlp.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Tier =>
        Vector512.IsHardwareAccelerated ? "Vector512" : Vector256.IsHardwareAccelerated ? "Vector256" : Vector128.IsHardwareAccelerated
        ? "Vector128" : "scalar";

    public static string Processor
    {
        get
        {
            if (!File.Exists("/proc/cpuinfo"))
                return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
            string[] lines = File.ReadAllLines("/proc/cpuinfo");
            string Field(string name) =>
                lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?";
            return $"{Field("model name")} (family {Field("cpu family")}, model {Field("model\t")})";
        }
    }

    /// <summary>The version of the package that a type comes from.</summary>
    public static string PackageVersion(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
