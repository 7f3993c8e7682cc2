using System.Diagnostics;
using System.Globalization;

namespace Mlp.Packages.Tests;

/// <summary>A program of the folder Programs, published with a packed package.</summary>
internal sealed class PublishedProgram
{
    private readonly string _folder;

    /// <param name="packages">Where the package comes from.</param>
    /// <param name="name">Of the project's folder.</param>
    /// <param name="package">The package that the program uses.</param>
    /// <param name="program">Its source: Pipeline.cs or Engine.cs.</param>
    /// <param name="options">Of dotnet publish, separated by spaces, as docs/hosting.md shows them.</param>
    public PublishedProgram(PackedPackages packages, string name, string package, string program, string options)
    {
        Assert.Contains($"`dotnet publish {options}`", File.ReadAllText(BuildFacts.Path("docs/hosting.md")));
        var project = new ConsumerProgram(packages, name, package, ReadSource(program));
        _folder = Path.Combine(project.Folder, "published");
        (int exitCode, Output) = project.Build(["publish", "-o", _folder, .. options.Split(' ')]);
        Assert.True(exitCode == 0, Output);
        // Without symbols, which nobody needs to run it.
        Megabytes = new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Extension is not (".pdb" or ".dbg")).Sum(file => file.Length) / 1e6;
    }

    /// <summary>What dotnet publish printed.</summary>
    public string Output { get; }

    public double Megabytes { get; }

    public string FileNamed(string name) => Path.Combine(_folder, name);

    public static string ReadSource(string program) => File.ReadAllText(BuildFacts.Path($"tests/Mlp.Packages.Tests/Programs/{program}"));

    /// <summary>Runs the program.</summary>
    /// <returns>Its answer; the processor time until then, and the time of the whole process as seen from outside, in seconds.</returns>
    public (string Answer, double CpuSeconds, double Seconds) Run(params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        string file = FileNamed(OperatingSystem.IsWindows() ? "App.exe" : "App");
        (int exitCode, string output) = DotnetCommand.RunProgram(file, _folder, arguments);
        Assert.True(exitCode == 0, output);
        string[] lines = output.TrimEnd().Split('\n');
        return (lines[0].TrimEnd(), double.Parse(lines[1], CultureInfo.InvariantCulture), watch.Elapsed.TotalSeconds);
    }

    /// <summary>Size, and median times of five new processes that load a model and predict one row.</summary>
    public string Measure(string model)
    {
        (string Answer, double CpuSeconds, double Seconds)[] runs = [.. Enumerable.Range(0, 5).Select(_ => Run("predict", model))];
        double cpu = runs.Select(run => run.CpuSeconds).Order().ElementAt(2), all = runs.Select(run => run.Seconds).Order().ElementAt(2);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Megabytes:F1} MB, {1000 * cpu:F0} ms of processor to the first answer, {1000 * all:F0} ms for the process");
    }
}
