namespace Mlp.Pages.Tests.Generated;

public class WrappedProseTests
{
    [Fact]
    public void Lines_AreFull_AndNoLonger()
    {
        string word = new('w', 69);
        Assert.Equal($"{word} {word}w\n{word}", WrappedProse.Of($"{word} {word}w {word}"));
        Assert.Equal($"{word}w {word}\n{word}", WrappedProse.Of($"{word}w {word} {word}"));
        Assert.Equal($"{word}w\n{word}w", WrappedProse.Of($"{word}w {word}w"));
    }

    [Fact]
    public void CodeAndLinks_StayWhole_AndPointsAreIndented()
    {
        string word = new('w', 130);
        Assert.Equal($"- {word}\n  `new Adam()`, and", WrappedProse.Of($"- {word} `new Adam()`, and"));
        Assert.Equal($"{word}\n([two words](page.md))", WrappedProse.Of($"{word} ([two words](page.md))"));
    }

    [Fact]
    public void NoLine_BeginsAList()
    {
        string word = new('w', 139);
        Assert.Equal($"{word} -\nminus", WrappedProse.Of($"{word} - minus"));
    }
}
