using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Writes a confusion matrix as the table that ML.NET writes, character by character.</summary>
internal static class ConfusionTableFormatter
{
    public static string Format(ConfusionMatrix matrix, bool isBinary)
    {
        var names = matrix.ClassNames;
        int cellWidth = names.Count == 2 ? 8 : 5;
        // Names that are too long for a cell are replaced by numbers, which then stand before the names of the rows as well.
        int longest = names.Max(name => name.Length);
        bool isNumbered = longest > cellWidth;
        int digits = (names.Count - 1).ToString().Length;
        int labelWidth = Math.Max("PREDICTED".Length, isNumbered ? longest + digits + 2 : longest);
        string rule = string.Concat(names.Select(_ => names.Count > 2 ? "========" : "==========="));

        var text = new StringBuilder();
        if (isBinary && names.Count == 2)
            AppendRatio(text, matrix);
        text.AppendLine();
        text.AppendLine("Confusion table");
        text.Append(Label("", labelWidth)).Append("||").AppendLine(rule);
        text.Append(Label("PREDICTED", labelWidth)).Append("||");
        for (int i = 0; i < names.Count; i++)
            text.Append(' ').Append((isNumbered ? i.ToString() : names[i]).PadLeft(cellWidth)).Append(" |");
        text.AppendLine(" Recall");
        text.Append(Label("TRUTH", labelWidth)).Append("||").AppendLine(rule);
        for (int i = 0; i < names.Count; i++)
        {
            string name = isNumbered
                ? $"{i.ToString().PadLeft(digits)}. {names[i].PadLeft(labelWidth - digits - 2)}"
                : names[i].PadLeft(labelWidth);
            text.Append(name).Append(" ||");
            foreach (double count in matrix.Counts[i])
                text.Append(' ').Append($"{count:N0}".PadLeft(cellWidth)).Append(" |");
            text.Append(' ').AppendLine($"{matrix.PerClassRecall[i],5:F4}");
        }
        text.Append(Label("", labelWidth)).Append("||").AppendLine(rule);
        text.Append(Label("Precision", labelWidth)).Append("||");
        foreach (double precision in matrix.PerClassPrecision)
            text.Append($"{precision:N4}".PadLeft(cellWidth + 1)).Append(" |");
        return text.AppendLine().ToString();
    }

    private static void AppendRatio(StringBuilder text, ConfusionMatrix matrix)
    {
        double positives = matrix.Counts[0].Sum();
        double negatives = matrix.Counts[1].Sum();
        double share = positives / (positives + negatives);
        text.Append($"TEST {matrix.ClassNames[0].ToUpper()} RATIO:\t{share:N4} ({positives:F1}/({positives:F1}+{negatives:F1}))");
    }

    private static string Label(string text, int width) => text.PadRight(width + 1);
}
