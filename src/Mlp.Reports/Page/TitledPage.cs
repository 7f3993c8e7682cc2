using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>A page that begins with its title and has one main part.</summary>
internal static class TitledPage
{
    /// <param name="title">Of the page, and its first line.</param>
    /// <param name="mayAlso">As of <see cref="PageHead.Write"/>.</param>
    /// <param name="style">As of <see cref="PageHead.Write"/>.</param>
    /// <param name="writeLead">Writes what stands below the title.</param>
    /// <param name="writeMain">Writes the main part.</param>
    /// <param name="writeEnd">Writes what comes behind it: a footer, scripts; null for nothing.</param>
    public static string Write(
        string title, string mayAlso, string style, Action<Markup> writeLead, Action<ReportPage> writeMain,
        Action<Markup>? writeEnd = null)
    {
        var page = new ReportPage();
        Markup markup = page.Markup;
        markup.DocumentType();
        markup.Open("html", ("lang", "en"));
        PageHead.Write(markup, title, mayAlso, style);
        markup.Open("body");
        markup.Open("header");
        markup.Leaf("h1", title);
        writeLead(markup);
        markup.CloseBlock();
        markup.Open("main", ("id", "main"));
        writeMain(page);
        markup.CloseBlock();
        writeEnd?.Invoke(markup);
        markup.Close();
        markup.CloseBlock();
        return markup.ToString();
    }
}
