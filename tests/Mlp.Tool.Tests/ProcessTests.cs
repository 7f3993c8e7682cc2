using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML;
using Mlp.TestSupport;

namespace Mlp.Tool.Tests;

/// <summary>The command as a process of its own: signals, exit codes, what goes where.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data, _model;
    private readonly List<Process> _processes = [];

    public ProcessTests()
    {
        (_data, _model) = (_folder.PathOf("buyers.csv"), _folder.PathOf("model.zip"));
        File.WriteAllText(_data, ExampleTables.Buyers());
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void Interrupted_ItKeepsWhatWasLearnt_AndExitsWith130()
    {
        // Whoever interrupts before the first epoch is over has learnt nothing; a slow machine needs longer for it.
        for (int seconds = 1; !File.Exists(_model); seconds *= 2)
        {
            // A single network is kept wherever it is interrupted; so many epochs take hours.
            Process process = Start("train", _data, "-l", "buys?", "--preset", "plain", "--epochs", "1000000", "--out", _model, "--debug");
            string output = WaitForTraining(process);
            Thread.Sleep(TimeSpan.FromSeconds(seconds));
            Signal(process);
            output += process.StandardOutput.ReadToEnd();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 130, $"{process.ExitCode}: {error}");
            Assert.Contains("interrupted; ending with what there is so far", error);
            Assert.Equal(File.Exists(_model), output.Contains("accuracy", StringComparison.Ordinal));
        }
        new MLContext().Model.Load(_model, out _);
        Assert.Equal(["buyers.csv", "model.zip"], _folder.FileNames);
    }

    [Fact]
    public void InterruptedTwice_ItEndsAtOnce()
    {
        Process process = Start("train", _data, "-l", "buys?", "--preset", "plain", "--epochs", "1000000", "--out", "/dev/full/x.zip");
        process.WaitForExit();
        Assert.Equal(3, process.ExitCode);
        // Between the signals it must not come to its end: the second follows at once.
        Process second = Start("train", _data, "-l", "buys?", "--preset", "plain", "--epochs", "1000000", "--layers", "2000,2000",
            "--batch-size", "180", "--out", _model);
        WaitForTraining(second);
        Signal(second);
        string signal = Signal(second);
        second.WaitForExit();
        // Two signals of a kind that come before the first is looked at are one to the system, and one ends with 130 either way.
        Assert.Contains(second.ExitCode, signal == "INT" ? [130] : (int[])[130, 143]);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public async Task Piped_ThereIsNoColourAndNoBar_AndJsonIsAlone()
    {
        Process process = Start("train", _data, "-l", "buys?", "--preset", "fast", "--epochs", "2", "--out", _model, "--json");
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("train", JsonDocument.Parse(output).RootElement.GetProperty("command").GetString());
        Assert.All((await error).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("warning: ", line));
        Assert.DoesNotContain("\u001b", output + await error);
    }

    public void Dispose()
    {
        // A test that failed leaves none behind.
        foreach (Process process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _folder.Dispose();
    }

    private Process Start(params string[] args)
    {
        var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mlp.Tool.dll"), .. args])
            {
                RedirectStandardOutput =
                true,
                RedirectStandardError = true
            })!;
        _processes.Add(process);
        return process;
    }

    /// <summary>Reads until the training begins.</summary>
    private static string WaitForTraining(Process process)
    {
        string output = "";
        while (!output.Contains("Training on", StringComparison.Ordinal))
            output += (process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(process.StandardError.ReadToEnd())) + "\n";
        return output;
    }

    /// <summary>Sends SIGINT; SIGTERM where the shell that runs the tests has SIGINT ignored, which all its processes inherit.</summary>
    private static string Signal(Process process)
    {
        const ulong InterruptBit = 1 << 1;
        const string Field = "SigIgn:", Status = "/proc/self/status";
        string? ignored = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        bool isIgnored = ignored is not null && (Convert.ToUInt64(ignored[Field.Length..].Trim(), 16) & InterruptBit) != 0;
        string name = isIgnored ? "TERM" : "INT";
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
        return name;
    }
}
