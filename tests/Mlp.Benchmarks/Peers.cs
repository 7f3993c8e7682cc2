using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Mlp.Benchmarks;

/// <summary>One line of bench/peers.py.</summary>
/// <param name="Kind">train, score or gemm.</param>
/// <param name="Workload">The workload's name.</param>
/// <param name="Peer">torch, sklearn, numpy or openblas.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">rows/s, us/row or GFLOP/s.</param>
internal sealed record PeerResult(string Kind, string Workload, string Peer, double Value, string Unit);

/// <summary>Runs bench/peers.py, which measures what a user would take instead.</summary>
/// <param name="script">Its path; null or a missing file for no peers.</param>
/// <param name="python">The interpreter that has numpy, torch and scikit-learn.</param>
/// <param name="seconds">Per measurement.</param>
/// <param name="openBlasCore">Which processor's kernels OpenBLAS takes; null for its own choice. It treats a processor that is newer than
/// itself as one of 2004.</param>
internal sealed class Peers(string? script, string python, double seconds, string? openBlasCore)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Why there are no peers; null when there are.</summary>
    public string? Absence =>
        script is null ? "no --peers PATH was given"
        : !File.Exists(script) ? $"there is no file {script}"
        : null;

    /// <summary>The results of the workloads whose name contains a text.</summary>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    public IReadOnlyList<PeerResult> Run(string only, int threadCount)
    {
        if (Absence is not null)
            return [];
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
            [script!, "--only", only, "--threads", $"{threadCount}", "--seconds", seconds.ToString(CultureInfo.InvariantCulture)];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // A setting left in the environment must not make it choose slower ones.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        if (openBlasCore is not null)
            start.Environment["OPENBLAS_CORETYPE"] = openBlasCore;
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{script} ended with exit code {process.ExitCode}: {errors.Result}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<PeerResult>(line, Json)!)];
    }
}
