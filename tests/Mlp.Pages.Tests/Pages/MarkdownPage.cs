using System.Text.RegularExpressions;

namespace Mlp.Pages.Tests.Pages;

/// <summary>A Markdown file of the repository, as far as the tests look at it.</summary>
internal sealed partial class MarkdownPage
{
    private static readonly string[] SkippedFolders = ["bin", "obj", "artifacts", "TestResults"];

    private readonly string[] _prose;

    /// <param name="path">From the root of the repository, with slashes; of a page that a test makes up, where it would be.</param>
    /// <param name="lines">Its text.</param>
    public MarkdownPage(string path, string[] lines)
    {
        Path = path;
        _prose = [.. lines];
        var blocks = new List<CodeBlock>();
        for (int index = 0; index < lines.Length; index++)
        {
            if (!lines[index].TrimStart().StartsWith("```", StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, index + 1, line => line == "```");
            if (lines[index][0] != '`' || end < 0)
                throw new InvalidDataException($"{path}({index + 1}): the code block is indented or not closed.");
            string[] information = lines[index][3..].Trim().Split(' ', 2);
            string tag = information.Length > 1 ? information[1] : "";
            blocks.Add(new CodeBlock(information[0], tag, string.Join('\n', lines[(index + 1)..end]), index + 1));
            Array.Fill(_prose, "", index, end - index + 1);
            index = end;
        }
        Blocks = blocks;
    }

    /// <summary>Every Markdown file of the repository.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
        [.. Find(Repository.Root)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .Select(path => new MarkdownPage(path, File.ReadAllLines(Repository.Path(path))))];

    /// <summary>From the root of the repository, with slashes.</summary>
    public string Path { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>The lines outside code blocks, and empty ones in their place.</summary>
    public IReadOnlyList<string> Prose => _prose;

    /// <summary>What stands between single backticks, with its line counted from 1.</summary>
    public IEnumerable<(string Text, int Line)> CodeSpans =>
        _prose.SelectMany((line, index) => CodeSpan().Matches(line).Select(match => (match.Groups[1].Value, index + 1)));

    /// <summary>[text](target), with its line counted from 1.</summary>
    public IEnumerable<(string Text, string Target, int Line)> Links =>
        _prose.SelectMany((line, index) => Link().Matches(line).Select(match => (match.Groups[1].Value, match.Groups[2].Value, index + 1)));

    /// <summary>What a link to a heading has behind its #.</summary>
    public IReadOnlySet<string> Anchors => _prose.Where(line => Heading().IsMatch(line)).Select(ToAnchor).ToHashSet();

    /// <summary>The tables, each with the cells of its rows; the first row is the heading.</summary>
    public IEnumerable<IReadOnlyList<string[]>> Tables
    {
        get
        {
            var rows = new List<string[]>();
            foreach (string line in _prose.Append(""))
            {
                if (line.StartsWith('|'))
                {
                    if (!line.StartsWith("|--", StringComparison.Ordinal) && !line.StartsWith("| --", StringComparison.Ordinal))
                        rows.Add([.. line.Trim('|').Split('|').Select(cell => cell.Trim())]);
                }
                else if (rows.Count > 0)
                {
                    yield return rows;
                    rows = [];
                }
            }
        }
    }

    public static MarkdownPage Of(string path) => All.Single(page => page.Path == path);

    public override string ToString() => Path;

    // As GitHub makes them: lower case, without punctuation, with hyphens for spaces.
    private static string ToAnchor(string heading) =>
        Regex.Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');

    private static IEnumerable<string> Find(string folder) => Directory.EnumerateFiles(folder, "*.md").Concat(
        Directory.EnumerateDirectories(folder)
            .Where(each => !SkippedFolders.Contains(System.IO.Path.GetFileName(each)) && !System.IO.Path.GetFileName(each).StartsWith('.'))
            .SelectMany(Find));

    [GeneratedRegex(@"(?<!`)`([^`]+)`(?!`)")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\[([^\]]*(?:\[[^\]]*\][^\]]*)*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();
}
