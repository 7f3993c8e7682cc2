namespace Mlp.Pages.Tests.Pages;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Language">The first word behind the opening fence.</param>
/// <param name="Tag">
/// What follows it. For C#: nothing for a block that goes on with the page's program, "new" for one that begins another program,
/// "compile-only: reason" for one that is compiled and not run.
/// </param>
/// <param name="Text">The lines between the fences.</param>
/// <param name="Line">Of the opening fence, counted from 1.</param>
internal sealed record CodeBlock(string Language, string Tag, string Text, int Line)
{
    private const string CompileOnly = "compile-only: ";

    /// <summary>Of the closing fence.</summary>
    public int EndLine => Line + Text.AsSpan().Count('\n') + 2;

    public bool IsRun => !Tag.StartsWith(CompileOnly, StringComparison.Ordinal);

    public bool BeginsProgram => Tag == "new";

    public bool HasKnownTag => Tag is "" or "new" || (!IsRun && Tag.Length > CompileOnly.Length);
}
