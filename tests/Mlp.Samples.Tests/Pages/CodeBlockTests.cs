using System.Diagnostics;
using Xunit.Abstractions;

namespace Mlp.Samples.Tests.Pages;

/// <summary>Every C# block of every page is compiled, and run unless it says why not; what the page shows below it is what it prints.</summary>
public sealed class CodeBlockTests(PageCompiler compiler, ITestOutputHelper output) : IClassFixture<PageCompiler>
{
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
                Assert.True(ShownOutput.Agrees(shown, printed[block.Line]), $"{program.Page}({shown.Line}) shows\n{shown.Text}\nand the program printed\n{string.Join('\n', printed[block.Line])}");
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
        bool isKnown = block.Language == "csharp" ? block.HasKnownTag : block.Tag == "";
        Assert.True(isKnown, $"{page}({block.Line}): {block.Language} {block.Tag}");
    }));

    [Fact]
    public void Readme_NamesTheTwoCommandsThatTheCheckRuns()
    {
        string[] commands = [.. MarkdownPage.Of("README.md").Blocks.Where(block => block.Language == "sh").SelectMany(block => block.Text.Split('\n'))];

        Assert.Contains("dotnet run --project samples/QuickStart", commands);
        Assert.Contains("dotnet test", commands);
    }
}
