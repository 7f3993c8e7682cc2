namespace Mlp.Tool.Output;

/// <summary>Metrics beside those of a guess, for people.</summary>
internal static class MetricsText
{
    public static void Write(Terminal terminal, string heading, string guess, IEnumerable<Metric> metrics)
    {
        terminal.Heading(heading);
        var lines = new TextTable(false, true, true);
        lines.Add("", "model", guess);
        foreach (Metric metric in metrics)
            lines.Add(metric.Title, Figures.Value(metric.Value, metric.Format), Figures.Value(metric.Baseline, metric.Format));
        foreach (string line in lines.Lines())
            terminal.Result(line);
    }
}
