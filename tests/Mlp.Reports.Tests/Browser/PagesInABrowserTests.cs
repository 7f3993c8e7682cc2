using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Mlp.TestSupport;

namespace Mlp.Reports.Tests.Browser;

/// <summary>Reports of every task, looked at in Chromium on a telephone and on large screens, light and dark.</summary>
public sealed class PagesInABrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>An environment variable with a folder that keeps the pages and gets screenshots of them.</summary>
    private const string FolderVariable = "REPORT_FOLDER";

    public static TheoryData<string> Samples => [.. ReportSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Report_SaysNothing_AsksForNothing_AndCanBeRead(string name)
    {
        IBrowser browser = chromium.OpenOrSkip();
        using var temporary = new TemporaryFolder();
        string? kept = Environment.GetEnvironmentVariable(FolderVariable);
        string path = Path.Combine(kept is null ? temporary.FullPath : Directory.CreateDirectory(kept).FullName, name + ".html");
        ReportSamples.All[name]().Save(path);

        Assert.Empty(await PageCheck.Run(browser, path, takesScreenshots: kept is not null));
    }

    [Fact]
    public async Task PageCheck_FindsEveryFault()
    {
        IBrowser browser = chromium.OpenOrSkip();
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("faulty.html");
        await File.WriteAllTextAsync(path, """
            <!DOCTYPE html><html><head><title>Faulty</title></head><body style="margin:0">
            <h1 id="twice" onclick="stop()">Title</h1><h3 id="twice">Too deep</h3>
            <a href="#nowhere">Link</a><p aria-labelledby="nobody">x</p>
            <p style="width:5000px">Too wide</p><p style="width:40px;overflow:hidden;white-space:nowrap">Hidden beyond the edge</p>
            <svg class="chart" viewBox="0 0 100 100" width="100" height="100"><title>T</title>
              <text x="10" y="20">first</text><text x="12" y="22">second</text><text x="90" y="60">leaving</text>
              <text x="10" y="80" font-size="3">tiny</text>
            </svg>
            <img src="missing.png" alt=""/><script>console.log("hello"); throw new Error("thrown");</script>
            </body></html>
            """, TestContext.Current.CancellationToken);

        List<string> problems = await PageCheck.Run(browser, path, takesScreenshots: true);

        string[] expected =
        [
            "the console says hello", "a script failed: .*thrown", "it asks for file:.*missing.png",
            "the page is 5000 pixels wide on a screen of 360",
            "there are 1 scripts", "H1 has the attribute onclick", "'Too wide' ends at 5000 of 360", "'Hidden beyond the edge' is cut off",
            "'first' and 'second' overlap in 'T'", "'leaving' leaves the drawing 'T'", "'tiny' in 'T' is only .* pixels high",
            "a heading of level 3 follows one of level 1", "the id 'twice' is there twice", "there is no 'nobody'",
            "the link 'Link' leads nowhere",
        ];
        Assert.All(expected, fault => Assert.Contains(problems, problem => Regex.IsMatch(problem, $"^telephone: {fault}")));
        Assert.Contains("desktop-dark: the id 'twice' is there twice", problems);
        Assert.Equal(
            ["faulty.desktop-dark.png", "faulty.desktop.png", "faulty.html", "faulty.tablet.png", "faulty.telephone.png"],
            folder.FileNames);
    }
}
