namespace Mlp.Reports.Writing;

/// <summary>Numbers in rows and columns.</summary>
/// <param name="Caption">What they are.</param>
/// <param name="Headers">One per column; the first column names the rows.</param>
/// <param name="Rows">As many cells as there are headers.</param>
internal sealed record ReportTable(string Caption, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Columns from the left that hold texts, and are not aligned as numbers are.</summary>
    public int TextColumns { get; init; } = 1;

    /// <summary>A class of the style sheet; empty for none.</summary>
    public string Style { get; init; } = "";

    public void Write(Markup markup)
    {
        // Wide tables scroll in their own frame, also with the keyboard.
        markup.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", Caption), ("tabindex", "0"));
        markup.Open("table", Style.Length == 0 ? [] : [("class", Style)]);
        markup.Leaf("caption", Caption);
        markup.Open("thead");
        markup.Open("tr");
        for (int column = 0; column < Headers.Count; column++)
            markup.Leaf("th", Headers[column], ("scope", "col"), ("class", column < TextColumns ? "text" : "number"));
        markup.Close();
        markup.Close();
        markup.Open("tbody");
        foreach (IReadOnlyList<string> row in Rows)
        {
            markup.Open("tr");
            for (int column = 0; column < row.Count; column++)
            {
                if (column == 0)
                    markup.Leaf("th", row[0], ("scope", "row"), ("class", "text"));
                else
                    markup.Leaf("td", row[column], ("class", column < TextColumns ? "text" : "number"));
            }
            markup.Close();
        }
        markup.Close();
        markup.Close();
        markup.CloseBlock();
    }
}
