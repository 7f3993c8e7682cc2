using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlp.Samples.Tests.Pages;

/// <summary>Every relative link of every page leads somewhere, and a link that names a member leads to a file that declares it.</summary>
public class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void RelativeLinks_LeadToFilesAndHeadings(string path)
    {
        var page = MarkdownPage.Of(path);
        foreach ((_, string target, int line) in RelativeLinks(page))
        {
            string[] parts = target.Split('#', 2);
            string file = parts[0] == "" ? path : Resolve(page, parts[0]);
            string full = Repository.Path(file);
            Assert.True(File.Exists(full) || Directory.Exists(full), $"{path}({line}): there is no {file}.");
            if (parts.Length < 2)
                continue;
            Assert.True(file.EndsWith(".md", StringComparison.Ordinal), $"{path}({line}): only headings of pages can be linked to, not {target}.");
            Assert.True(MarkdownPage.Of(file).Anchors.Contains(parts[1]), $"{path}({line}): {file} has no heading #{parts[1]}.");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void LinksThatNameMembers_LeadToTheirDeclarations(string path)
    {
        var page = MarkdownPage.Of(path);
        foreach ((string text, string target, int line) in RelativeLinks(page))
        {
            if (!target.EndsWith(".cs", StringComparison.Ordinal) || !text.StartsWith('`') || text.Trim('`').Contains('/'))
                continue;
            string name = text.Trim('`'), file = Resolve(page, target);
            if (name == Path.GetFileName(file))
                continue;
            HashSet<string> declared = DeclaredNames(file);
            Assert.All(
                name.Split('.').Select(WithoutArguments),
                part => Assert.True(declared.Contains(part), $"{path}({line}): {file} does not declare {part} of {name}."));
        }
    }

    /// <summary>Pages of packages are shown where the repository is not.</summary>
    [Theory]
    [InlineData("src/Mlp/README.md")]
    [InlineData("src/Mlp.MLNet/README.md")]
    public void PagesOfPackages_HaveNoRelativeLinks(string path) => Assert.Empty(RelativeLinks(MarkdownPage.Of(path)));

    private static IEnumerable<(string Text, string Target, int Line)> RelativeLinks(MarkdownPage page) =>
        page.Links.Where(link => !link.Target.StartsWith("https://", StringComparison.Ordinal) && !link.Target.StartsWith("mailto:", StringComparison.Ordinal));

    private static string Resolve(MarkdownPage page, string target) => Path.GetRelativePath(
        Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, target))).Replace('\\', '/');

    // "Fit<T>(rows)" is Fit.
    private static string WithoutArguments(string name) => name.Split('<', '(')[0];

    private static HashSet<string> DeclaredNames(string file) =>
        [.. CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.Path(file))).GetRoot().DescendantNodes().Select(NameOf).OfType<string>()];

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EnumMemberDeclarationSyntax member => member.Identifier.Text,
        VariableDeclaratorSyntax variable => variable.Identifier.Text,
        ParameterSyntax parameter => parameter.Identifier.Text,
        _ => null,
    };
}
