using System.Text;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Predictions on a grid of points, as coloured cells and as the lines between classes.</summary>
internal sealed class PredictionGrid
{
    private const int Columns = 90, Rows = 68, LevelCount = 5, SeriesCount = 6;

    private readonly Axis _x, _y;

    // Predictions at the corners of the cells, [(Rows + 1) x (Columns + 1) x outputs], lowest row first.
    private readonly double[] _values;
    private readonly int _outputCount;

    /// <param name="x">From left to right.</param>
    /// <param name="y">From bottom to top.</param>
    /// <param name="predict">Points → predictions, [points x outputs].</param>
    public PredictionGrid(Axis x, Axis y, Func<(double X, double Y)[], double[]> predict)
    {
        (_x, _y) = (x, y);
        (double, double)[] points = [.. Enumerable.Range(0, Rows + 1).SelectMany(
            row => Enumerable.Range(0, Columns + 1).Select(column => (XOf(column), YOf(row))))];
        _values = predict(points);
        _outputCount = _values.Length / points.Length;
    }

    public double Minimum => _values.Min();

    public double Maximum => _values.Max();

    /// <summary>Cells in the colour of their class, stronger where the model is more certain: a path for every style.</summary>
    /// <param name="chart">Has a frame with the same axes.</param>
    /// <param name="isBinary">Whether the only output is the probability of the second class.</param>
    public IEnumerable<(string Style, string Path)> ClassCells(Chart chart, bool isBinary) => Cells(chart, (row, column) =>
    {
        int best = 0;
        double[] probabilities =
            [.. Enumerable.Range(0, isBinary ? 2 : _outputCount).Select(each => MeanOfCell(row, column, each, isBinary))];
        for (int each = 1; each < probabilities.Length; each++)
            best = probabilities[each] > probabilities[best] ? each : best;
        // 0 at equal probabilities, 1 at certainty.
        double even = 1.0 / probabilities.Length, certainty = Math.Clamp((probabilities[best] - even) / (1 - even), 0, 1);
        return $"cell f{best % SeriesCount} a{1 + Math.Min(LevelCount - 1, (int)(certainty * LevelCount))}";
    });

    /// <summary>Cells that are stronger where the number is larger.</summary>
    /// <param name="chart">Has a frame with the same axes.</param>
    public IEnumerable<(string Style, string Path)> NumberCells(Chart chart)
    {
        double minimum = Minimum, range = Math.Max(Maximum - minimum, double.Epsilon);
        return Cells(chart, (row, column) =>
        {
            var level = (int)((MeanOfCell(row, column, 0, isBinary: false) - minimum) / range * LevelCount);
            return $"cell f0 a{1 + Math.Clamp(level, 0, LevelCount - 1)}";
        });
    }

    /// <summary>Where a class stops being the likeliest, by marching squares (Lorensen and Cline 1987, in two dimensions).</summary>
    /// <param name="chart">Has a frame with the same axes.</param>
    /// <param name="isBinary">Whether the only output is the probability of the second class.</param>
    /// <param name="threshold">Of that probability: above it the second class is predicted.</param>
    public string Boundaries(Chart chart, bool isBinary, double threshold)
    {
        var path = new StringBuilder();
        // With two classes, both have the same boundary.
        int count = isBinary || _outputCount == 2 ? 1 : _outputCount;
        for (int each = 0; each < count; each++)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                    AddBoundary(
                        path, chart, row, column, corner => LeadOf(row + corner / 2, column + corner % 2, each, isBinary, threshold));
            }
        }
        return path.ToString();
    }

    private void AddBoundary(StringBuilder path, Chart chart, int row, int column, Func<int, double> leadOf)
    {
        double[] leads = [leadOf(0), leadOf(1), leadOf(2), leadOf(3)];
        if (leads.All(lead => lead > 0) || leads.All(lead => lead <= 0))
            return;
        var crossings = new List<(double X, double Y)>();
        foreach ((int from, int to) in ((int, int)[])[(0, 1), (1, 3), (3, 2), (2, 0)])
        {
            if (leads[from] > 0 == leads[to] > 0)
                continue;
            double part = leads[from] / (leads[from] - leads[to]);
            double fromX = XOf(column + from % 2), toX = XOf(column + to % 2), fromY = YOf(row + from / 2), toY = YOf(row + to / 2);
            crossings.Add((chart.X(fromX + part * (toX - fromX)), chart.Y(fromY + part * (toY - fromY))));
        }
        // A cell has two crossings, or four where opposite corners have the same sign.
        for (int index = 0; index + 1 < crossings.Count; index += 2)
        {
            path.Append('M').Append(Markup.Number(crossings[index].X)).Append(' ').Append(Markup.Number(crossings[index].Y))
                .Append('L').Append(Markup.Number(crossings[index + 1].X)).Append(' ').Append(Markup.Number(crossings[index + 1].Y));
        }
    }

    private double XOf(int column) => _x.Minimum + column / (double)Columns * (_x.Maximum - _x.Minimum);

    private double YOf(int row) => _y.Minimum + row / (double)Rows * (_y.Maximum - _y.Minimum);

    private double ValueAt(int row, int column, int output, bool isBinary)
    {
        double value = _values[(row * (Columns + 1) + column) * _outputCount + (isBinary ? 0 : output)];
        return isBinary && output == 0 ? 1 - value : value;
    }

    private double MeanOfCell(int row, int column, int output, bool isBinary) =>
        (ValueAt(row, column, output, isBinary) + ValueAt(row, column + 1, output, isBinary)
            + ValueAt(row + 1, column, output, isBinary) + ValueAt(row + 1, column + 1, output, isBinary)) / 4;

    /// <summary>How much likelier a class is than the likeliest other one; with two classes and one output, how far the probability is
    /// below the threshold.</summary>
    private double LeadOf(int row, int column, int each, bool isBinary, double threshold)
    {
        if (isBinary)
            return threshold - ValueAt(row, column, output: 1, isBinary);
        double others = double.NegativeInfinity;
        for (int other = 0; other < _outputCount; other++)
        {
            if (other != each)
                others = Math.Max(others, ValueAt(row, column, other, isBinary));
        }
        return ValueAt(row, column, each, isBinary) - others;
    }

    /// <summary>Adjacent cells of the same style become one rectangle.</summary>
    private static IEnumerable<(string Style, string Path)> Cells(Chart chart, Func<int, int, string> styleOf)
    {
        var paths = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        double width = (chart.Right - chart.Left) / Columns, height = (chart.Bottom - chart.Top) / Rows;
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0, end; column < Columns; column = end)
            {
                string style = styleOf(row, column);
                for (end = column + 1; end < Columns && styleOf(row, end) == style; end++)
                {
                }
                if (!paths.TryGetValue(style, out StringBuilder? path))
                    paths[style] = path = new StringBuilder();
                path.Append('M').Append(Markup.Number(chart.Left + column * width)).Append(' ').Append(
                    Markup.Number(chart.Bottom - (row + 1) * height))
                    .Append('h').Append(Markup.Number((end - column) * width)).Append('v').Append(Markup.Number(height))
                    .Append('h').Append(Markup.Number(-(end - column) * width)).Append('z');
            }
        }
        return paths.Select(pair => (pair.Key, pair.Value.ToString()));
    }
}
