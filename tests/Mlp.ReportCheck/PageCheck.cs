using System.Text.Json;

namespace Mlp.ReportCheck;

/// <summary>Looks at a report in a browser: what the console says, what it asks the network for, and where texts overlap or are cut off.</summary>
internal static class PageCheck
{
    /// <summary>Name, width in CSS pixels and colour scheme.</summary>
    private static readonly (string Name, int Width, string Scheme)[] Views =
        [("telephone", 360, "light"), ("tablet", 800, "dark"), ("desktop", 1400, "light"), ("desktop-dark", 1400, "dark")];

    // Boxes of texts are higher than their letters; neighbours may touch.
    private const string Script = """
        (() => {
          const problems = [];
          document.querySelectorAll('details').forEach(each => each.open = true);
          if (document.documentElement.scrollWidth > innerWidth) problems.push(`the page is ${document.documentElement.scrollWidth} pixels wide on a screen of ${innerWidth}`);
          if (document.scripts.length) problems.push(`there are ${document.scripts.length} scripts`);
          for (const each of document.querySelectorAll('*'))
            for (const attribute of each.attributes)
              if (/^on/i.test(attribute.name) || /^\s*javascript:/i.test(attribute.value)) problems.push(`${each.tagName} has the attribute ${attribute.name}`);
          for (const each of document.querySelectorAll('h1,h2,h3,p,li,dt,dd,figcaption,summary,th,td,a')) {
            const box = each.getBoundingClientRect();
            if (box.right > innerWidth + 1 && !each.closest('.scroll')) problems.push(`'${each.textContent.slice(0, 40)}' ends at ${Math.round(box.right)} of ${innerWidth}`);
            if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0 && getComputedStyle(each).overflow !== 'visible') problems.push(`'${each.textContent.slice(0, 40)}' is cut off`);
          }
          for (const svg of document.querySelectorAll('svg.chart')) {
            const frame = svg.getBoundingClientRect(), title = svg.querySelector('title').textContent;
            const texts = [...svg.querySelectorAll('text')].map(each => ({ text: each.textContent, box: each.getBoundingClientRect() })).filter(each => each.box.width > 0);
            for (const { text, box } of texts) {
              if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2) problems.push(`'${text}' leaves the drawing '${title}'`);
              if (box.height < 9) problems.push(`'${text}' in '${title}' is only ${box.height.toFixed(1)} pixels high`);
            }
            for (let i = 0; i < texts.length; i++)
              for (let j = i + 1; j < texts.length; j++) {
                const a = texts[i].box, b = texts[j].box;
                const width = Math.min(a.right, b.right) - Math.max(a.left, b.left), height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (width > 1 && height > 0.3 * Math.min(a.height, b.height)) problems.push(`'${texts[i].text}' and '${texts[j].text}' overlap in '${title}'`);
              }
          }
          const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1]);
          levels.forEach((level, index) => { if (index && level > levels[index - 1] + 1) problems.push(`a heading of level ${level} follows one of level ${levels[index - 1]}`); });
          const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
          ids.filter((id, index) => ids.indexOf(id) !== index).forEach(id => problems.push(`the id '${id}' is there twice`));
          document.querySelectorAll('[aria-labelledby]').forEach(each => each.getAttribute('aria-labelledby').split(' ').forEach(id => { if (!document.getElementById(id)) problems.push(`there is no '${id}'`); }));
          document.querySelectorAll('a[href^="#"]').forEach(each => { if (!document.getElementById(each.getAttribute('href').slice(1))) problems.push(`the link '${each.textContent}' leads nowhere`); });
          return problems;
        })()
        """;

    /// <summary>Checks one report in all views and takes its screenshots.</summary>
    /// <param name="page">Of the browser.</param>
    /// <param name="path">The report; the screenshots are put beside it.</param>
    /// <returns>What is wrong, a sentence each.</returns>
    public static async Task<List<string>> Run(DevTools page, string path)
    {
        var problems = new List<string>();
        string address = new Uri(Path.GetFullPath(path)).AbsoluteUri;
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
            await page.Send($"{domain}.enable");
        foreach ((string name, int width, string scheme) in Views)
        {
            await page.Send("Emulation.setDeviceMetricsOverride", new { width, height = 900, deviceScaleFactor = 1, mobile = false });
            await page.Send("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });
            await page.Send("Page.navigate", new { url = address });
            problems.AddRange((await Load(page, address)).Select(problem => $"{name}: {problem}"));
            // Closed details, as a reader first sees it.
            JsonElement shot = await page.Send("Page.captureScreenshot", new { format = "png", captureBeyondViewport = true, clip = await Size(page, width) });
            await File.WriteAllBytesAsync(Path.ChangeExtension(path, $".{name}.png"), shot.GetProperty("data").GetBytesFromBase64());
            JsonElement found = await page.Send("Runtime.evaluate", new { expression = Script, returnByValue = true });
            if (found.TryGetProperty("exceptionDetails", out JsonElement details))
                throw new InvalidOperationException($"The check itself failed: {details}");
            problems.AddRange(found.GetProperty("result").GetProperty("value").EnumerateArray().Select(problem => $"{name}: {problem.GetString()}"));
        }
        return problems;
    }

    private static async Task<object> Size(DevTools page, int width)
    {
        JsonElement metrics = await page.Send("Page.getLayoutMetrics");
        double height = Math.Min(16_000, metrics.GetProperty("cssContentSize").GetProperty("height").GetDouble());
        return new { x = 0, y = 0, width, height, scale = 1 };
    }

    /// <summary>Waits until the page is loaded; returns what the console and the network had to say.</summary>
    private static async Task<List<string>> Load(DevTools page, string address)
    {
        var problems = new List<string>();
        bool isLoaded = false;
        for (int attempt = 0; !isLoaded; attempt++)
        {
            if (attempt == 600)
                throw new TimeoutException($"{address} was not loaded within 30 seconds.");
            await Task.Delay(50);
            foreach ((string method, JsonElement parameters) in page.TakeEvents())
            {
                isLoaded |= method == "Page.loadEventFired";
                if (method is "Log.entryAdded" or "Runtime.exceptionThrown" or "Runtime.consoleAPICalled")
                    problems.Add($"the console says {parameters}");
                if (method == "Network.requestWillBeSent" && parameters.GetProperty("request").GetProperty("url").GetString() is string url
                    && url != address && !url.StartsWith("data:", StringComparison.Ordinal))
                {
                    problems.Add($"it asks for {url}");
                }
            }
        }
        return problems;
    }
}
