using Microsoft.CodeAnalysis.CSharp;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Tests.Pipelines;

public class CSharpTests
{
    [Fact]
    public void AnyText_IsALiteralOfItself()
    {
        var random = new Random(1);
        const string Nasty = "\"\\'{}$@\n\r\t\0\u0085\u2028\ud800éx0u1F";
        for (int round = 0; round < 500; round++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(12)).Select(_ => Nasty[random.Next(Nasty.Length)])]);
            string literal = CSharp.Literal(text);
            Assert.All(literal, character => Assert.InRange(character, ' ', '~'));
            var parsed = SyntaxFactory.ParseExpression(literal);
            Assert.False(parsed.ContainsDiagnostics);
            Assert.Equal(text, Assert.IsType<Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax>(parsed).Token.ValueText);
        }
    }

    [Fact]
    public void AnyName_BecomesAnIdentifierOfItsOwn()
    {
        var taken = new HashSet<string>();
        string[] names = ["capital-gain", "capital gain", "1st", "class", "", "é", "Row", "ToString", "x y z", "int", "_"];
        string[] identifiers = [.. names.Select(name => CSharp.Identifier(name, taken))];
        Assert.Equal(names.Length, identifiers.Distinct().Count());
        Assert.All(identifiers, name => Assert.True(SyntaxFacts.IsValidIdentifier(name), name));
        Assert.Equal(["CapitalGain", "CapitalGain2", "Column1st", "Class"], identifiers[..4]);
    }

    [Fact]
    public void AComment_StaysOnItsLine() => Assert.DoesNotContain('\n', CSharp.Comment("mlp train \"a\n#error\u2028b\""));
}
