using System.Globalization;
using System.Text.RegularExpressions;

namespace Mlp.Samples.Tests;

public partial class ReadmeTests
{
    // Another processor may round differently and so end in slightly different parameters.
    private const double FigureTolerance = 0.02;

    public static TheoryData<int> CSharpBlocks =>
        [.. Enumerable.Range(0, Blocks.Count).Where(index => Blocks[index].Language == "csharp")];

    private static IReadOnlyList<CodeBlock> Blocks { get; } = MarkdownCode.Read(Repository.Path("README.md"));

    [Theory]
    [MemberData(nameof(CSharpBlocks))]
    public void CodeBlock_CompilesRunsAndPrintsWhatIsShown(int index)
    {
        using var folder = new TemporaryFolder();
        string assembly = SnippetCompiler.Compile(Blocks[index], folder.Path);
        Directory.CreateDirectory(folder.File("samples/data"));
        File.Copy(Repository.Path("samples/data/breast_cancer.csv"), folder.File("samples/data/breast_cancer.csv"));

        ProgramRun run = ConsoleProgram.Run(assembly, folder.Path);

        Assert.True(run.ExitCode == 0, $"The code block at line {Blocks[index].Line} ended with {run.ExitCode}:\n{run.Output}{run.Errors}");
        Assert.Equal("text", Blocks[index + 1].Language);
        AssertSameUpToFigures(Blocks[index + 1].Text.Split('\n'), run.Lines);
    }

    [Fact]
    public void Readme_NamesTheTwoCommandsThatTheCheckRuns()
    {
        string[] commands = [.. Blocks.Where(block => block.Language == "sh").SelectMany(block => block.Text.Split('\n'))];

        Assert.Contains("dotnet run --project samples/QuickStart", commands);
        Assert.Contains("dotnet test", commands);
    }

    private static void AssertSameUpToFigures(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        Assert.Equal(expected.Select(line => Number.Replace(line, "#")), actual.Select(line => Number.Replace(line, "#")));
        foreach ((string expectedLine, string actualLine) in expected.Zip(actual))
        {
            foreach ((Match shown, Match printed) in Number.Matches(expectedLine).Zip(Number.Matches(actualLine)))
            {
                double difference = double.Parse(shown.Value, CultureInfo.InvariantCulture) - double.Parse(printed.Value, CultureInfo.InvariantCulture);
                Assert.True(Math.Abs(difference) <= FigureTolerance, $"The README shows \"{expectedLine}\", the program printed \"{actualLine}\".");
            }
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number { get; }
}
