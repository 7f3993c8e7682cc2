using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>The head of a page: its title, its style and what a browser may do with it.</summary>
internal static class PageHead
{
    /// <param name="markup">To write to.</param>
    /// <param name="title">Of the page.</param>
    /// <param name="mayAlso">What the page needs beyond showing itself, in the words of a content security policy.</param>
    /// <param name="style">Beyond the style of reports.</param>
    public static void Write(Markup markup, string title, string mayAlso = "", string style = "")
    {
        markup.Open("head");
        markup.Empty("meta", ("charset", "utf-8"));
        markup.Empty("meta", ("name", "viewport"), ("content", "width=device-width,initial-scale=1"));
        // The browser must not load anything, not even the icon of a site.
        markup.Empty(
            "meta", ("http-equiv", "Content-Security-Policy"),
            ("content", $"default-src 'none'; style-src 'unsafe-inline'; img-src data:{mayAlso}"));
        markup.Empty("link", ("rel", "icon"), ("href", "data:,"));
        markup.Leaf("title", title);
        markup.Style(StyleSheet.Figures + StyleSheet.Page + style);
        markup.CloseBlock();
    }
}
