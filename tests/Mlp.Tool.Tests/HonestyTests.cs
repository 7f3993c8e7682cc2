using System.Globalization;
using System.Text;
using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;
using Mlp.Tool.Training;

namespace Mlp.Tool.Tests;

/// <summary>What the command says where a model, or its figures, are not what they seem.</summary>
public sealed class HonestyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ModelNoBetterThanTheGuess_EndsWithACodeOfItsOwn()
    {
        var random = new Random(1);
        string noise = Table("a,b,y", 200, _ => $"{random.Next(1000)},{random.Next(1000)},{(random.Next(3) == 0 ? "x" : "z")}");

        ToolRun trained = Train(noise, "y");

        Assert.Equal(ExitCode.NoBetterThanGuess, trained.ExitCode);
        Assert.Contains("warning: This model is no better than the guess \"always z\": accuracy 0.", trained.Error);
        // It is written all the same, and evaluate says the same of it.
        string other = Table("a,b,y", 200, _ => $"{random.Next(1000)},{random.Next(1000)},{(random.Next(3) == 0 ? "x" : "z")}");
        var evaluated = ToolRun.Of("evaluate", _folder.PathOf("model.zip"), other);
        Assert.Equal(ExitCode.NoBetterThanGuess, evaluated.ExitCode);
        Assert.Contains("no better than the guess", evaluated.Error);
        var json = ToolRun.Of("evaluate", _folder.PathOf("model.zip"), other, "--json");
        JsonElement document = JsonDocument.Parse(json.Out).RootElement;
        Assert.Equal((5, true), (document.GetProperty("exitCode").GetInt32(), document.GetProperty("noBetterThanGuess").GetBoolean()));
    }

    [Fact]
    public void TestRowsThatTrainingHas_AreCounted()
    {
        // Every row is there twice, and a tenth of the copies tests.
        string copies = Table(
            "a,b,y,split", 200, i =>
                $"{i % 100 * 37 % 101},{i % 100},{(i % 100 * 37 % 101 > 50 ? "x" : "z")},{(i < 20 ? "test" : "train")}");

        ToolRun run = Train(copies, "y", "--split-column", "split");

        Assert.Contains("20 of 20 test rows are also among the training rows", run.Error);
        string none = Table("a,b,y", 200, i => $"{i * 37 % 401},{i},{(i * 37 % 401 > 200 ? "x" : "z")}");
        Assert.DoesNotContain("also among the training rows", Train(none, "y").Error);
    }

    [Fact]
    public void ColumnsThatTellTheLabel_AreSaidBesideTheFigures()
    {
        string leak = Table("a,result,y", 200, i => $"{i * 37 % 401},{(i % 3 == 0 ? "won" : "lost")},{(i % 3 == 0 ? "x" : "z")}");

        Assert.Contains("The figures above say nothing if result is not known before the label is", Train(leak, "y").Error);

        // Several values for each class.
        string codes = Table("a,code,y", 600, i => $"{i * 37 % 401},c{i % 6},{(i % 6 < 2 ? "x" : "z")}");
        Assert.Contains("The figures above say nothing if code is not known before the label is", Train(codes, "y").Error);

        // Two columns tell the label, and none alone, but the figures are too good.
        string both = Table("a,b,y", 600, i => $"a{i % 2},b{i / 2 % 2},{(i % 4 == 0 ? "x" : "z")}");
        Assert.Contains("nearly perfect", Train(both, "y").Error);
    }

    [Fact]
    public void RowsWithDates_ShouldBeTestedOnTheLatest()
    {
        string dates = Table("day,n,y", 300, i => string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateTime(2020, 1, 1).AddDays(i * 7 % 300):yyyy-MM-dd},{i * 37 % 101},{i * 37 % 101 + i % 7 / 10.0}"));

        Assert.Contains("The rows have dates (day), and test rows lie between training rows in time", Train(dates, "y").Error);

        ToolRun latest = Train(dates, "y", "--test-latest", "day", "--code", _folder.PathOf("Program.cs"));
        Assert.DoesNotContain("in time", latest.Error);
        Assert.Contains("testing on 75: the latest by column 'day'", latest.Out);
        Assert.Contains("float[] times = [.. rows.Select(row => row.Day)];", File.ReadAllText(_folder.PathOf("Program.cs")));
        Assert.Contains("--test-latest n: that is no column of dates. The table has day.",
            ToolRun.Fails(ExitCode.Usage, "train", dates, "-l", "y", "--test-latest", "n", "--out", _folder.PathOf("m.zip")));
        Assert.Contains("contradict each other", ToolRun.Fails(
            ExitCode.Usage, "train", dates, "-l", "y", "--test-latest", "day", "--split-column", "n", "--out", _folder.PathOf("m.zip")));
    }

    [Fact]
    public void TrainingCutShort_SaysWhatWasNotDone()
    {
        var progress = new TrainingProgress(firstCount: 10, refitCount: 10, refitsContinue: false, threadCount: 1, "accuracy", () => 1);
        progress.Report(Epoch(network: 0, epoch: 7));
        progress.Report(Epoch(network: 1, epoch: 3));

        Assert.Equal(
            "The training was cut short: 2 of 10 networks were begun, the last one in epoch 3 of at most 100; 0 of 10 refits on all rows "
                + "were begun. The model is what there was by then; train again for the whole of it.",
            progress.CutShort);
    }

    private static EpochResult Epoch(int network, int epoch) => new(epoch, 100, 1, null, 0, 0, 0) { NetworkIndex = network };

    private ToolRun Train(string data, string label, params string[] more) =>
        ToolRun.Of(["train", data, "-l", label, "--preset", "fast", "--epochs", "30", "--out", _folder.PathOf("model.zip"), .. more]);

    private string Table(string header, int rowCount, Func<int, string> row)
    {
        var text = new StringBuilder(header).Append('\n');
        for (int i = 0; i < rowCount; i++)
            text.Append(row(i)).Append('\n');
        string path = _folder.PathOf($"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
