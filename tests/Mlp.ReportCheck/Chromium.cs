using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Mlp.ReportCheck;

/// <summary>A headless browser in a process of its own, and one page of it.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly string _profile;

    private Chromium(Process process, string profile, DevTools page) => (_process, _profile, Page) = (process, profile, page);

    public DevTools Page { get; }

    /// <summary>Null when the machine has no browser of that kind.</summary>
    public static async Task<Chromium?> TryStart()
    {
        string profile = Directory.CreateTempSubdirectory("report-check").FullName;
        // Without a sandbox: it cannot be had as root, and the pages are our own.
        string[] arguments =
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"];
        foreach (string name in Names)
        {
            try
            {
                Process process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
                process.BeginErrorReadLine();
                process.BeginOutputReadLine();
                return new Chromium(process, profile, await Connect(profile));
            }
            catch (Win32Exception)
            {
                // Not there by that name; the next one.
            }
        }
        Directory.Delete(profile, recursive: true);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Page.DisposeAsync();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    /// <summary>The browser writes its port into a file when it listens.</summary>
    private static async Task<DevTools> Connect(string profile)
    {
        string portFile = Path.Combine(profile, "DevToolsActivePort");
        for (int attempt = 0; ; attempt++)
        {
            if (File.Exists(portFile) && File.ReadAllLines(portFile) is [string port, ..])
            {
                using var http = new HttpClient();
                using var targets = JsonDocument.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/json/list"));
                JsonElement page = targets.RootElement.EnumerateArray().First(target => target.GetProperty("type").GetString() == "page");
                return await DevTools.Connect(page.GetProperty("webSocketDebuggerUrl").GetString()!);
            }
            if (attempt == 300)
                throw new TimeoutException("Chromium did not open its debugging port within 30 seconds.");
            await Task.Delay(100);
        }
    }
}
