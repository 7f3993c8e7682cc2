using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Mlp.Reports.Tests.Browser;
using Mlp.TestSupport;
using Mlp.Tool.Serving;
using Mlp.Tool.Tests.Serving;
using Mlp.Tool.Training;

namespace Mlp.Tool.Tests.Browser;

/// <summary>The pages of the command in Chromium: those that are served, and that of two models.</summary>
public sealed class ServedPagesTests(Chromium chromium, ServedModels models) : IClassFixture<Chromium>
{
    /// <summary>An environment variable with a folder that gets the pages and pictures of them.</summary>
    private const string FolderVariable = "REPORT_FOLDER";

    [Theory]
    [InlineData(360)]
    [InlineData(1200)]
    public async Task Form_TriesARow_AndShowsPredictionAndExplanation(int width)
    {
        IBrowser browser = chromium.OpenOrSkip();
        await using var server = await RunningServer.Start(new ServeSettings { ModelPath = models.Flights });
        await using Visit visit = await Visit.To(browser, server.Client.BaseAddress!, width);

        await visit.Page.GetByLabel("distance").FillAsync("far");
        await visit.Page.GetByLabel("remark").FillAsync("snow \"fog\" <b>");
        await visit.Page.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".problem")).ToContainTextAsync("expected is a number");
        await Assertions.Expect(visit.Page.GetByLabel("remark")).ToHaveValueAsync("snow \"fog\" <b>");

        await visit.Page.GetByLabel("distance").FillAsync("2000");
        await visit.Page.GetByLabel("tail").SelectOptionAsync("N3");
        await visit.Page.GetByRole(AriaRole.Button).ClickAsync();
        var outcome = new Regex("^late: (True|False)$");
        await Assertions.Expect(visit.Page.Locator("#prediction h2")).ToHaveTextAsync(outcome);
        await Assertions.Expect(visit.Page.Locator(".tile")).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.Locator("svg.chart text").GetByText("= 2000")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByLabel("tail")).ToHaveValueAsync("N3");
        await visit.Picture($"form-{width}");
        // The first answer was one of 400, which the console says.
        Assert.DoesNotContain(await visit.Problems(), problem => !problem.Contains("400", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_DrawsEpochsAsTheyCome_AndEndsWithTheTraining()
    {
        IBrowser browser = chromium.OpenOrSkip();
        var progress = new TrainingProgress(firstCount: 2, refitCount: 0, refitsContinue: false, threadCount: 2, "accuracy", () => 1);
        Visit visit;
        using (var watch = new TrainingWatch(port: 0, "<late> in flights.csv"))
        {
            Report(watch, progress, network: 0, epoch: 1);
            visit = await Visit.To(browser, watch.Address, width: 800);
            await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("network 1/2, epoch 1");
            Report(watch, progress, network: 0, epoch: 2);
            Report(watch, progress, network: 1, epoch: 1);
            Report(watch, progress, network: 1, epoch: 2);
            await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("network 2/2, epoch 2");
            // Loss and validation loss of two networks.
            await Assertions.Expect(visit.Page.Locator("#curves polyline")).ToHaveCountAsync(4);
            await visit.Picture("watch");
        }
        await using (visit)
        {
            await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("The training is over");
            await Assertions.Expect(visit.Page.Locator("#note")).ToBeEmptyAsync();
            Assert.Empty(await visit.Problems());
        }
    }

    [Fact]
    public async Task Comparison_SaysNothing_AsksForNothing_AndCanBeRead()
    {
        IBrowser browser = chromium.OpenOrSkip();
        using var temporary = new TemporaryFolder();
        string? kept = Environment.GetEnvironmentVariable(FolderVariable);
        string folder = kept is null ? temporary.FullPath : Directory.CreateDirectory(kept).FullName;
        foreach ((string name, string first, string second, string table) in ((string, string, string, string)[])
        [
            ("compare-classes", models.Flights, models.OtherFlights, "flights"),
            ("compare-numbers", models.Prices, models.OtherPrices, "prices"),
        ])
        {
            string path = Path.Combine(folder, name + ".html");
            ToolRun.Json("compare", first, second, models.TableOf(table), "--output", path);
            Assert.Empty(await PageCheck.Run(browser, path, takesScreenshots: kept is not null));
        }
    }

    private static void Report(TrainingWatch watch, TrainingProgress progress, int network, int epoch)
    {
        var report = new EpochResult(
            epoch, NumberOfEpochs: 10, Loss: 1.0 / epoch, ValidationLoss: 1.1 / epoch, LearningRate: 0.01, GradientNorm: 1, Seconds: 1)
        {
            NetworkIndex = network,
        };
        progress.Report(report);
        watch.Report(report, progress);
    }

    /// <summary>A page in the browser, and what is wrong with it.</summary>
    private sealed class Visit : IAsyncDisposable
    {
        private readonly List<string> _problems = [];

        private Visit(IPage page) => Page = page;

        public IPage Page { get; }

        public static async Task<Visit> To(IBrowser browser, Uri address, int width)
        {
            IPage page = await browser.NewPageAsync(
                new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 } });
            var visit = new Visit(page);
            page.Console += (_, message) => visit._problems.Add($"the console says {message.Text}");
            page.PageError += (_, error) => visit._problems.Add($"a script failed: {error}");
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal)
                    && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                    visit._problems.Add($"it asks for {request.Url}");
            };
            await page.GotoAsync(address.AbsoluteUri);
            return visit;
        }

        public async Task<IReadOnlyList<string>> Problems()
        {
            int[] widths = await Page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, innerWidth]");
            return widths[0] > widths[1] ? [.. _problems, $"the page is {widths[0]} pixels wide on a screen of {widths[1]}"] : _problems;
        }

        public async Task Picture(string name)
        {
            if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
                await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }

        public async ValueTask DisposeAsync() => await Page.CloseAsync();
    }
}
