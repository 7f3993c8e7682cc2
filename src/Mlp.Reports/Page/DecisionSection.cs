using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>What the model predicts over one or two features, with the rows on top.</summary>
internal static class DecisionSection
{
    public static void Write(ReportPage page, ReportContent content, DecisionSurface surface)
    {
        if (surface.Note.Length > 0)
            page.Paragraph(surface.Note);
        bool isNumber = content.Task.PredictsNumbers;
        string help = (surface.YFeature, isNumber) switch
        {
            (null, true) => "The line is what the model predicts; the dots are rows.",
            (null, false) => "The lines are the predicted probabilities; the marks are rows, at 100\u202F% where they belong to the class.",
            (_, true) => "The stronger the colour, the larger the predicted number; the dots are rows.",
            _ => "The colour is the predicted class, stronger where the model is more certain; the line is where it is undecided. "
                + "The marks are rows, in the colour of their true class.",
        };
        page.BeginFigures();
        page.Figure(
            surface.YFeature is null ? "Fit" : "Decision boundary", help,
            (markup, id) => DecisionDrawing.Draw(markup, id, content, surface), DecisionDrawing.Numbers(content, surface));
        page.EndFigures();
    }
}
