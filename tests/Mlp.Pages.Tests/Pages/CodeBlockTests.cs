using System.Diagnostics;
using Mlp.TestSupport;

namespace Mlp.Pages.Tests.Pages;

/// <summary>Every C# block of every page is compiled, and run unless it says why not; what the page shows below it is what it
/// prints.</summary>
public sealed class CodeBlockTests(PageCompiler compiler, ITestOutputHelper output) : IClassFixture<PageCompiler>
{
    private static readonly string[] Languages = ["csharp", "fsharp", "text", "sh", "diff", "python", "mermaid", "json"];

    public static TheoryData<string> Programs => [.. PageProgram.All.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void CodeBlocks_CompileRunAndPrintWhatIsShown(string name)
    {
        PageProgram program = PageProgram.All.Single(each => each.Name == name);
        long start = Stopwatch.GetTimestamp();
        IReadOnlyDictionary<int, string[]> printed = Run(program, switchedOff: null);
        foreach (CodeBlock block in program.Blocks.Where(block => block.IsRun))
        {
            if (program.Page.Blocks.SingleOrDefault(each => each.Language == "text" && each.Line == block.EndLine + 2) is { } shown)
                Assert.True(ShownOutput.Agrees(shown, printed[block.Line]),
                    $"{program.Page}({shown.Line}) shows\n{shown.Text}\nand the program printed\n{string.Join('\n', printed[block.Line])}");
        }
        output.WriteLine($"{program.Page}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s:");
        foreach (CodeBlock block in program.Blocks)
        {
            output.WriteLine($"  line {block.Line}: {(block.IsRun ? "ran" : block.Tag)}");
            foreach (string line in block.IsRun ? printed[block.Line] : [])
                output.WriteLine($"    > {line}");
        }
    }

    // With the widest instructions that the machine has it ran above.
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "Vector512")]
    [InlineData("DOTNET_EnableAVX2", "Vector256")]
    [InlineData("DOTNET_EnableHWIntrinsic", "Vector128")]
    public void Readme_PrintsWhatIsShown_WithNarrowerVectorInstructions(string switchedOff, string missing)
    {
        PageProgram program = PageProgram.All.First(each => each.Page.Path == "README.md");
        CodeBlock block = program.Blocks.Single(), shown = program.Page.Blocks.Single(each => each.Line == block.EndLine + 2);
        // An unknown switch would be ignored in silence.
        var question = new CodeBlock(
            "csharp", "", $"Console.WriteLine(System.Runtime.Intrinsics.{missing}.IsHardwareAccelerated);", block.EndLine + 1);

        IReadOnlyDictionary<int, string[]> printed = Run(program with { Blocks = [block, question] }, switchedOff);

        Assert.Equal((string[])["False"], printed[question.Line]);
        Assert.Equal(shown.Text.Split('\n'), printed[block.Line]);
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
        string[] commands =
            [.. MarkdownPage.Of("README.md").Blocks.Where(block => block.Language == "sh").SelectMany(block => block.Text.Split('\n'))];

        Assert.Contains("dotnet run --project samples/QuickStart", commands);
        Assert.Contains("dotnet test", commands);
    }

    /// <summary>What each block printed, in a folder of its own with the samples' tables.</summary>
    private IReadOnlyDictionary<int, string[]> Run(PageProgram program, string? switchedOff)
    {
        string assembly = compiler.Compile(program);
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("samples/data"));
        foreach (string table in Directory.EnumerateFiles(Repository.Path("samples/data"), "*.?sv"))
            File.Copy(table, folder.PathOf($"samples/data/{Path.GetFileName(table)}"));
        ProgramRun run = ConsoleProgram.Run(assembly, folder.FullPath, switchedOff, []);
        Assert.True(run.ExitCode == 0, $"{program.Name} ended with {run.ExitCode}:\n{run.Output}{run.Errors}");
        return PageProgram.SplitOutput(run.Output);
    }
}
