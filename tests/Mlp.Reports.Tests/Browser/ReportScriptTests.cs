using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Mlp.TestSupport;

namespace Mlp.Reports.Tests.Browser;

/// <summary>What a reader does with a report in Chromium: thresholds, tables, the rows explained, values on curves; and the page where no
/// script runs.</summary>
public sealed class ReportScriptTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly (double Probability, bool IsPositive)[] Rows = CreateRows();

    [Fact]
    public async Task Slider_MovesMatrixPrecisionRecallAndCost()
    {
        await using Visit visit = await Visit.To(chromium.OpenOrSkip());
        ILocator slider = visit.Page.GetByRole(AriaRole.Slider), panel = visit.Page.Locator(".threshold");
        await AssertShown(visit.Page, 0.5, missedCost: 1, alarmCost: 1);

        await slider.PressAsync("ArrowRight");
        await AssertShown(visit.Page, 0.501, missedCost: 1, alarmCost: 1);
        await Slide(slider, 312);
        await AssertShown(visit.Page, 0.312, missedCost: 1, alarmCost: 1);
        await visit.Page.GetByLabel("Cost of a row missed").FillAsync("5");
        await visit.Page.GetByLabel("Cost of a false alarm").FillAsync("0.5");
        await AssertShown(visit.Page, 0.312, missedCost: 5, alarmCost: 0.5);
        await Assertions.Expect(panel).ToContainTextAsync("Cost: 5 a row missed, 0.5 a false alarm");

        await visit.Page.GetByText("Lowest cost").ClickAsync();
        double best = double.Parse(await panel.Locator("output").InnerTextAsync(), CultureInfo.InvariantCulture);
        await AssertShown(visit.Page, best, missedCost: 5, alarmCost: 0.5);
        Assert.Equal(
            Enumerable.Range(0, 1001).Min(step => CostAt(step / 1000.0, missed: 5, alarm: 0.5)), CostAt(best, missed: 5, alarm: 0.5));
        Assert.Equal(Math.Round(1000 * best).ToString(CultureInfo.InvariantCulture), await slider.InputValueAsync());

        await visit.Page.GetByText("As the model has it").ClickAsync();
        await AssertShown(visit.Page, 0.5, missedCost: 5, alarmCost: 0.5);
        // Above 1 there is nothing: no precision, and no mark on its curve.
        await Slide(slider, 1000);
        await AssertShown(visit.Page, 1, missedCost: 5, alarmCost: 0.5);
        await Assertions.Expect(visit.Page.Locator("circle.own:not(.roc)")).ToBeHiddenAsync();
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Tables_AreSortedByAnyColumn_DownUpAndBack()
    {
        await using Visit visit = await Visit.To(chromium.OpenOrSkip());
        ILocator table = visit.Page.Locator("table", new() { HasTextRegex = new Regex("^By threshold") });
        await visit.Page.GetByText("The numbers").First.ClickAsync();
        ILocator header = table.GetByRole(AriaRole.Columnheader, new() { Name = "False alarms" });
        string[] before = await Column(table, 1);

        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(header).ToHaveAttributeAsync("aria-sort", "descending");
        int[] down = [.. (await Column(table, 4)).Select(each => int.Parse(each, CultureInfo.InvariantCulture))];
        Assert.Equal(down.OrderDescending(), down);
        Assert.NotEqual(down[0], down[^1]);
        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(header).ToHaveAttributeAsync("aria-sort", "ascending");
        Assert.Equal(down.Order(), (await Column(table, 4)).Select(each => int.Parse(each, CultureInfo.InvariantCulture)));
        await header.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Null(await header.GetAttributeAsync("aria-sort"));
        Assert.Equal(before, await Column(table, 1));

        // Percentages with a dash among them, and texts.
        await table.GetByRole(AriaRole.Button, new() { Name = "Precision" }).ClickAsync();
        string[] precision = await Column(table, 5);
        Assert.Equal("–", precision[^1]);
        double[] shares = [.. precision[..^1].Select(each => double.Parse(each.TrimEnd('%', '\u202F'), CultureInfo.InvariantCulture))];
        Assert.Equal(shares.OrderDescending(), shares);
        ILocator metrics = visit.Page.Locator("table", new() { HasText = "Log-loss (bits)" }).First;
        await metrics.GetByRole(AriaRole.Button, new() { Name = "Metric", Exact = true }).ClickAsync();
        Assert.Equal("Accuracy", (await Column(metrics, 1))[0]);
        Assert.Equal("Recall", (await Column(metrics, 1))[^1]);
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Search_LeavesTheRowsWithAllWords()
    {
        await using Visit visit = await Visit.To(chromium.OpenOrSkip());
        ILocator rows = visit.Page.Locator("table.explained tbody tr"), search = visit.Page.GetByRole(AriaRole.Searchbox);
        int count = await rows.CountAsync();
        Assert.InRange(count, 20, 60);
        string[] outcomes = await Column(visit.Page.Locator("table.explained"), 2);
        int expected = outcomes.Count(each => each.StartsWith("yes", StringComparison.Ordinal) && each.Contains("predicted no"));
        Assert.InRange(expected, 1, count - 1);

        await search.FillAsync("YES, predicted no");
        await Assertions.Expect(visit.Page.Locator(".search [role=status]")).ToHaveTextAsync(
            new Regex($@"^\d+ of {count} rows$"));
        string[] shown = await visit.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.explained tbody tr')].filter(row => row.offsetParent).map(row => row.cells[1].textContent)");
        Assert.Equal(outcomes.Where(each => each.Contains("yes,") && each.Contains("predicted") && each.Contains("no")), shown);
        await search.FillAsync("nowhere to be found");
        await Assertions.Expect(visit.Page.Locator("#rows figure:visible")).ToHaveCountAsync(0);
        await search.FillAsync("");
        Assert.Equal(count, await visit.Page.Locator("table.explained tbody tr:visible").CountAsync());
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Pointer_ReadsValuesOffCurves()
    {
        await using Visit visit = await Visit.To(chromium.OpenOrSkip());
        ILocator chart = visit.Page.Locator("svg.chart", new() { HasText = "true positive rate" });
        await chart.ScrollIntoViewIfNeededAsync();
        // Where the mark is, which is on the curve: the threshold 0.5.
        LocatorBoundingBoxResult box = (await chart.Locator("circle.own").BoundingBoxAsync())!;
        (int positives, int negatives) = (Rows.Count(row => row.IsPositive), Rows.Count(row => !row.IsPositive));
        double truth = Above(0.5, true) / (double)positives, alarm = Above(0.5, false) / (double)negatives;

        await visit.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);

        ILocator tip = visit.Page.Locator(".tip");
        await Assertions.Expect(tip).ToBeVisibleAsync();
        string[] lines = await tip.Locator("span").AllInnerTextsAsync() is { } texts ? [.. texts] : [];
        Assert.Equal(
            [$"false positive rate: {Percent(alarm)}", $"true positive rate: {Percent(truth)}"], lines[^2..]);
        await visit.Page.Mouse.MoveAsync(1, 1);
        await Assertions.Expect(tip).ToBeHiddenAsync();
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Pointer_ReadsValuesOffBars()
    {
        await using Visit visit = await Visit.To(chromium.OpenOrSkip());
        ILocator tip = visit.Page.Locator(".tip");
        // Bars that lie, in no frame: a short one is found at the pointer's height.
        ILocator lying = visit.Page.Locator("svg.chart", new() { HasText = "Permutation importance" });
        await Hover(lying.Locator("rect[data-value]").Last);
        Assert.Equal(
            await ReadingOf(lying.Locator("rect[data-value]").Last), await tip.Locator("span").AllInnerTextsAsync());
        Assert.StartsWith("balance", (await ReadingOf(lying.Locator("rect[data-value]").Last))[0], StringComparison.Ordinal);
        await visit.Page.Mouse.MoveAsync(1, 1);
        await Assertions.Expect(tip).ToBeHiddenAsync();

        // Bars that stand below a curve: far from its points.
        ILocator bar = visit.Page.Locator("svg.chart", new() { HasText = "Calibration" }).Locator("rect[data-value]").Last;
        await Hover(bar);
        Assert.Equal(await ReadingOf(bar), await tip.Locator("span").AllInnerTextsAsync());
        Assert.Equal("32 cases", (await ReadingOf(bar))[1]);
        Assert.Empty(visit.Problems);

        async Task Hover(ILocator each)
        {
            await each.ScrollIntoViewIfNeededAsync();
            LocatorBoundingBoxResult box = (await each.BoundingBoxAsync())!;
            await visit.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        }

        static async Task<string[]> ReadingOf(ILocator each) =>
            [(await each.GetAttributeAsync("data-name"))!, (await each.GetAttributeAsync("data-value"))!];
    }

    [Fact]
    public async Task WithoutScripts_EveryNumberIsThere_AndNothingThatWouldNotWork()
    {
        IBrowser browser = chromium.OpenOrSkip();
        await using Visit scripted = await Visit.To(browser), plain = await Visit.To(browser, runsScripts: false);

        await Assertions.Expect(scripted.Page.Locator(".controls:visible, .search:visible")).ToHaveCountAsync(2);
        await Assertions.Expect(plain.Page.Locator(".controls:visible, .search:visible, .sort, .tip")).ToHaveCountAsync(0);
        await Assertions.Expect(plain.Page.Locator(".threshold")).ToContainTextAsync("At the threshold 0.5");
        foreach (string part in (string[])["table td", "table th", "svg text", "figcaption", "main p"])
        {
            Assert.Equal(
                await scripted.Page.Locator(part).AllTextContentsAsync(), await plain.Page.Locator(part).AllTextContentsAsync());
        }
        Assert.Empty(plain.Problems);
    }

    private static Task Slide(ILocator slider, int step) => slider.EvaluateAsync(
        "(each, step) => { each.value = step; each.dispatchEvent(new Event('input', { bubbles: true })); }", step);

    private static async Task AssertShown(IPage page, double threshold, double missedCost, double alarmCost)
    {
        int found = Above(threshold, true), alarms = Above(threshold, false);
        int positives = Rows.Count(row => row.IsPositive), negatives = Rows.Length - positives;
        ILocator cells = page.Locator("table.confusion td.right, table.confusion td.wrong");
        int[] counts = [negatives - alarms, alarms, positives - found, found];
        await Assertions.Expect(cells).ToHaveTextAsync([.. counts.Select(each => each.ToString(CultureInfo.InvariantCulture))]);
        string precision = found + alarms == 0 ? "–" : Percent(found / (double)(found + alarms));
        string cost = CostAt(threshold, missedCost, alarmCost).ToString("#,0.##", CultureInfo.InvariantCulture);
        await Assertions.Expect(page.Locator(".threshold td")).ToHaveTextAsync(
        [
            precision, Percent(found / (double)positives), Percent(2.0 * found / (positives + found + alarms)),
            Percent((found + negatives - alarms) / (double)Rows.Length), (found + alarms).ToString(CultureInfo.InvariantCulture), cost,
        ]);
        await Assertions.Expect(page.Locator(".threshold caption")).ToHaveTextAsync(
            $"At the threshold {threshold.ToString("0.####", CultureInfo.InvariantCulture)}");
    }

    private static int Above(double threshold, bool isPositive) =>
        Rows.Count(row => row.Probability > threshold && row.IsPositive == isPositive);

    private static double CostAt(double threshold, double missed, double alarm) =>
        missed * (Rows.Count(row => row.IsPositive) - Above(threshold, true)) + alarm * Above(threshold, false);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "\u202F%";

    /// <summary>Probabilities that are never one of the slider's, of rows that are positive about as often as they say.</summary>
    private static (double Probability, bool IsPositive)[] CreateRows()
    {
        var random = new Numbers(5);
        return [.. Enumerable.Range(0, 320).Select(row => (row + 0.5) / 320).Select(
            probability => (probability, 0.6 * random.Next() + 0.2 < probability))];
    }

    private static async Task<string[]> Column(ILocator table, int column) =>
        [.. await table.Locator($"tbody tr > :nth-child({column})").AllTextContentsAsync()];

    /// <summary>The report of a network of two features, the first of which is the logit, in the browser.</summary>
    private sealed class Visit : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();

        private Visit(IPage page) => Page = page;

        public IPage Page { get; }

        public List<string> Problems { get; } = [];

        public static async Task<Visit> To(IBrowser browser, bool runsScripts = true)
        {
            IPage page = await browser.NewPageAsync(new BrowserNewPageOptions { JavaScriptEnabled = runsScripts });
            var visit = new Visit(page);
            page.Console += (_, message) => visit.Problems.Add($"the console says {message.Text}");
            page.PageError += (_, error) => visit.Problems.Add($"a script failed: {error}");
            string path = visit._folder.PathOf("report.html");
            CreateReport().Save(path);
            await page.GotoAsync(new Uri(path).AbsoluteUri);
            return visit;
        }

        public async ValueTask DisposeAsync()
        {
            await Page.CloseAsync();
            _folder.Dispose();
        }

        private static ModelReport CreateReport()
        {
            var network = Network<double>.Create(2, [Layer.Dense(1)]);
            ((double[])[1, 0]).CopyTo(network.Layers[0].Weights);
            var test = new ReportRows(inputCount: 2, targetCount: 1);
            foreach ((double probability, bool isPositive) in Rows)
                test.Add<double>([Math.Log(probability / (1 - probability)), 10_000 * probability - 5_000], [isPositive ? 1 : 0]);
            return ModelReport.Create(
                new Model<double>(network, link: OutputLink.Sigmoid), train: null, test,
                new ReportSettings { Title = "Thresholds", OutputNames = ["no", "yes"], FeatureNames = ["logit", "balance"] });
        }
    }
}
