using Microsoft.Playwright;

namespace Mlp.Reports.Tests.Browser;

/// <summary>The machine's own Chromium, without a window. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>An environment variable with the path of the browser. Without it the tests are skipped: they take a minute, and a browser
    /// answers in its own time.</summary>
    public const string Variable = "CHROMIUM_PATH";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
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
            $"{Variable} is not set. Run .ci/report, which finds or installs a Chromium, or set it to the path of one.");
        return _browser!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}
