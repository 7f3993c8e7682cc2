using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mlp.Docs;

namespace Mlp.Samples.Tests;

/// <summary>The files that are made from the code are what it gives now.</summary>
public class GeneratedFilesTests
{
    [Fact]
    public void OptionsPage_IsUpToDate() => AssertUpToDate(GeneratedFile.Options());

    [Theory]
    [InlineData("src/Mlp/PublicApi.txt")]
    [InlineData("src/Mlp.MLNet/PublicApi.txt")]
    [InlineData("src/Mlp.Reports/PublicApi.txt")]
    [InlineData("src/Mlp.Tables/PublicApi.txt")]
    public void PublicApi_IsUpToDate(string path) => AssertUpToDate(GeneratedFile.PublicApis().Single(file => file.Path == path));

    [Theory]
    [InlineData("two-moons-4.svg")]
    [InlineData("two-moons-50.svg")]
    [InlineData("five-times-x.svg")]
    public void Drawing_IsUpToDate(string fileName) => AssertUpToDate(GeneratedFile.Drawings().Single(file => file.Path == $"docs/gallery/{fileName}"));

    /// <summary>The package of the tool needs no such file: what it promises is its command line.</summary>
    [Fact]
    public void Tool_HasNoPublicTypes()
    {
        string[] sources = Directory.GetFiles(Repository.Path("src/Mlp.Tool"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.DoesNotContain(
            CSharpSyntaxTree.ParseText(File.ReadAllText(source)).GetCompilationUnitRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>(),
            type => type.Parent is not BaseTypeDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PublicKeyword)));
    }

    private static void AssertUpToDate(GeneratedFile file)
    {
        string[] present = File.ReadAllLines(Repository.Path(file.Path)), wanted = file.Text.TrimEnd('\n').Split('\n');
        Assert.True(
            present.SequenceEqual(wanted),
            $"{file.Path} is not what the code gives. If the change is meant, run: {file.Command}\n- {string.Join("\n- ", present.Except(wanted))}\n+ {string.Join("\n+ ", wanted.Except(present))}");
    }
}
