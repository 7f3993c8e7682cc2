using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>The page of a training that goes on: it asks its server for events, and draws them.</summary>
internal static class WatchPage
{
    /// <summary>Served beside the page, which runs no other script.</summary>
    public static string Script { get; } = StyleSheet.Read("watch.js");

    /// <param name="title">What is trained.</param>
    public static string Write(string title) => TitledPage.Write(
        title, "; script-src 'self'; connect-src 'self'; base-uri 'none'", StyleSheet.Watch, WriteProgress, WriteCurves,
        markup => markup.Leaf("script", "", ("src", "/watch.js")));

    private static void WriteProgress(Markup markup)
    {
        markup.Leaf("p", "reading the table", ("class", "lead"), ("id", "state"), ("role", "status"));
        markup.Leaf("progress", "", ("id", "progress"), ("max", "1"), ("value", "0"), ("aria-label", "done"));
        markup.Leaf("p", "", ("id", "note"));
    }

    private static void WriteCurves(ReportPage page)
    {
        Markup markup = page.Markup;
        page.BeginSection("loss", "Loss by epoch");
        markup.Open("p", ("class", "key"));
        WriteKey(markup, "train", "training rows");
        WriteKey(markup, "validation", "held-out rows");
        markup.CloseBlock();
        markup.OpenDrawing(
            ("id", "curves"), ("viewBox", "0 0 760 380"), ("role", "img"), ("aria-label", "Loss by epoch, a line a network"));
        markup.CloseBlock();
        page.EndSection();
    }

    private static void WriteKey(Markup markup, string style, string text)
    {
        markup.Open("span");
        markup.Leaf("b", "", ("class", style));
        markup.Text(text);
        markup.Close();
    }
}
