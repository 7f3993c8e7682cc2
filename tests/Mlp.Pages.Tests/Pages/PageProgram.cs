using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Mlp.Pages.Tests.Pages;

/// <summary>The C# blocks of a page that belong to one program, in order.</summary>
internal sealed record PageProgram(MarkdownPage Page, IReadOnlyList<CodeBlock> Blocks)
{
    private const char Mark = '\u0002';

    public static IReadOnlyList<PageProgram> All { get; } = [.. MarkdownPage.All.SelectMany(OfPage)];

    /// <summary>"docs/options.md(12)", by the line of the first block.</summary>
    public string Name => $"{Page.Path}({Blocks[0].Line})";

    /// <summary>
    /// One source file: all usings, then all statements, then all types. Before each block's statements its line is printed behind a mark,
    /// so that the output can be told apart. Errors of the compiler have the page's own lines.
    /// </summary>
    public string Source => string.Join('\n', [
        .. Blocks.Select(block => Part(block, Kept.Usings)).Where(part => part.Contains("using", StringComparison.Ordinal)),
        .. Blocks.Select(Statements),
        .. Blocks.Select(block => Part(block, Kept.Types)),
    ]);

    public static IEnumerable<PageProgram> OfPage(MarkdownPage page)
    {
        var blocks = new List<CodeBlock>();
        foreach (CodeBlock block in page.Blocks.Where(block => block.Language == "csharp"))
        {
            if (block.BeginsProgram && blocks.Count > 0)
            {
                yield return new PageProgram(page, blocks);
                blocks = [];
            }
            blocks.Add(block);
        }
        if (blocks.Count > 0)
            yield return new PageProgram(page, blocks);
    }

    /// <summary>What each block printed, by its line.</summary>
    public static IReadOnlyDictionary<int, string[]> SplitOutput(string output) =>
        output.ReplaceLineEndings("\n").Split(Mark, StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('\n')).ToDictionary(
            lines => int.Parse(lines[0]),
                lines => lines[1..].Select(line => line.TrimEnd()).Reverse().SkipWhile(line => line == "").Reverse().ToArray());

    private string Statements(CodeBlock block)
    {
        string statements = Part(block, Kept.Statements);
        // Seen by the compiler, called by nobody.
        return block.IsRun
            ? $"#line hidden\nConsole.WriteLine(\"\\u0002{block.Line}\");\n{statements}"
            : $"#line hidden\nvoid Block{block.Line}()\n{{\n{statements}\n#line hidden\n}}";
    }

    /// <summary>The block with everything else blanked out, so that lines stay where they are.</summary>
    private string Part(CodeBlock block, Kept kept)
    {
        CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit(block.Text);
        char[] text = block.Text.ToCharArray();
        foreach (CSharpSyntaxNode node in root.Usings.Concat<CSharpSyntaxNode>(root.Members))
        {
            Kept kind = node is UsingDirectiveSyntax ? Kept.Usings : node is GlobalStatementSyntax ? Kept.Statements : Kept.Types;
            if (kind == kept)
                continue;
            TextSpan span = node.FullSpan;
            for (int index = span.Start; index < span.End; index++)
                text[index] = text[index] == '\n' ? '\n' : ' ';
        }
        return $"#line {block.Line + 1} \"{Page.Path}\"\n{new string(text)}";
    }

    private enum Kept
    {
        Usings,
        Statements,
        Types,
    }
}
