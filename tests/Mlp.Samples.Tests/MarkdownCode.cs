namespace Mlp.Samples.Tests;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Language">What stands behind the opening fence.</param>
/// <param name="Text">The lines between the fences.</param>
/// <param name="Line">Of the opening fence, counted from 1.</param>
internal sealed record CodeBlock(string Language, string Text, int Line);

internal static class MarkdownCode
{
    public static IReadOnlyList<CodeBlock> Read(string path)
    {
        var blocks = new List<CodeBlock>();
        string[] lines = File.ReadAllLines(path);
        for (int index = 0; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith("```", StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, index + 1, line => line == "```");
            if (end < 0)
                throw new InvalidDataException($"{path}({index + 1}): the code block is not closed.");
            blocks.Add(new CodeBlock(lines[index][3..].Trim(), string.Join('\n', lines[(index + 1)..end]), index + 1));
            index = end;
        }
        return blocks;
    }
}
