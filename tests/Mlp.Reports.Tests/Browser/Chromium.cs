using Microsoft.Playwright;

namespace Mlp.Reports.Tests.Browser;

/// <summary>The machine's own Chromium, without a window. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>An environment variable with the path of the browser; without it the browser is looked for on the PATH.</summary>
    public const string Variable = "CHROMIUM_PATH";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome.exe"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        // Without a sandbox: it cannot be had as root, and the pages are our own.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, ChromiumSandbox = false });
    }

    /// <summary>The open browser; a test that asks for it is skipped where there is none.</summary>
    public IBrowser OpenOrSkip()
    {
        Assert.SkipWhen(
            _browser is null,
            $"There is no Chromium on the PATH, and {Variable} is not set. "
            + "Install one (on Debian: apt-get install chromium) to have the pages looked at.");
        return _browser!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    private static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
