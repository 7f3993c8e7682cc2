using System.Globalization;

namespace Mlp.Reports.Writing;

/// <summary>The page that sections write to: headings, figures with their reading help and their numbers.</summary>
internal sealed class ReportPage
{
    private int _figureCount;

    public Markup Markup { get; } = new();

    public void BeginSection(string id, string title)
    {
        Markup.Open("section", ("id", id), ("aria-labelledby", $"{id}-h"));
        Markup.Leaf("h2", title, ("id", $"{id}-h"));
        Markup.NewLine();
    }

    public void EndSection() => Markup.CloseBlock();

    public void Paragraph(string text, string style = "") =>
        Markup.Leaf("p", text, style.Length == 0 ? [] : [("class", style)]);

    /// <summary>Figures side by side where there is room.</summary>
    public void BeginFigures() => Markup.Open("div", ("class", "figures"));

    public void EndFigures() => Markup.CloseBlock();

    /// <summary>A figure.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="help">One sentence that says how to read it.</param>
    /// <param name="draw">Draws, given an id for the drawing.</param>
    /// <param name="numbers">The same as numbers; null where the drawing is a table.</param>
    public void Figure(string title, string help, Action<Markup, string> draw, ReportTable? numbers = null)
    {
        string id = "f" + (++_figureCount).ToString(CultureInfo.InvariantCulture);
        Markup.Open("figure", ("aria-labelledby", id));
        Markup.Leaf("h3", title, ("id", id));
        draw(Markup, id);
        Markup.Leaf("figcaption", help);
        if (numbers is not null)
        {
            Markup.Open("details");
            Markup.Leaf("summary", "The numbers");
            numbers.Write(Markup);
            Markup.Close();
        }
        Markup.CloseBlock();
    }
}
