using Mlp.TestSupport;

namespace Mlp.Pages.Tests.Pages;

public sealed class PageProgramTests(PageCompiler compiler) : IClassFixture<PageCompiler>
{
    private const string Page = """
        ```csharp
        using System.Text;

        Console.WriteLine(new Thing("first"));
        public record Thing(string Name);
        ```

        ```csharp
        using System.Text;

        var builder = new StringBuilder("second");
        Console.WriteLine(builder);
        ```

        ```csharp compile-only: there is nobody to see it
        Console.WriteLine(builder.Length);
        ```

        ```csharp new
        Console.WriteLine("another");
        ```
        """;

    [Fact]
    public void BlocksOfAProgram_ShareIt_AndEachHasItsOutput()
    {
        PageProgram[] programs = [.. PageProgram.OfPage(new MarkdownPage("docs/made-up.md", Page.Split('\n')))];
        Assert.Equal([3, 1], programs.Select(program => program.Blocks.Count));

        using var folder = new TemporaryFolder();
        ProgramRun run = ConsoleProgram.Run(compiler.Compile(programs[0]), folder.FullPath);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        IReadOnlyDictionary<int, string[]> printed = PageProgram.SplitOutput(run.Output);
        Assert.Equal([1, 8], printed.Keys.Order());
        Assert.Equal((string[])["Thing { Name = first }"], printed[1]);
        Assert.Equal((string[])["second"], printed[8]);
    }

    [Theory]
    [InlineData("```csharp", "docs/made-up.md(2): CS0103")]
    [InlineData("```csharp compile-only: it is wrong", "docs/made-up.md(2): CS0103")]
    public void Errors_HaveTheLineOfThePage(string fence, string message)
    {
        PageProgram program = PageProgram.OfPage(new MarkdownPage("docs/made-up.md", [fence, "Console.WriteLine(nothing);", "```"]))
            .Single();
        Exception exception = Assert.ThrowsAny<Exception>(() => compiler.Compile(program));
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("new", true)]
    [InlineData("compile-only: it needs an hour", true)]
    [InlineData("compile-only: ", false)]
    [InlineData("ignore", false)]
    public void Tags_AreThoseThatAreKnown(string tag, bool isKnown) =>
        Assert.Equal(isKnown, new CodeBlock("csharp", tag, "", Line: 1).HasKnownTag);
}
