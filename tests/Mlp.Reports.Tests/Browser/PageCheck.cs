using Microsoft.Playwright;

namespace Mlp.Reports.Tests.Browser;

/// <summary>Looks at a page in a browser: what the console says, what it asks the network for, and where texts overlap or are cut
/// off.</summary>
internal static class PageCheck
{
    private static readonly (string Name, int Width, ColorScheme Scheme)[] Views =
    [
        ("telephone", 360, ColorScheme.Light), ("tablet", 800, ColorScheme.Dark), ("desktop", 1400, ColorScheme.Light),
        ("desktop-dark", 1400, ColorScheme.Dark),
    ];

    private static readonly string Script = ReadScript();

    /// <summary>Checks a page in every view.</summary>
    /// <param name="browser">Open.</param>
    /// <param name="path">Of the page, whose name the screenshots get.</param>
    /// <param name="takesScreenshots">Whether they are put beside the page.</param>
    /// <returns>What is wrong, a sentence each, with the view before it.</returns>
    public static async Task<List<string>> Run(IBrowser browser, string path, bool takesScreenshots)
    {
        var problems = new List<string>();
        string address = new Uri(Path.GetFullPath(path)).AbsoluteUri;
        foreach ((string name, int width, ColorScheme scheme) in Views)
        {
            IPage page = await browser.NewPageAsync(
                new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
            page.Console += (_, message) => problems.Add($"{name}: the console says {message.Text}");
            page.PageError += (_, error) => problems.Add($"{name}: a script failed: {error}");
            page.Request += (_, request) =>
            {
                if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                    problems.Add($"{name}: it asks for {request.Url}");
            };
            await page.GotoAsync(address);
            // Details are closed, as a reader first sees the page.
            if (takesScreenshots)
                await page.ScreenshotAsync(
                    new PageScreenshotOptions { Path = Path.ChangeExtension(path, $".{name}.png"), FullPage = true });
            problems.AddRange((await page.EvaluateAsync<string[]>(Script)).Select(problem => $"{name}: {problem}"));
            await page.CloseAsync();
        }
        return problems;
    }

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(PageCheck).Assembly.GetManifestResourceStream("page-check.js")!);
        return reader.ReadToEnd();
    }
}
