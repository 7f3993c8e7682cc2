using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>Links, devices, pipes and the standard streams in the place of files.</summary>
public sealed class RedirectionTests : IClassFixture<RedirectionTests.TrainedModel>, IDisposable
{
    private readonly TrainedModel _trained;
    private readonly TemporaryFolder _folder = new();

    public RedirectionTests(TrainedModel trained) => _trained = trained;

    [Fact]
    public void Predict_ThroughALink_WritesTheFileItLeadsTo()
    {
        string real = _folder.PathOf("real.csv");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(_folder.PathOf("out.csv"), "chain.csv");
        File.CreateSymbolicLink(_folder.PathOf("chain.csv"), "real.csv");
        Assert.Equal(ExitCode.Success, Predict(_folder.PathOf("out.csv")).ExitCode);
        Assert.Equal(_trained.Scored, File.ReadAllText(real));
        Assert.Equal("chain.csv", new FileInfo(_folder.PathOf("out.csv")).LinkTarget);
        Assert.Equal(["chain.csv", "out.csv", "real.csv"], _folder.FileNames);
    }

    [Fact]
    public void Predict_IntoItsOwnInput_IsRefused_ByWhateverName()
    {
        File.CreateSymbolicLink(_folder.PathOf("data"), _trained.DataPath);
        File.CreateSymbolicLink(_folder.PathOf("model"), _trained.ModelPath);
        Assert.Contains("the command reads that file", ToolRun.Fails(
            ExitCode.Usage, "predict", _trained.ModelPath, _trained.DataPath, "--out", _folder.PathOf("data")));
        Assert.Contains("the command reads that file", ToolRun.Fails(
            ExitCode.Usage, "predict", _trained.ModelPath, _folder.PathOf("data"), "--out", _trained.DataPath));
        Assert.Contains("the command reads that file", ToolRun.Fails(
            ExitCode.Usage, "predict", _trained.ModelPath, _trained.DataPath, "--out", _folder.PathOf("model")));
        Assert.Equal(ExampleTables.Buyers(60), File.ReadAllText(_trained.DataPath));
    }

    [Fact]
    public void EveryOutput_OfTrain_FollowsLinks()
    {
        string[] names = ["model.zip", "report.html", "Program.cs"];
        foreach (string name in names)
            File.CreateSymbolicLink(_folder.PathOf("to-" + name), name);
        var run = ToolRun.Of(
            "train", _trained.DataPath, "-l", "buys?", "--preset", "fast", "--epochs", "1", "--out", _folder.PathOf("to-model.zip"),
            "--report", _folder.PathOf("to-report.html"), "--code", _folder.PathOf("to-Program.cs"));
        Assert.True(run.IsDone, run.Error);
        Assert.All(names, name => Assert.True(new FileInfo(_folder.PathOf(name)) is { LinkTarget: null, Length: > 1000 }, name));
        Assert.All(names, name => Assert.Equal(name, new FileInfo(_folder.PathOf("to-" + name)).LinkTarget));
        new MLContext().Model.Load(_folder.PathOf("model.zip"), out _);
    }

    [Fact]
    public void EveryOutput_MayGoToADevice()
    {
        if (!File.Exists("/dev/null"))
            return;
        Assert.Equal(ExitCode.Success, Predict("/dev/null").ExitCode);
        Assert.Equal(
            ExitCode.Success, ToolRun.Of("export", _trained.ModelPath, "--onnx", "/dev/null", "--safetensors", "/dev/null").ExitCode);
        var run = ToolRun.Of(
            "train", _trained.DataPath, "-l", "buys?", "--preset", "fast", "--epochs", "1", "--out", "/dev/null", "--report", "/dev/null",
            "--code", "/dev/null");
        Assert.True(run.IsDone, run.Error);
        Assert.True(FileTarget.At("/dev/null").IsStream);
    }

    /// <summary>What a killed save left goes with the next one.</summary>
    [Fact]
    public void Predict_TidiesUp()
    {
        File.WriteAllText(_folder.PathOf("scored.csv.0123abcd.temporary"), "half");
        Predict(_folder.PathOf("scored.csv"));
        Assert.Equal(["scored.csv"], _folder.FileNames);
    }

    /// <summary>The table and nothing else is on standard output.</summary>
    [Theory]
    [InlineData("-", "-")]
    [InlineData("/dev/stdin", "/dev/stdout")]
    public async Task StandardInputAndOutput_TakeThePlaceOfFiles(string input, string output)
    {
        if (OperatingSystem.IsWindows() && input != "-")
            return;
        (int exitCode, byte[] bytes, string error) = await RunAsync(
            File.ReadAllBytes(_trained.DataPath), "predict", _trained.ModelPath, input, "--out", output);
        Assert.True(exitCode is 0 or (int)ExitCode.NoBetterThanGuess, error);
        Assert.Equal(_trained.Scored, System.Text.Encoding.UTF8.GetString(bytes));
        Assert.Contains("60 rows with PredictedLabel", error);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public async Task Train_WritesTheModelToStandardOutput_AndPredictReadsItThere()
    {
        (int exitCode, byte[] model, string error) = await RunAsync(
            File.ReadAllBytes(_trained.DataPath), "train", "-", "-l", "buys?", "--preset", "fast", "--epochs", "1", "--out", "-");
        Assert.True(exitCode is 0 or (int)ExitCode.NoBetterThanGuess, error);
        Assert.Contains("accuracy", error);
        Assert.Contains("Written: standard output", error);
        using (var zip = new ZipArchive(new MemoryStream(model)))
            Assert.NotNull(zip.GetEntry("Mlp.Tool/notes.json"));
        (exitCode, byte[] text, error) = await RunAsync(model, "inspect", "-");
        Assert.True(exitCode is 0 or (int)ExitCode.NoBetterThanGuess, error);
        Assert.Contains("fingerprint", System.Text.Encoding.UTF8.GetString(text));
    }

    [Fact]
    public void OneStream_ForTwoThings_IsRefused()
    {
        Assert.Contains("--json and --out - both write to standard output", Assert.Single(
            ToolRun.Of("predict", "m", "d", "--out", "-", "--json").Error.Split('\n'), line => line.Length > 0));
        Assert.Contains("for another option", ToolRun.Fails(ExitCode.Usage, "export", "m", "--onnx", "-", "--safetensors", "-"));
        Assert.Contains("Model and data are both -", ToolRun.Fails(ExitCode.Usage, "predict", "-", "-", "--out", _folder.PathOf("x.csv")));
        Assert.Contains("Model and data are both -", ToolRun.Fails(ExitCode.Usage, "evaluate", "-", "-"));
    }

    public void Dispose() => _folder.Dispose();

    private ToolRun Predict(string path) => ToolRun.Of("predict", _trained.ModelPath, _trained.DataPath, "--out", path);

    private static async Task<(int ExitCode, byte[] Output, string Error)> RunAsync(byte[] input, params string[] args)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mlp.Tool.dll"), .. args])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        Task copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await Task.WhenAll(copy, process.WaitForExitAsync());
        return (process.ExitCode, output.ToArray(), await error);
    }

    /// <summary>A model, the table it was trained on, and that table with its predictions.</summary>
    public sealed class TrainedModel : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public TrainedModel()
        {
            File.WriteAllText(DataPath, ExampleTables.Buyers(60));
            var run = ToolRun.Of("train", DataPath, "-l", "buys?", "--preset", "fast", "--epochs", "2", "--out", ModelPath);
            Assert.True(run.IsDone, run.Error);
            string scored = _folder.PathOf("scored.csv");
            Assert.Equal(ExitCode.Success, ToolRun.Of("predict", ModelPath, DataPath, "--out", scored).ExitCode);
            Scored = File.ReadAllText(scored);
            Assert.Contains("PredictedLabel", Scored, StringComparison.Ordinal);
        }

        public string DataPath => _folder.PathOf("buyers.csv");

        public string ModelPath => _folder.PathOf("model.zip");

        public string Scored { get; }

        public void Dispose() => _folder.Dispose();
    }
}
