using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mlp.Pages.Tests.Pages;

namespace Mlp.Pages.Tests.House;

/// <summary>Lines have at most 140 columns, as .editorconfig says: of sources, where verbatim and raw text is as it is; of pages, but for
/// tables, code blocks and links that stand alone; of project files and scripts.</summary>
public class LineLengthTests
{
    private const int MaxLength = 140;

    private static readonly string[] ProjectFiles = [".csproj", ".props", ".targets"];

    [Fact]
    public void NoLine_IsTooLong()
    {
        string[] files =
        [
            .. ((string[])["src", "tests", "samples", "eng"])
                .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")),
        ];

        Assert.True(files.Length > 500, $"There are only {files.Length} sources: they are looked for in the wrong place.");
        Assert.Empty(files.SelectMany(LongLines));
    }

    [Fact]
    public void LongLines_AreFound_ButNotInRawText()
    {
        string spaces = new(' ', MaxLength), file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"int a = 1;{spaces}// here\nstring b = \"\"\"\n{spaces}not here\n{spaces}\"\"\";\n");
            Assert.Equal([$"{Path.GetRelativePath(Repository.Root, file)}(1): {MaxLength + 17} columns"], LongLines(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void NoLineOfAPage_IsTooLong()
    {
        Assert.True(MarkdownPage.All.Count > 30, $"There are only {MarkdownPage.All.Count} pages: they are looked for in the wrong place.");
        Assert.Empty(MarkdownPage.All.SelectMany(LongLines));
    }

    [Fact]
    public void LongLinesOfAPage_AreFound_ButNotInTablesAndCode()
    {
        string words = string.Concat(Enumerable.Repeat("word ", 30)).TrimEnd();
        var page = new MarkdownPage(
            "docs/made-up.md", ["# Page", words, $"| {words} |", "```text", words, "```", $"  ![{words}](picture.png)"]);
        Assert.Equal(["docs/made-up.md(2): 149 columns"], LongLines(page));
    }

    [Fact]
    public void NoLineOfAProjectOrScript_IsTooLong()
    {
        string[] files =
        [
            Repository.Path("check"), .. Directory.EnumerateFiles(Repository.Path(".ci")),
            .. Directory.EnumerateFiles(Repository.Root).Where(IsOfProject),
            .. ((string[])["src", "tests", "samples", "eng"])
                .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories))
                .Where(file => IsOfProject(file) && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")),
        ];

        Assert.True(files.Length > 40, $"There are only {files.Length} files: they are looked for in the wrong place.");
        Assert.Empty(files.SelectMany(file => File.ReadAllLines(file)
            .Select((line, index) => (line, Place: $"{Path.GetRelativePath(Repository.Root, file)}({index + 1})"))
            .Where(each => each.line.Length > MaxLength).Select(each => $"{each.Place}: {each.line.Length} columns")));

        static bool IsOfProject(string file) => ProjectFiles.Contains(Path.GetExtension(file));
    }

    private static IEnumerable<string> LongLines(MarkdownPage page) => page.Prose
        .Select((line, index) => (Line: line, Number: index + 1))
        .Where(each => each.Line.Length > MaxLength && !each.Line.StartsWith('|') && !IsOneLink(page, each.Number, each.Line))
        .Select(each => $"{page.Path}({each.Number}): {each.Line.Length} columns");

    private static bool IsOneLink(MarkdownPage page, int number, string line) =>
        page.Links.Any(link => link.Line == number && line.Trim().TrimStart('!') == $"[{link.Text}]({link.Target})");

    private static IEnumerable<string> LongLines(string file)
    {
        string text = File.ReadAllText(file);
        string[] lines = text.Split('\n');
        if (lines.All(line => line.Length <= MaxLength))
            yield break;
        HashSet<int> rawLines = RawTextLines(text);
        for (int line = 0; line < lines.Length; line++)
        {
            if (lines[line].Length > MaxLength && !rawLines.Contains(line))
                yield return $"{Path.GetRelativePath(Repository.Root, file)}({line + 1}): {lines[line].Length} columns";
        }
    }

    private static HashSet<int> RawTextLines(string text)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview));
        var lines = new HashSet<int>();
        foreach (SyntaxToken token in tree.GetRoot().DescendantTokens())
        {
            bool isRaw = token.Kind() is SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                || (token.IsKind(SyntaxKind.StringLiteralToken) && token.Text[0] == '@')
                || (token.IsKind(SyntaxKind.InterpolatedStringTextToken) && token.Parent!.Parent!.GetFirstToken().Text.Contains("\"\"\""));
            if (!isRaw)
                continue;
            FileLinePositionSpan span = tree.GetLineSpan(token.Span);
            for (int line = span.StartLinePosition.Line; line <= span.EndLinePosition.Line; line++)
                lines.Add(line);
        }
        return lines;
    }
}
