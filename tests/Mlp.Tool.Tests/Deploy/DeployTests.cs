using System.Diagnostics;
using Mlp.TestSupport;

namespace Mlp.Tool.Tests;

/// <summary>What is under samples/Deploy, as schedulers run it.</summary>
public sealed class DeployTests : IDisposable
{
    private const string SlurmVariable = "MLP_SLURM";

    private readonly TemporaryFolder _folder = new();

    private static string Root => Path.GetFullPath(Path.Combine(SampleTables.PathOf(""), "..", ".."));

    private static string Tool => Path.Combine(AppContext.BaseDirectory, "Mlp.Tool.dll");

    public void Dispose() => _folder.Dispose();

    /// <summary>One task as Slurm numbers them, one as Kubernetes does.</summary>
    [Fact]
    public void Script_TrainsThePartOfItsTask()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for bash.");
        string data = _folder.PathOf("data.csv");
        File.WriteAllText(data, ExampleTables.Buyers());
        string[] options = ["--label", "buys?", "--preset", "plain", "--networks", "2", "--epochs", "1", "--quiet"];
        (int code, string text) = RunScript("JOB_COMPLETION_INDEX", "0", [data, .. options]);
        Assert.True(code == 0, text);
        (code, text) = RunScript("SLURM_ARRAY_TASK_ID", "2", [data, .. options]);
        Assert.True(code == 0, text);
        var joined = ToolRun.Of(
            "join", _folder.PathOf("parts/part-1-of-2"), _folder.PathOf("parts/part-2-of-2"), "--out", _folder.PathOf("model.zip"));
        Assert.True(joined.IsDone, joined.Error);

        (code, text) = RunScript("SLURM_ARRAY_TASK_ID", "2", [data, .. options]);
        Assert.Equal((0, "parts/part-2-of-2 is there already; remove it to train it again.\n"), (code, text));
        (code, text) = RunScript("OTHER", "2", [data]);
        Assert.Equal(2, code);
        Assert.StartsWith("Neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set:", text, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void SlurmArray_TrainsTheModelOfOneProcess()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable(SlurmVariable) is null,
            $"{SlurmVariable} is not set. Set it, or run .ci/slurm, which starts a cluster of one node (Debian: apt-get install "
                + "slurm-wlm).");
        (int code, string text) = Run(Path.Combine(Root, ".ci", "slurm"), [], ("MLP_TOOL", Tool));
        Assert.SkipWhen(text.StartsWith("Skipped: ", StringComparison.Ordinal), text);
        Assert.True(code == 0, text);
        Assert.Contains("An array of 5:  fingerprint", text, StringComparison.Ordinal);
    }

    [Fact]
    public void KubernetesJobs_NameTheScriptAndAsManyPartsAsPods()
    {
        string job = File.ReadAllText(Path.Combine(Root, "samples", "Deploy", "kubernetes.yaml"));
        Assert.Contains("completionMode: Indexed", job, StringComparison.Ordinal);
        Assert.Contains("completions: 5\n", job.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("{ name: MLP_PARTS, value: \"5\" }", job, StringComparison.Ordinal);
        Assert.Contains("/data/train-part.sh", job, StringComparison.Ordinal);
        Assert.Contains(
            "mlp join /data/parts/part-*-of-5",
            File.ReadAllText(Path.Combine(Root, "samples", "Deploy", "kubernetes-join.yaml")), StringComparison.Ordinal);
    }

    private (int Code, string Text) RunScript(string variable, string value, string[] arguments) => Run(
        Path.Combine(Root, "samples", "Deploy", "train-part.sh"), arguments,
        (variable, value), ("MLP", $"dotnet {Tool}"), ("MLP_PARTS", "2"));

    private (int Code, string Text) Run(string script, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", [script, .. arguments])
        {
            WorkingDirectory = _folder.FullPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in (string[])["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"])
            start.Environment.Remove(name);
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
