using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.ML;

namespace Mlp.Soak;

/// <summary>The results for people and for programs.</summary>
internal static class SoakTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Machine =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, "
        + $"Microsoft.ML {VersionOf(typeof(MLContext).Assembly)}";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Markdown(IReadOnlyCollection<SoakResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine}").AppendLine();
        text.AppendLine("| promise | tried | failures | seconds | remarks |").AppendLine("|---|---:|---:|---:|---|");
        foreach (SoakResult result in results)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {result.Promise} | {result.Count:N0} {result.Counted} | {result.FailureCount:N0} | {result.Seconds:N0} | "
                    + $"{result.Remark} |");
        }
        return text.ToString();
    }

    public static string Json(SoakOptions options, IReadOnlyCollection<SoakResult> results) =>
        JsonSerializer.Serialize(new { Machine, options.Time.TotalMinutes, options.Seed, Results = results }, Indented);
}
