using System.Net;
using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;
using Mlp.Tool.Training;

namespace Mlp.Tool.Tests.Training;

/// <summary>The page of a training, by real requests.</summary>
public class TrainingWatchTests
{
    [Fact]
    public async Task Events_AllAndInOrder_WheneverAClientComes_AndTheStreamEndsWithTheTraining()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var client = new HttpClient();
        var progress = new TrainingProgress(firstCount: 1, refitCount: 0, refitsContinue: false, threadCount: 1, "accuracy", () => 4);
        Task<string> early, late;
        using (var watch = new TrainingWatch(port: 0, "late in flights.csv"))
        {
            var events = new Uri(watch.Address, "events");
            Task<HttpResponseMessage> first = client.GetAsync(events, HttpCompletionOption.ResponseHeadersRead, token);
            Report(watch, progress, 1);
            Report(watch, progress, 2);
            Task<HttpResponseMessage> second = client.GetAsync(events, HttpCompletionOption.ResponseHeadersRead, token);
            // Their headers come with the first events: they are there before the training ends.
            early = (await first).Content.ReadAsStringAsync(token);
            late = (await second).Content.ReadAsStringAsync(token);
            Report(watch, progress, 3);
        }
        string text = await early;
        Assert.Equal(text, await late);
        string[] parts = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, parts.Length);
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            string[] lines = parts[epoch - 1].Split('\n');
            Assert.Equal("event: epoch", lines[0]);
            JsonElement data = JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement;
            Assert.Equal(epoch, data.GetProperty("epoch").GetInt32());
            Assert.Equal(0.5 / epoch, data.GetProperty("validationLoss").GetDouble());
            Assert.Equal(epoch / 10.0, data.GetProperty("fraction").GetDouble(), 1e-12);
            Assert.Equal(4.0 / epoch * (10 - epoch), data.GetProperty("secondsLeft").GetDouble(), 1e-9);
        }
        Assert.StartsWith("event: end\n", parts[3]);
    }

    [Fact]
    public async Task Page_RunsItsOwnScriptAlone_AndOtherPathsAreProblems()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var watch = new TrainingWatch(port: 0, "<late>");
        using var client = new HttpClient { BaseAddress = watch.Address };
        string page = await client.GetStringAsync("/", token), script = await client.GetStringAsync("/watch.js", token);
        Assert.Contains("<h1>&lt;late&gt;</h1>", page);
        Assert.Contains("script-src 'self'", page);
        Assert.Contains("new EventSource('/events')", script);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/x", token)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/", null, token)).StatusCode);
    }

    [Fact]
    public async Task Train_WithWatch_PrintsAnAddress_WhereNobodyListensAfterwards()
    {
        using var folder = new TemporaryFolder();
        string data = folder.PathOf("flights.csv");
        await File.WriteAllTextAsync(data, ExampleTables.Flights(), TestContext.Current.CancellationToken);

        var run = ToolRun.Of(
            "train", data, "--label", "late", "--preset", "fast", "--epochs", "2", "--out", folder.PathOf("m.zip"), "--watch");

        Assert.True(run.IsDone, run.Error);
        string line = run.Out.Split('\n').Single(text => text.StartsWith("Watch the training at ", StringComparison.Ordinal));
        var address = new Uri(line.Split(' ')[4]);
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--port 1 is where the page of --watch listens", "--port", "1")]
    [InlineData("--port 70000: it must be a number from 0 to 65535", "--watch", "--port", "70000")]
    public void Train_PortThatMakesNoSense_IsRefused(string message, params string[] options) => Assert.Contains(
        message, ToolRun.Fails(ExitCode.Usage, ["train", "x.csv", "--label", "y", .. options]));

    private static void Report(TrainingWatch watch, TrainingProgress progress, int epoch)
    {
        var report = new EpochResult(
            epoch, NumberOfEpochs: 10, Loss: 1.0 / epoch, ValidationLoss: 0.5 / epoch, LearningRate: 0.01, GradientNorm: 1, Seconds: 1);
        progress.Report(report);
        watch.Report(report, progress);
    }
}
