namespace Mlp.Pages.Tests.Pages;

/// <summary>The commands of every page, in shell blocks and in the text, name projects, verbs and options that exist.</summary>
public class CommandTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_NameWhatExists(string path)
    {
        var page = MarkdownPage.Of(path);
        IEnumerable<(string Text, int Line)> blocks = page.Blocks.Where(block => block.Language == "sh")
            .SelectMany(block => block.Text.Split('\n').Select((text, index) => (text, block.Line + 1 + index)));
        // What begins with an ellipsis is the end of a command given before.
        IEnumerable<(string Text, int Line)> spans = page.CodeSpans.Where(span => (span.Text.StartsWith(
            "dotnet ", StringComparison.Ordinal) || span.Text.StartsWith("mlp ", StringComparison.Ordinal)) && span.Text.Contains(" -"));
        string[] problems = [.. blocks.Concat(spans).Where(each => each.Text != "").SelectMany(
            each => Commands.Problems(each.Text).Select(problem => $"{path}({each.Line}): {each.Text}: {problem}"))];

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("dotnet run --project tests/Mlp.Nothing", "tests/Mlp.Nothing has no project")]
    [InlineData("dotnet run --project tests/Mlp.Soak -- --hours 3", "tests/Mlp.Soak does not know --hours")]
    [InlineData("dotnet run --project tests/Mlp.Benchmarks -- guess --seeds 1", "tests/Mlp.Benchmarks does not know guess")]
    [InlineData("dotnet test tests/Mlp.Tests --filter FullyQualifiedName~NoSuchTests", "no test of tests/Mlp.Tests is named like "
        + "NoSuchTests")]
    [InlineData("dotnet test --fast", "dotnet test --fast is not in the list of options")]
    [InlineData("MLP_NOTHING=1 dotnet test", "no source reads the environment variable MLP_NOTHING")]
    [InlineData("./check Mlp.Nothing", "./check Mlp.Nothing: there is no tests/Mlp.Nothing.Tests")]
    [InlineData("make all", "make is no program known here")]
    public void WrongCommands_AreFound(string command, string problem) => Assert.Equal([problem], Commands.Problems(command));
}
