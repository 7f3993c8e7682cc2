using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Horizontal bars that are divided by shares, with a name on the left of each and a key above them.</summary>
internal static class ShareChart
{
    private const double RowHeight = 22, NameWidth = 120, KeyHeight = 18, KeySide = 10, KeyGap = 12, Margin = 4;

    /// <param name="markup">The drawing is written to it.</param>
    /// <param name="id">Of the drawing.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">For readers who cannot see it.</param>
    /// <param name="names">Of the bars.</param>
    /// <param name="parts">What the parts are of, six at most.</param>
    /// <param name="shares">[bars x parts]; those of a bar sum to 1 at most.</param>
    public static void Draw(
        Markup markup, string id, string title, string description, IReadOnlyList<string> names, IReadOnlyList<string> parts,
        IReadOnlyList<IReadOnlyList<double>> shares)
    {
        (double X, double Y, string Text)[] key = [.. KeyOf(parts)];
        double top = key[^1].Y + KeyHeight;
        var chart = new Chart(markup, id, title, description, top + names.Count * RowHeight + Margin);
        for (int part = 0; part < key.Length; part++)
        {
            chart.Rectangle(key[part].X, key[part].Y, KeySide, KeySide, $"f{part} soft");
            chart.Text(key[part].X + KeySide + Margin, key[part].Y + KeySide - 1, key[part].Text, "");
        }
        double left = NameWidth + 2 * Margin, width = Chart.Width - left - Margin;
        for (int bar = 0; bar < names.Count; bar++)
        {
            double at = top + bar * RowHeight, x = left, baseline = at + RowHeight / 2 + 3;
            chart.Text(NameWidth, baseline, Texts.Fit(names[bar], NameWidth - 2, Chart.FontSize), "", "end");
            for (int part = 0; part < parts.Count; part++)
            {
                double share = shares[bar][part], length = share * width;
                string text = Texts.Percent(share);
                chart.Bar(x, at + 2, length, RowHeight - 6, $"f{part} soft", (names[bar], $"{parts[part]}: {text}"));
                // The number alone where there is no room for the name, and nothing where there is none for it.
                string[] fitting = [.. ((string[])[$"{parts[part]} {text}", text])
                    .Where(label => Texts.Width(label, Chart.FontSize) + Margin < length)];
                if (fitting.Length > 0)
                    chart.Text(x + length / 2, baseline, fitting[0], "", "middle");
                x += length;
            }
        }
        chart.End();
    }

    /// <summary>Where the marks of the key are; a row that is full is followed by another.</summary>
    private static IEnumerable<(double X, double Y, string Text)> KeyOf(IReadOnlyList<string> parts)
    {
        double x = Margin, y = Margin;
        foreach (string part in parts)
        {
            string text = Texts.Fit(part, Chart.Width - KeySide - 3 * Margin, Chart.FontSize);
            double width = KeySide + Margin + Texts.Width(text, Chart.FontSize);
            if (x > Margin && x + width > Chart.Width - Margin)
                (x, y) = (Margin, y + KeyHeight);
            yield return (x, y, text);
            x += width + KeyGap;
        }
    }
}
