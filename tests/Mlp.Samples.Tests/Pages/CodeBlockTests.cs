using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Mlp.Samples.Tests.Pages;

/// <summary>Every C# block of every page is compiled, and run unless it says why not; what the page shows below it is what it prints.</summary>
public sealed partial class CodeBlockTests(PageCompiler compiler, ITestOutputHelper output) : IClassFixture<PageCompiler>
{
    // Another processor may round differently and so end in slightly different parameters.
    private const double FigureTolerance = 0.02;

    private static readonly string[] Languages = ["csharp", "text", "sh", "diff", "python", "mermaid", "json"];

    public static TheoryData<string> Programs => [.. PageProgram.All.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void CodeBlocks_CompileRunAndPrintWhatIsShown(string name)
    {
        PageProgram program = PageProgram.All.Single(each => each.Name == name);
        string assembly = compiler.Compile(program);
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("samples/data"));
        foreach (string table in Directory.EnumerateFiles(Repository.Path("samples/data"), "*.csv"))
            File.Copy(table, folder.File($"samples/data/{Path.GetFileName(table)}"));

        long start = Stopwatch.GetTimestamp();
        ProgramRun run = ConsoleProgram.Run(assembly, folder.Path);

        Assert.True(run.ExitCode == 0, $"{name} ended with {run.ExitCode}:\n{run.Output}{run.Errors}");
        IReadOnlyDictionary<int, string[]> printed = PageProgram.SplitOutput(run.Output);
        foreach (CodeBlock block in program.Blocks.Where(block => block.IsRun))
        {
            if (program.Page.Blocks.SingleOrDefault(each => each.Language == "text" && each.Line == block.EndLine + 2) is { } shown)
                AssertSame($"{program.Page}({shown.Line})", shown.Text.Split('\n'), printed[block.Line], isExact: shown.Tag == "exact");
        }
        output.WriteLine($"{program.Page}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s:");
        foreach (CodeBlock block in program.Blocks)
        {
            output.WriteLine($"  line {block.Line}: {(block.IsRun ? "ran" : block.Tag)}");
            foreach (string line in block.IsRun ? printed[block.Line] : [])
                output.WriteLine($"    > {line}");
        }
    }

    [Fact]
    public void EveryBlock_HasAKnownLanguageAndTag() => Assert.All(MarkdownPage.All, page => Assert.All(page.Blocks, block =>
    {
        Assert.Contains(block.Language, Languages);
        bool isKnown = block.Language == "csharp" ? block.HasKnownTag : block.Tag == "" || (block.Language, block.Tag) == ("text", "exact");
        Assert.True(isKnown, $"{page}({block.Line}): {block.Language} {block.Tag}");
    }));

    [Fact]
    public void Readme_NamesTheTwoCommandsThatTheCheckRuns()
    {
        string[] commands = [.. MarkdownPage.Of("README.md").Blocks.Where(block => block.Language == "sh").SelectMany(block => block.Text.Split('\n'))];

        Assert.Contains("dotnet run --project samples/QuickStart", commands);
        Assert.Contains("dotnet test", commands);
    }

    private static void AssertSame(string place, string[] expected, string[] actual, bool isExact)
    {
        string program = $"{place} shows\n{string.Join('\n', expected)}\nand the program printed\n{string.Join('\n', actual)}";
        if (isExact)
            Assert.True(expected.SequenceEqual(actual), program);
        Assert.True(expected.Select(Shape).SequenceEqual(actual.Select(Shape)), program);
        foreach ((string expectedLine, string actualLine) in expected.Zip(actual))
        {
            foreach ((Match shown, Match printed) in Number.Matches(expectedLine).Zip(Number.Matches(actualLine)))
            {
                double expectedNumber = double.Parse(shown.Value, CultureInfo.InvariantCulture);
                double difference = expectedNumber - double.Parse(printed.Value, CultureInfo.InvariantCulture);
                Assert.True(Math.Abs(difference) <= FigureTolerance * Math.Max(1, Math.Abs(expectedNumber)), program);
            }
        }
    }

    // Without the numbers, and without the spaces that align them.
    private static string Shape(string line) => Spaces.Replace(Number.Replace(line, "#"), " ");

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number { get; }

    [GeneratedRegex(" +")]
    private static partial Regex Spaces { get; }
}
