using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Columns of circles with lines between them; long columns are cut in the middle.</summary>
internal static class NetworkDrawing
{
    private const int MaxNodes = 8, MaxStages = 7;
    private const double Top = 14, NodeGap = 25, LegendHeight = 48, Margin = 34;

    /// <summary>Whether the network is small enough for every weight to be seen.</summary>
    public static bool ShowsWeights(ReportContent content) =>
        content.Model.Networks.Count == 1 && content.Model.Network.Embedding is null && content.Model.Network.Inputs.IsDense
        && NetworkStage.Of(content) is var stages
        && stages.Count <= MaxStages && stages.All(stage => stage.Units <= MaxNodes);

    public static void Draw(Markup markup, string id, ReportContent content, IReadOnlyList<NetworkStage> stages)
    {
        var chart = new Chart(
            markup, id, "Layers", string.Join(", ", stages.Select(stage => $"{stage.Units} {stage.Name} {stage.Activation}".TrimEnd())),
            MiddleOf(stages) * 2 + LegendHeight - Top);
        double middle = MiddleOf(stages);
        // Where there are many layers, only the first and the last ones are drawn.
        NetworkStage?[] shown = stages.Count <= MaxStages
            ? [.. stages] : [.. stages.Take(MaxStages / 2), null, .. stages.TakeLast(MaxStages / 2)];
        bool showsWeights = ShowsWeights(content);
        double step = (Chart.Width - 2 * Margin) / Math.Max(1, shown.Length - 1);
        for (int column = 0; column + 1 < shown.Length; column++)
        {
            if (shown[column] is { } from && shown[column + 1] is { } to)
                DrawEdges(
                    chart, from, to, Margin + column * step, Margin + (column + 1) * step, middle,
                    showsWeights ? content.Model.Network.Layers[column] : null);
        }
        for (int column = 0; column < shown.Length; column++)
            DrawStage(chart, shown[column], Margin + column * step, step, middle);
        chart.End();
    }

    private static void DrawEdges(
        Chart chart, NetworkStage from, NetworkStage to, double left, double right, double middle, DenseLayer<double>? layer)
    {
        double[] sources = [.. Places(from.Units, middle)], targets = [.. Places(to.Units, middle)];
        double largest = layer is null ? 1 : Math.Max(1e-12, MaxOf(layer.Weights));
        for (int target = 0; target < targets.Length; target++)
        {
            for (int source = 0; source < sources.Length; source++)
            {
                if (layer is null)
                {
                    chart.Segment(left, sources[source], right, targets[target], "edge");
                    continue;
                }
                double weight = layer.Weights[target * layer.InputCount + source] / largest;
                string style = $"{(weight < 0 ? "s1" : "s0")} w{(int)Math.Ceiling(4 * Math.Abs(weight))}";
                chart.Segment(left, sources[source], right, targets[target], style);
            }
        }

        static double MaxOf(ReadOnlySpan<double> weights)
        {
            double largest = 0;
            foreach (double weight in weights)
                largest = Math.Max(largest, Math.Abs(weight));
            return largest;
        }
    }

    private static void DrawStage(Chart chart, NetworkStage? stage, double x, double step, double middle)
    {
        if (stage is null)
        {
            chart.Text(x, middle, "…", "label", "middle");
            return;
        }
        double[] places = [.. Places(stage.Units, middle)];
        foreach (double y in places)
            chart.Path($"M{Markup.Number(x - 6)} {Markup.Number(y)}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0", "node");
        if (stage.Units > MaxNodes)
            chart.Text(x, middle + 4, "⋮", "label", "middle");
        // Names of stages side by side must not touch.
        double width = Math.Min(step - 4, 2 * Margin - 4);
        chart.Text(x, chart.Height - 32, Texts.Count(stage.Units), "label", "middle");
        chart.Text(x, chart.Height - 18, Texts.Fit(stage.Name, width, Chart.FontSize), "tick", "middle");
        chart.Text(x, chart.Height - 4, Texts.Fit(stage.Activation, width, Chart.FontSize), "tick", "middle");
    }

    /// <summary>Half way down the longest column.</summary>
    private static double MiddleOf(IReadOnlyList<NetworkStage> stages) =>
        Top + NodeGap * (Math.Min(MaxNodes, stages.Max(stage => stage.Units)) - 1) / 2 + 6;

    /// <summary>The heights of the circles, with a gap in the middle of long columns.</summary>
    private static IEnumerable<double> Places(int units, double middle)
    {
        if (units <= MaxNodes)
            return Enumerable.Range(0, units).Select(unit => middle + (unit - (units - 1) / 2.0) * NodeGap);
        return Enumerable.Range(0, MaxNodes - 1).Where(unit => unit != (MaxNodes - 1) / 2).Select(
            unit => middle + (unit - (MaxNodes - 2) / 2.0) * NodeGap);
    }
}
