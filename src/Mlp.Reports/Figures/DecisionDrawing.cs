using Mlp.Reports.Content;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Draws a decision surface or a fitted curve, in a report or as a file of its own.</summary>
internal static class DecisionDrawing
{
    private const int MaxPoints = 500, CurvePoints = 200, TablePoints = 5, SeriesCount = 6;

    public static void Draw(Markup markup, string id, ReportContent content, DecisionSurface surface)
    {
        ReportRows rows = (content.Test is { RowCount: > 0 } ? content.Test : content.Train)!;
        int stride = 1 + (rows.RowCount - 1) / MaxPoints;
        int[] drawn = [.. Enumerable.Range(0, rows.RowCount).Where(row => row % stride == 0)
            .Where(row => IsKnown(rows.Features[row], surface))];
        if (surface.YFeature is int yFeature)
            DrawSurface(markup, id, content, surface, yFeature, rows, drawn);
        else
            DrawCurve(markup, id, content, surface, rows, drawn);
    }

    /// <summary>Predictions at some points.</summary>
    public static ReportTable Numbers(ReportContent content, DecisionSurface surface)
    {
        ReportRows rows = (content.Test is { RowCount: > 0 } ? content.Test : content.Train)!;
        double[] xs = Steps(AxisOf(content, rows, surface.XFeature), TablePoints);
        string[] outputs = [.. OutputColumns(content)];
        if (surface.YFeature is not int yFeature)
        {
            double[] values = PredictAt(content, surface, [.. xs.Select(x => (x, 0.0))]);
            return new ReportTable(
                "Predictions at some values", [content.FeatureNames[0], .. outputs],
                [.. xs.Select((x, index) => (string[])[Texts.Short(x), .. Cells(content, values, index)])]);
        }
        double[] ys = Steps(AxisOf(content, rows, yFeature), TablePoints);
        (double X, double Y)[] points = [.. ys.SelectMany(y => xs.Select(x => (x, y)))];
        double[] predictions = PredictAt(content, surface, points);
        return new ReportTable(
            "Predictions at some points", [content.FeatureNames[surface.XFeature], content.FeatureNames[yFeature], .. outputs],
            [.. points.Select(
                (point, index) => (string[])[Texts.Short(point.X), Texts.Short(point.Y), .. Cells(content, predictions, index)])])
        {
            TextColumns = 0,
        };
    }

    /// <summary>A row without one of the two values has no place.</summary>
    private static bool IsKnown(ReadOnlySpan<double> features, DecisionSurface surface) =>
        !double.IsNaN(features[surface.XFeature]) && !(surface.YFeature is int yFeature && double.IsNaN(features[yFeature]));

    private static IEnumerable<string> OutputColumns(ReportContent content) =>
        content.OutputNames.Skip(content.Task.NameIndexOf(0)).Take(SeriesCount);

    private static IEnumerable<string> Cells(ReportContent content, double[] values, int point)
    {
        int outputCount = content.Model.Network.OutputCount;
        return values.Skip(point * outputCount).Take(Math.Min(SeriesCount, outputCount))
            .Select(value => content.Task.PredictsNumbers ? Texts.Short(value) : Texts.Percent(value));
    }

    private static void DrawCurve(Markup markup, string id, ReportContent content, DecisionSurface surface, ReportRows rows, int[] drawn)
    {
        bool isNumber = content.Task.PredictsNumbers;
        int outputCount = content.Model.Network.OutputCount;
        Axis x = AxisOf(content, rows, surface.XFeature);
        double[] xs = Steps(x, CurvePoints), values = PredictAt(content, surface, [.. xs.Select(value => (value, 0.0))]);
        Axis y = isNumber
            ? Axis.Around(content.Settings.LabelName, values.Concat(drawn.Select(row => rows.Targets[row][0])))
            : new Axis("probability", -0.04, 1.04) { IsShare = true };
        string[] names = [.. OutputColumns(content)];
        var chart = new Chart(
            markup, id, $"{content.Settings.LabelName} by {content.FeatureNames[0]}",
            $"From {Texts.Short(values[0])} at {Texts.Short(xs[0])} to {Texts.Short(values[^outputCount])} at {Texts.Short(xs[^1])}",
            height: 300);
        chart.Frame(x, y, isNumber ? 14 : 80);
        foreach (int row in drawn)
        {
            ReadOnlySpan<double> targets = rows.Targets[row];
            int classIndex = isNumber ? 0 : ReportContent.ClassOf(targets);
            for (int series = 0; series < names.Length; series++)
            {
                bool isOwn = classIndex == content.Task.NameIndexOf(series);
                chart.Mark(
                    rows.Features[row][0], isNumber ? targets[0] : isOwn ? 1 : 0, series, $"point {(isNumber ? "f1" : $"f{series}")}",
                    size: drawn.Length > 150 ? 2.2 : 3);
            }
        }
        for (int series = 0; series < names.Length; series++)
        {
            chart.Line(
                xs.Select((value, index) => (chart.X(value), chart.Y(values[index * outputCount + series]))), $"s{series}", names[series]);
        }
        if (!isNumber)
            chart.EndLabels([.. names.Select((name, series) => (values[(xs.Length - 1) * outputCount + series], name, $"t{series}"))]);
        chart.End();
    }

    private static void DrawSurface(
        Markup markup, string id, ReportContent content, DecisionSurface surface, int yFeature, ReportRows rows, int[] drawn)
    {
        Axis x = AxisOf(content, rows, surface.XFeature), y = AxisOf(content, rows, yFeature);
        bool isNumber = content.Task.PredictsNumbers;
        var chart = new Chart(
            markup, id, isNumber ? $"Predicted {content.Settings.LabelName}" : "Decision boundary",
            $"Over {content.FeatureNames[surface.XFeature]} and {content.FeatureNames[yFeature]}, with {Texts.Plural(drawn.Length, "row")}",
            height: 330);
        chart.Frame(x, y, top: 44);
        var grid = new PredictionGrid(x, y, points => PredictAt(content, surface, points));
        bool isBinary = content.ClassCount > content.Model.Network.OutputCount;
        foreach ((string style, string path) in isNumber ? grid.NumberCells(chart) : grid.ClassCells(chart, isBinary))
            chart.Path(path, style);
        if (!isNumber)
            chart.Path(grid.Boundaries(chart, isBinary, content.Settings.Threshold), "boundary");
        foreach (int row in drawn)
        {
            int series = isNumber ? 1 : ReportContent.ClassOf(rows.Targets[row]);
            chart.Mark(
                rows.Features[row][surface.XFeature], rows.Features[row][yFeature], series, $"point f{series % SeriesCount}",
                size: drawn.Length > 250 ? 2.4 : 3.2);
        }
        WriteKey(chart, content, isNumber, grid);
        chart.End();
    }

    /// <summary>Which mark is which class, in a line below the upper label.</summary>
    private static void WriteKey(Chart chart, ReportContent content, bool isNumber, PredictionGrid grid)
    {
        string[] names = isNumber ? [$"{Texts.Short(grid.Minimum)} to {Texts.Short(grid.Maximum)}"]
            : [.. content.OutputNames.Take(SeriesCount)];
        double place = chart.Left, width = (Chart.Width - chart.Left) / names.Length - 12;
        for (int series = 0; series < names.Length; series++)
        {
            string text = Texts.Fit(names[series], width, Chart.FontSize);
            chart.Text(place, 32, text, isNumber ? "tick" : $"t{series}");
            place += Texts.Width(text, Chart.FontSize) + 12;
        }
    }

    private static Axis AxisOf(ReportContent content, ReportRows rows, int feature) =>
        Axis.Around(content.FeatureNames[feature], Enumerable.Range(0, rows.RowCount).Select(row => rows.Features[row][feature]));

    private static double[] Steps(Axis axis, int count) =>
        [.. Enumerable.Range(0, count).Select(step => axis.Minimum + step / (count - 1.0) * (axis.Maximum - axis.Minimum))];

    private static double[] PredictAt(ReportContent content, DecisionSurface surface, (double X, double Y)[] points)
    {
        var rows = new RowBlocks<double>(surface.Still.Length, points.Length);
        foreach ((double x, double y) in points)
        {
            Span<double> values = rows.Add();
            surface.Still.CopyTo(values);
            values[surface.XFeature] = x;
            if (surface.YFeature is int yFeature)
                values[yFeature] = y;
        }
        return TestPredictions.Predict(content, rows);
    }
}
