using System.Text;
using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>mlp update: a model that learns on from new rows.</summary>
public sealed class UpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_LearnsNewRows_InPlace_DayAfterDay(bool isInModel)
    {
        string model = Train([.. isInModel ? (string[])["--replay-in-model"] : []]);
        Assert.Equal(!isInModel, File.Exists(model + ".replay"));
        long seen = 0;
        // A town that the training did not see, of prices of its own.
        string day = Write("day.csv", Prices(120, ["a", "c"], seed: 2)), later = Write("later.csv", Prices(60, ["c"], seed: 9));
        double before = Rmse(model, later);
        for (int turn = 0; turn < 3; turn++)
        {
            JsonElement update = ToolRun.Json("update", model, day);
            Assert.True(update.GetProperty("rowsSeen").GetInt64() > seen);
            seen = update.GetProperty("rowsSeen").GetInt64();
            if (turn > 0)
                continue;
            JsonElement town = update.GetProperty("drift").EnumerateArray().Single(
                column => column.GetProperty("column").GetString() == "town");
            Assert.Equal("large", town.GetProperty("level").GetString());
            Assert.Equal(0.5, town.GetProperty("unknownNow").GetDouble(), precision: 2);
            Assert.Equal("price", update.GetProperty("drift").EnumerateArray().Last().GetProperty("column").GetString());
        }
        Assert.True(Rmse(model, later) < 0.8 * before, $"{before} before, {Rmse(model, later)} after");
        Assert.True(ToolRun.Of("predict", model, day, "--out", _folder.PathOf("scored.csv")).IsDone);
    }

    [Fact]
    public void Update_ToAnotherFile_LeavesTheModelAlone()
    {
        string model = Train(), next = _folder.PathOf("next.zip");
        byte[] before = File.ReadAllBytes(model), memory = File.ReadAllBytes(model + ".replay");
        var run = ToolRun.Of("update", model, Write("day.csv", Prices(120, ["a", "b"], seed: 2)), "--output", next);
        Assert.True(run.IsDone, run.Error);
        Assert.Contains("New rows (120), before the model learnt from them", run.Out);
        Assert.Contains("Drift: the new rows beside all before (population stability index)", run.Out);
        Assert.Equal(before, File.ReadAllBytes(model));
        Assert.Equal(memory, File.ReadAllBytes(model + ".replay"));
        Assert.True(File.Exists(next + ".replay"));
    }

    [Fact]
    public void ModelWithoutAMemory_IsUpdatedWithAWarning()
    {
        string model = Train(hasMemory: false);
        var run = ToolRun.Of("update", model, Write("day.csv", Prices(60, ["a", "b"], seed: 2)));
        Assert.True(run.IsDone, run.Error);
        Assert.Contains("has no memory of its training: it learns from the new rows alone", run.Error);
        Assert.False(File.Exists(model + ".replay"));
    }

    [Fact]
    public void WhatIsWrong_IsSaid_AndTheModelStays()
    {
        string model = Train(), day = Write("day.csv", Prices(60, ["a", "b"], seed: 2));
        byte[] before = File.ReadAllBytes(model);
        Assert.Contains("lacks a column that is needed: size", ToolRun.Fails(
            ExitCode.BadInput, "update", model, Write("other.csv", "town,rooms,price\na,1,2\nb,2,3\n")));
        Assert.Contains("--out", ToolRun.Fails(ExitCode.Usage, "update", model, day, "--out", day));
        Assert.Contains("the model goes to -", ToolRun.Fails(ExitCode.Usage, "update", model, day, "--out", "-"));
        Assert.Contains("--replay -1: it must be at least 0", ToolRun.Fails(
            ExitCode.Usage, "train", day, "--label", "price", "--replay", "-1"));
        Assert.Contains("Give --replay, too", ToolRun.Fails(ExitCode.Usage, "train", day, "--label", "price", "--replay-in-model"));
        Assert.Contains("--replay needs all networks", ToolRun.Fails(
            ExitCode.Usage, "train", day, "--label", "price", "--replay", "10", "--member", "1/2"));
        File.WriteAllText(model + ".replay", "no memory");
        Assert.Contains("cannot be read: This is not the memory of a model", ToolRun.Fails(ExitCode.BadInput, "update", model, day));
        Assert.Equal(before, File.ReadAllBytes(model));
    }

    private static double Rmse(string model, string data) =>
        ToolRun.Metrics(ToolRun.Json("evaluate", model, data))["rootMeanSquaredError"].Value;

    private string Train(string[]? further = null, bool hasMemory = true)
    {
        string model = _folder.PathOf("model.zip");
        var run = ToolRun.Of(
            ["train", Write("table.csv", Prices(400, ["a", "b"], seed: 1)), "--label", "price", "--preset", "fast", "--epochs", "30",
                "--out", model, .. hasMemory ? (string[])["--replay", "1000"] : [], .. further ?? []]);
        Assert.True(run.IsDone, run.Error);
        return model;
    }

    private static string Prices(int rowCount, string[] towns, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("town,size,rooms,price\n");
        for (int row = 0; row < rowCount; row++)
        {
            string town = towns[row % towns.Length];
            double size = 40 + 100 * random.NextDouble();
            int rooms = random.Next(1, 6);
            double price = 3 * size + 20 * rooms + 100 * (town[0] - 'a') + 10 * random.NextDouble();
            text.Append(FormattableString.Invariant($"{town},{size:F1},{rooms},{price:F1}\n"));
        }
        return text.ToString();
    }

    private string Write(string name, string text)
    {
        string path = _folder.PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }
}
