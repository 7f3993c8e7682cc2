using System.Text.Json;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <content>What ends a training before it begins, or without a model.</content>
public sealed partial class TrainTests
{
    [Theory]
    [InlineData(nameof(ExitCode.BadInput), "does not exist", "train", "nosuch.csv", "--label", "y")]
    [InlineData(nameof(ExitCode.Usage), "--label", "train", "nosuch.csv")]
    [InlineData(nameof(ExitCode.Usage), "Unknown option --epoch; did you mean --epochs? See: mlp train --help", "train", "x.csv", "-l", "y",
        "--epoch", "5")]
    [InlineData(nameof(ExitCode.Usage), "Unknown option --epohcs; did you mean --epochs?", "train", "x.csv", "--epohcs=5", "-l", "y")]
    [InlineData(nameof(ExitCode.Usage), "Unknown option --jsn; did you mean --json?", "inspect", "x.zip", "--jsn")]
    [InlineData(nameof(ExitCode.Usage), "Unknown option --nothing-like-it. See: mlp evaluate --help", "evaluate", "x.zip", "x.csv",
        "--nothing-like-it")]
    [InlineData(nameof(ExitCode.Usage), "Unknown command trian; did you mean train? See: mlp --help", "trian", "x.csv", "-l", "y")]
    [InlineData(nameof(ExitCode.BadInput), "-x.csv does not exist", "train", "-l", "y", "--", "-x.csv")]
    [InlineData(nameof(ExitCode.Usage), "--test 1.5: it must lie between 0 and 1", "train", "x.csv", "-l", "y", "--test", "1.5")]
    [InlineData(nameof(ExitCode.Usage), "--test and --split-column contradict each other", "train", "x.csv", "-l", "y", "--test", "0.5",
        "--split-column", "s")]
    [InlineData(nameof(ExitCode.Usage), "--header and --no-header contradict", "train", "x.csv", "-l", "y", "--header", "--no-header")]
    [InlineData(nameof(ExitCode.Failed), "there is no folder", "train", "x.csv", "-l", "y", "--out", "/no/such/folder/model.zip")]
    [InlineData(nameof(ExitCode.Usage), "--layers 3,x", "train", "x.csv", "-l", "y", "--layers", "3,x")]
    [InlineData(nameof(ExitCode.Usage), "--separator ab", "train", "x.csv", "-l", "y", "--separator", "ab")]
    [InlineData(nameof(ExitCode.Usage), "Both --number and --ignore name the column 'a'", "train", "x.csv", "-l", "y", "--number", "a",
        "--ignore", "a")]
    [InlineData(nameof(ExitCode.Usage), "--preset slow: it can be default, fast, best, plain.", "train", "x.csv", "-l", "y", "--preset",
        "slow")]
    [InlineData(nameof(ExitCode.Usage), "--task 1: it can be auto, binary, multiclass, regression. See: mlp train --help", "train",
        "x.csv", "-l", "y", "--task", "1")]
    [InlineData(nameof(ExitCode.Usage), "--learning-rate 0,01: it must be a number with a decimal point", "train", "x.csv", "-l", "y",
        "--learning-rate", "0,01")]
    [InlineData(nameof(ExitCode.Usage), "--epochs 1.5: it must be a whole number. See: mlp train --help", "train", "x.csv", "-l", "y",
        "--epochs", "1.5")]
    [InlineData(nameof(ExitCode.Usage), "--report a.zip: the command reads that file, or writes it for another option", "train", "x.csv",
        "-l", "y", "--out", "a.zip", "--report", "a.zip")]
    [InlineData(nameof(ExitCode.Usage), "--code r.html: the command reads that file", "train", "x.csv", "-l", "y", "--report", "r.html",
        "--code", "r.html")]
    [InlineData(nameof(ExitCode.Usage), "--code x.data.csv: the command reads that file", "train", "x.data.csv", "-l", "y", "--code",
        "x.cs")]
    [InlineData(nameof(ExitCode.Usage), "--safetensors m.bin: the command reads that file", "export", "x.zip", "--onnx", "m.bin",
        "--safetensors", "m.bin")]
    [InlineData(nameof(ExitCode.Usage), "--help", "nosuch")]
    [InlineData(nameof(ExitCode.Usage), "--help")]
    public void BadArguments_AreOneLine_WithTheirExitCode(string exitCode, string expected, params string[] args) =>
        Assert.Contains(expected, ToolRun.Fails(Enum.Parse<ExitCode>(exitCode), args));

    [Theory]
    [InlineData("--epochs", "0", "mlp: --epochs is 0; it must be at least 1.")]
    [InlineData("--learning-rate", "-1", "mlp: --learning-rate is -1; it must be positive and finite.")]
    [InlineData("--networks", "0", "mlp: --networks is 0; it must be from 1 to 1,000.")]
    public void ValuesOutOfRange_AreUsageErrors_InTheWordsOfTheCommand(string option, string value, string line)
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        Assert.Equal(
            line, ToolRun.Fails(ExitCode.Usage, "train", data, "-l", "buys?", option, value, "--out", _folder.PathOf("model.zip")));
        Assert.Equal(["buyers.csv"], _folder.FileNames);
    }

    [Fact]
    public void Train_OnAColumnThatIsNotThere_ListsThoseThatAre()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        string line = ToolRun.Fails(ExitCode.BadInput, "train", data, "-l", "buy", "--out", _folder.PathOf("model.zip"));
        Assert.Contains("buys?", line);
    }

    [Fact]
    public void Train_WithJson_GivesTheErrorAsJson()
    {
        var run = ToolRun.Of("train", "nosuch.csv", "-l", "y", "--json");
        JsonElement document = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(1, document.GetProperty("exitCode").GetInt32());
        Assert.Contains("nosuch.csv does not exist", document.GetProperty("error").GetString());
    }

    [Fact]
    public void Train_CancelledBeforeItBegan_WritesNothing()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var run = ToolRun.Of(cancelled.Token, "train", data, "-l", "buys?", "--out", _folder.PathOf("model.zip"));
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal(["buyers.csv"], _folder.FileNames);
    }

    [Fact]
    public void Train_ThatDiverges_FailsWithWhatTheTrainerSays()
    {
        string data = Write("prices.csv", ExampleTables.Prices());
        string line = ToolRun.Fails(
            ExitCode.Failed, "train", data, "-l", "price", "--preset", "plain", "--learning-rate", "1e18", "--layers", "64,64", "--out",
            _folder.PathOf("model.zip"));
        Assert.Contains("Lower --learning-rate", line);
        Assert.Equal(["prices.csv"], _folder.FileNames);
    }
}
