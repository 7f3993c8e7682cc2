using Mlp.Reports.Writing;

namespace Mlp.Reports.Tests.Writing;

public class MarkupTests
{
    [Fact]
    public void TextsAndAttributes_AreEscaped()
    {
        var markup = new Markup();
        markup.Leaf("p", "a < b & \"c\" > 'd'", ("title", "\"><script>"));
        Assert.Equal("<p title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;</p>", markup.ToString());
    }

    [Fact]
    public void CharactersThatHideOrTurnText_AreReplaced()
    {
        var markup = new Markup();
        markup.Text("a\0b\u202Ec\u2066d\u007F\u0085e");
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd\uFFFD\uFFFDe", markup.ToString());
    }

    [Fact]
    public void AnElementThatIsNotClosed_IsAnError()
    {
        var markup = new Markup();
        markup.Open("section");
        Assert.Contains("'section' is not closed", Assert.Throws<InvalidOperationException>(markup.ToString).Message);
    }
}
