using System.Xml.Linq;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Tests.Writing;

public class MarkupTests
{
    [Fact]
    public void TextsAndAttributes_AreEscaped()
    {
        var markup = new Markup();
        markup.Leaf("p", "a < b & \"c\" > 'd' ]]>", ("title", "\"><script> & 'x'"));

        Assert.Equal("<p title=\"&quot;&gt;&lt;script&gt; &amp; 'x'\">a &lt; b &amp; \"c\" &gt; 'd' ]]&gt;</p>", markup.ToString());
    }

    [Fact]
    public void CharactersThatHideOrTurnText_AreReplaced()
    {
        var markup = new Markup();
        // Half of a pair of surrogates, too: no XML and no UTF-8 holds it.
        markup.Leaf("p", "a\0b\u202Ec\u2066d\u007F\u0085e\uFFFEf\uD83Dg\uDE00h\uD83D\uDE00", ("title", "1\n2\t3\u20694"));

        Assert.Equal(
            "<p title=\"1\uFFFD2\uFFFD3\uFFFD4\">a\uFFFDb\uFFFDc\uFFFDd\uFFFD\uFFFDe\uFFFDf\uFFFDg\uFFFDh\uD83D\uDE00</p>",
            markup.ToString());
    }

    [Fact]
    public void AnElementThatIsNotClosed_IsAnError()
    {
        var markup = new Markup();
        markup.Open("section");
        Assert.Contains("1 element of the markup is not closed", Assert.Throws<InvalidOperationException>(markup.ToString).Message);
    }

    [Fact]
    public void EmptyElements_HaveAnEndTag_AndVoidOnesHaveNone()
    {
        var markup = new Markup();
        markup.Open("p");
        markup.Leaf("td", "");
        markup.Empty("link", ("href", ""));
        markup.Close();

        Assert.Equal("<p><td></td><link href=\"\" /></p>", markup.ToString());
    }

    [Fact]
    public void ADrawing_IsSvgWithAllInIt_AndHasItsStyleWhereItStandsAlone()
    {
        var alone = new Markup { StyleOfDrawings = ".a > .b { fill: red }\n" };
        alone.OpenDrawing(("class", "chart"));
        alone.Leaf("title", "A & B");
        alone.Close();

        XNamespace svg = "http://www.w3.org/2000/svg";
        var drawing = XElement.Parse(alone.ToString());
        Assert.Equal([svg + "svg", svg + "style", svg + "title"], drawing.DescendantsAndSelf().Select(element => element.Name));
        Assert.Contains("<style>\n.a > .b { fill: red }\n</style><title>A &amp; B</title></svg>", alone.ToString());

        var page = new Markup();
        page.Open("figure");
        page.OpenDrawing();
        page.Close();
        page.Leaf("figcaption", "x");
        page.Close();
        Assert.Equal("<figure><svg xmlns=\"http://www.w3.org/2000/svg\"></svg><figcaption>x</figcaption></figure>", page.ToString());
    }
}
