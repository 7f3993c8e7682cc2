// Reports of every task, looked at in a browser; and the drawings of docs/gallery.md.
//
//   dotnet run --project tests/Mlp.ReportCheck -- write <folder> [<name> …]   the reports
//   dotnet run --project tests/Mlp.ReportCheck -- check <folder> [<name> …]   the reports, checked in headless Chromium, with screenshots
//   dotnet run --project tests/Mlp.ReportCheck -- gallery <folder>            the drawings; the folder is docs/gallery
//
// Ends with exit code 1 when a report has a problem, and with 3 when there is no Chromium to look with.
using System.Globalization;
using Mlp.ReportCheck;
using Mlp.Reports;
using Mlp.Reports.Tests.Figures;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;
if (args is ["gallery", string gallery])
{
    Directory.CreateDirectory(gallery);
    Gallery.Write(gallery);
    return 0;
}
if (args is not ["write" or "check", string folder, .. string[] names] || names.Except(ReportSamples.All.Keys).Any())
{
    Console.Error.WriteLine($"Usage: gallery <folder>, or write|check <folder> [{string.Join("] [", ReportSamples.All.Keys)}]");
    return 2;
}
Directory.CreateDirectory(folder);
string[] chosen = names.Length == 0 ? [.. ReportSamples.All.Keys] : names;
foreach (string name in chosen)
{
    long start = Environment.TickCount64;
    ModelReport report = ReportSamples.All[name]();
    string path = Path.Combine(folder, name + ".html");
    report.Save(path);
    Console.WriteLine($"{name}: {new FileInfo(path).Length / 1024} KB in {(Environment.TickCount64 - start) / 1000.0:F1} s");
}
return args[0] == "write" ? 0 : await Check();

async Task<int> Check()
{
    await using Chromium? browser = await Chromium.TryStart();
    if (browser is null)
    {
        Console.Error.WriteLine("There is no chromium on the PATH; the reports were written and not looked at. On Debian: apt-get install chromium.");
        return 3;
    }
    int problemCount = 0;
    foreach (string name in chosen)
    {
        List<string> problems = await PageCheck.Run(browser.Page, Path.Combine(folder, name + ".html"));
        foreach (string problem in problems)
            Console.WriteLine($"  {name}, {problem}");
        problemCount += problems.Count;
    }
    Console.WriteLine($"{chosen.Length} reports in 4 views each: {problemCount} problems.");
    return problemCount == 0 ? 0 : 1;
}
