using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Which classes are confused: a table whose cells are coloured by their share of the row.</summary>
internal static class ConfusionFigure
{
    private const int FewClasses = 4, MaxClassCount = 26, ClassesOfMany = 25, MaxConfusions = 10, MaxNameLength = 18;
    private const double LeastStrength = 0.3;

    public static void Write(ReportPage page, ScoredRows rows)
    {
        TestPredictions predictions = rows.Predictions;
        int classCount = rows.ClassCount;
        var counts = new int[classCount, classCount];
        for (int row = 0; row < predictions.RowCount; row++)
            counts[predictions.Actual[row], predictions.Predicted[row]]++;
        int[] shown = ChooseClasses(counts);
        string which = shown.Length == classCount ? ""
            : $" Of {Texts.Count(classCount)} classes it has the {shown.Length} with the most errors; shares are of all rows of a class.";
        page.Figure(
            "Confusion matrix",
            "Each row is a true class. Blue cells on the diagonal are right predictions, orange cells are errors. The stronger the "
            + $"colour, the larger the cell's share of its row.{which}",
            (markup, _) => WriteMatrix(markup, rows, counts, shown));
        if (classCount > 2)
            WriteConfusions(page, rows, counts);
    }

    /// <summary>All classes where a matrix of them can be read, else those with the most errors, as true or as predicted class; in their
    /// order.</summary>
    private static int[] ChooseClasses(int[,] counts)
    {
        int[] all = [.. Enumerable.Range(0, counts.GetLength(0))];
        return all.Length <= MaxClassCount ? all : [.. all.OrderByDescending(Errors).Take(ClassesOfMany).Order()];

        int Errors(int index) => all.Where(other => other != index).Sum(other => counts[index, other] + counts[other, index]);
    }

    private static void WriteMatrix(Markup markup, ScoredRows rows, int[,] counts, int[] shown)
    {
        int classCount = rows.ClassCount;
        markup.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", "Confusion matrix"), ("tabindex", "0"));
        markup.Open("table", ("class", classCount <= FewClasses ? "confusion large" : "confusion"));
        markup.Leaf("caption", $"Rows by true (down) and predicted (across) {rows.LabelName}");
        markup.Open("thead");
        markup.Open("tr");
        markup.Leaf("td", "");
        foreach (int index in shown)
            markup.Leaf("th", Shorten(rows.OutputNames[index]), ("scope", "col"));
        markup.Close();
        markup.Close();
        markup.Open("tbody");
        foreach (int actual in shown)
        {
            int sum = Enumerable.Range(0, classCount).Sum(predicted => counts[actual, predicted]);
            markup.Open("tr");
            markup.Leaf("th", Shorten(rows.OutputNames[actual]), ("scope", "row"));
            foreach (int predicted in shown)
            {
                int count = counts[actual, predicted];
                double share = sum == 0 ? 0 : count / (double)sum;
                // A single error among many rows must also be visible.
                double strength = count == 0 ? 0 : actual == predicted ? share : LeastStrength + (1 - LeastStrength) * share;
                string style = $"{(actual == predicted ? "right" : "wrong")}{(count == 0 ? " zero" : "")}";
                markup.Leaf("td", Texts.Count(count), ("class", style), ("style", $"--v:{Markup.Number(strength)}"));
            }
            markup.Close();
        }
        markup.Close();
        markup.Close();
        markup.Close();
    }

    private static void WriteConfusions(ReportPage page, ScoredRows rows, int[,] counts)
    {
        var confusions = (
            from actual in Enumerable.Range(0, rows.ClassCount)
            from predicted in Enumerable.Range(0, rows.ClassCount)
            where actual != predicted && counts[actual, predicted] > 0
            orderby counts[actual, predicted] descending, actual, predicted
            select (actual, predicted)).ToArray();
        if (confusions.Length == 0)
            return;
        page.Figure(
            "Most common confusions", "The classes that are confused most often: look here first for wrong labels or missing features.",
            (markup, _) => new ReportTable(
                confusions.Length <= MaxConfusions ? "All kinds of error"
                    : $"The {MaxConfusions} most common of {confusions.Length} kinds of error",
                ["True", "Predicted", "Rows"],
                [.. confusions.Take(MaxConfusions).Select(pair => (string[])
                [
                    rows.OutputNames[pair.actual], rows.OutputNames[pair.predicted], Texts.Count(counts[pair.actual, pair.predicted]),
                ])])
            {
                TextColumns = 2,
            }.Write(markup));
    }

    private static string Shorten(string name) => name.Length <= MaxNameLength ? name : name[..(MaxNameLength - 1)] + "…";
}
