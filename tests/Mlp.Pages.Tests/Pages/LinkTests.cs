using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlp.Pages.Tests.Pages;

/// <summary>Every relative link of every page leads somewhere, and a link that names a member leads to a file that declares it.</summary>
public class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void RelativeLinks_LeadToFilesAndHeadings(string path) => Assert.Empty(PlaceProblems(MarkdownPage.Of(path)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void LinksThatNameMembers_LeadToTheirDeclarations(string path) => Assert.Empty(NameProblems(MarkdownPage.Of(path)));

    [Theory]
    [InlineData("[a](nowhere.md)", "there is no docs/nowhere.md")]
    [InlineData("[a](quality.md#no-such-heading)", "docs/quality.md has no heading #no-such-heading")]
    [InlineData("[a](#here)", "docs/made-up.md has no heading #here")]
    [InlineData("[a](../src/Mlp/Networks/Network.cs#L12)", "only headings of pages can be linked to, not "
        + "../src/Mlp/Networks/Network.cs#L12")]
    [InlineData("[`Network.Backwards`](../src/Mlp/Networks/Network.cs)", "src/Mlp/Networks/Network.cs does not declare Backwards of "
        + "Network.Backwards")]
    public void WrongLinks_AreFound(string text, string problem)
    {
        var page = new MarkdownPage("docs/made-up.md", [text]);
        Assert.Equal([$"docs/made-up.md(1): {problem}."], PlaceProblems(page).Concat(NameProblems(page)));
    }

    /// <summary>Pages of packages are shown where the repository is not.</summary>
    [Theory]
    [InlineData("src/Mlp/README.md")]
    [InlineData("src/Mlp.MLNet/README.md")]
    [InlineData("src/Mlp.Mpi/README.md")]
    [InlineData("src/Mlp.Scoring/README.md")]
    [InlineData("src/Mlp.Tables/README.md")]
    [InlineData("src/Mlp.Tool/README.md")]
    public void PagesOfPackages_HaveNoRelativeLinks(string path) => Assert.Empty(RelativeLinks(MarkdownPage.Of(path)));

    private static IEnumerable<string> PlaceProblems(MarkdownPage page)
    {
        foreach ((_, string target, int line) in RelativeLinks(page))
        {
            string[] parts = target.Split('#', 2);
            string file = parts[0] == "" ? page.Path : Resolve(page, parts[0]), full = Repository.Path(file);
            if (file != page.Path && !File.Exists(full) && !Directory.Exists(full))
                yield return $"{page}({line}): there is no {file}.";
            else if (parts.Length == 2 && !file.EndsWith(".md", StringComparison.Ordinal))
                yield return $"{page}({line}): only headings of pages can be linked to, not {target}.";
            else if (parts.Length == 2 && !(file == page.Path ? page : MarkdownPage.Of(file)).Anchors.Contains(parts[1]))
                yield return $"{page}({line}): {file} has no heading #{parts[1]}.";
        }
    }

    private static IEnumerable<string> NameProblems(MarkdownPage page)
    {
        foreach ((string text, string target, int line) in RelativeLinks(page))
        {
            if (!target.EndsWith(".cs", StringComparison.Ordinal) || !text.StartsWith('`') || text.Contains('/'))
                continue;
            string name = text.Trim('`'), file = Resolve(page, target);
            if (name == Path.GetFileName(file))
                continue;
            HashSet<string> declared = DeclaredNames(file);
            foreach (string part in name.Split('.').Select(WithoutArguments).Where(part => !declared.Contains(part)))
                yield return $"{page}({line}): {file} does not declare {part} of {name}.";
        }
    }

    private static IEnumerable<(string Text, string Target, int Line)> RelativeLinks(MarkdownPage page) =>
        page.Links.Where(link => !link.Target.StartsWith("https://", StringComparison.Ordinal)
            && !link.Target.StartsWith("mailto:", StringComparison.Ordinal));

    private static string Resolve(MarkdownPage page, string target) => Path.GetRelativePath(
        Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, target))).Replace('\\', '/');

    // "Fit<T>(rows)" is Fit.
    private static string WithoutArguments(string name) => name.Split('<', '(')[0];

    private static HashSet<string> DeclaredNames(string file) =>
        [.. CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.Path(file))).GetRoot().DescendantNodes().Select(NameOf)
            .OfType<string>()];

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EnumMemberDeclarationSyntax member => member.Identifier.Text,
        VariableDeclaratorSyntax variable => variable.Identifier.Text,
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } property => property.Identifier.Text,
        _ => null,
    };
}
