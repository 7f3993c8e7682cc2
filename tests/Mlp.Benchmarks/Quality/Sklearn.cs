using System.Diagnostics;
using System.Text.Json;

namespace Mlp.Benchmarks.Quality;

/// <summary>Runs sklearn_fit_times.py, which fits scikit-learn's nets to the same rows on the same machine.</summary>
/// <param name="python">The interpreter that has scikit-learn.</param>
/// <param name="folder">Where the sets are.</param>
internal sealed class Sklearn(string python, string folder)
{
    private static readonly string[] ThreadVariables = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Why it cannot run; null when it can.</summary>
    public string? Absence()
    {
        if (python == "none")
            return "left out by --python none";
        try
        {
            (int exitCode, _, string errors) = Run(["-c", "import sklearn, numpy"], threads: null);
            return exitCode == 0 ? null : $"{python} has no scikit-learn ({errors.Trim().Split('\n')[^1]}); name one that has by --python";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"{python} did not start ({exception.Message}); name another by --python";
        }
    }

    /// <summary>Fit times on one thread and on as many as the library takes.</summary>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    public IEnumerable<SklearnFit> Measure(QualitySet set)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Quality", "sklearn_fit_times.py");
        foreach (string? threads in (string?[])["1", null])
        {
            (int exitCode, string output, string errors) = Run([script, "--data", folder, "--set", set.Name], threads);
            if (exitCode != 0)
                throw new InvalidOperationException($"{script} ended with exit code {exitCode} on {set.Name}: {errors}");
            yield return JsonSerializer.Deserialize<SklearnFit>(output, Json)! with { Threads = threads is null ? "as it comes" : "one" };
        }
    }

    private (int ExitCode, string Output, string Errors) Run(string[] arguments, string? threads)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string variable in ThreadVariables)
        {
            start.Environment.Remove(variable);
            if (threads is not null)
                start.Environment[variable] = threads;
        }
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
