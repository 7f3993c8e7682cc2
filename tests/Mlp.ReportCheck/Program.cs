// Reports of every task, looked at in a browser.
//
//   dotnet run --project tests/Mlp.ReportCheck -- write <folder> [<name> …]   the reports
//   dotnet run --project tests/Mlp.ReportCheck -- check <folder> [<name> …]   the reports, checked in headless Chromium, with screenshots
using System.Globalization;
using Mlp;
using Mlp.ReportCheck;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;
if (args is not ["write" or "check", string folder, .. string[] names] || names.Except(ReportSamples.All.Keys).Any())
{
    Console.Error.WriteLine($"Usage: write|check <folder> [{string.Join("] [", ReportSamples.All.Keys)}]");
    return 2;
}
Directory.CreateDirectory(folder);
foreach (string name in names.Length == 0 ? ReportSamples.All.Keys : names)
{
    long start = Environment.TickCount64;
    ModelReport report = ReportSamples.All[name]();
    string path = Path.Combine(folder, name + ".html");
    report.Save(path);
    Console.WriteLine($"{name}: {new FileInfo(path).Length / 1024} KB in {(Environment.TickCount64 - start) / 1000.0:F1} s");
}
return 0;
