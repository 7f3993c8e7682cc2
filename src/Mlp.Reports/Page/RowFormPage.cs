using System.Globalization;
using Mlp.Reports.Figures;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>A page on which a row can be tried: a field for each column, the prediction and its explanation. It has no scripts; the server
/// writes it anew for every row.</summary>
internal static class RowFormPage
{
    // Above it a table says more than the bars of every class.
    private const int MostTiles = 6;

    /// <param name="title">Of the page.</param>
    /// <param name="lead">What the model does, and where more can be found.</param>
    /// <param name="fields">In the order of the columns.</param>
    /// <param name="result">Null before the first row, and where a field has a problem.</param>
    public static string Write(string title, string lead, IReadOnlyList<FormField> fields, FormResult? result) => TitledPage.Write(
        title, "; form-action 'self'; base-uri 'none'", StyleSheet.Form,
        markup => markup.Leaf("p", lead, ("class", "lead")),
        page =>
        {
            if (result is not null)
                WriteResult(page, result);
            page.BeginSection("row", "The row");
            WriteForm(page.Markup, fields);
            page.EndSection();
        });

    private static void WriteResult(ReportPage page, FormResult result)
    {
        page.BeginSection("prediction", result.Outcome);
        foreach (string note in result.Notes)
            page.Paragraph(note);
        if (result.Numbers.Count <= MostTiles)
            WriteTiles(page.Markup, result.Numbers);
        else
            new ReportTable("Most probable first", ["Class", "Probability"], [.. result.Numbers.Select(each =>
                (string[])[each.Name, each.Value])]).Write(page.Markup);
        if (result.Explanation is { } explanation)
        {
            page.Paragraph(
                "What each column adds to the score, from the centre of the training rows to this row (integrated gradients). The bars "
                + "add up to the difference.");
            page.BeginFigures();
            ContributionFigure.Write(
                page, "Why", result.Outcome, result.OutputName, explanation.BaselineScore, explanation.Score, explanation.Contributions);
            page.EndFigures();
        }
        page.EndSection();
    }

    private static void WriteTiles(Markup markup, IReadOnlyList<(string Name, string Value)> numbers)
    {
        markup.Open("dl", ("class", "tiles"));
        foreach ((string name, string value) in numbers)
        {
            markup.Open("div", ("class", "tile"));
            markup.Leaf("dt", name);
            markup.Leaf("dd", value, ("class", "value"));
            markup.Close();
        }
        markup.CloseBlock();
    }

    private static void WriteForm(Markup markup, IReadOnlyList<FormField> fields)
    {
        markup.Open("form", ("method", "post"), ("action", "/"));
        markup.Open("div", ("class", "fields"));
        for (int index = 0; index < fields.Count; index++)
            WriteField(markup, fields[index], "c" + index.ToString(CultureInfo.InvariantCulture));
        markup.CloseBlock();
        markup.Leaf("button", "Predict", ("type", "submit"));
        markup.CloseBlock();
    }

    private static void WriteField(Markup markup, FormField field, string id)
    {
        markup.Open("div", ("class", "field"));
        markup.Leaf("label", field.Name, ("for", id));
        if (field.Choices.Count > 0)
            WriteChoices(markup, field, id);
        else
        {
            markup.Empty(
                "input", ("id", id), ("name", id), ("value", field.Value), ("autocomplete", "off"), ("placeholder", "missing"),
                ("inputmode", field.IsNumber ? "decimal" : "text"), ("aria-describedby", id + "-h"),
                ("aria-invalid", field.Problem is null ? "false" : "true"));
        }
        markup.Leaf("small", field.Problem ?? field.Hint, ("id", id + "-h"), ("class", field.Problem is null ? "hint" : "problem"));
        markup.CloseBlock();
    }

    private static void WriteChoices(Markup markup, FormField field, string id)
    {
        markup.Open("select", ("id", id), ("name", id), ("aria-describedby", id + "-h"));
        IEnumerable<string> others = field.Value.Length == 0 || field.Choices.Contains(field.Value) ? [] : [field.Value];
        foreach (string choice in field.Choices.Prepend("").Concat(others))
        {
            (string, string)[] chosen = choice == field.Value ? [("selected", "selected")] : [];
            markup.Leaf("option", choice.Length == 0 ? "missing" : choice, [("value", choice), .. chosen]);
        }
        markup.Close();
    }
}
