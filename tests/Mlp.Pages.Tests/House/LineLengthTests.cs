using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mlp.Pages.Tests.House;

/// <summary>Lines of sources have at most 140 columns, as .editorconfig says. Verbatim and raw text is as it is.</summary>
public class LineLengthTests
{
    private const int MaxLength = 140;

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
