using System.Globalization;
using System.Text;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>One drawing: an SVG with a frame of two axes, and what is put into it.</summary>
/// <remarks>Made for a width of about 380 pixels, so that it is readable on a phone. Colours are classes of the style sheet.</remarks>
internal sealed class Chart
{
    public const double Width = 380, FontSize = 11, LabelSize = 12;

    private readonly Markup _markup;
    private Axis? _x, _y;
    private double _left, _right, _top, _bottom;

    /// <summary>Opens the drawing; <see cref="End"/> closes it.</summary>
    /// <param name="markup">The drawing is written to it.</param>
    /// <param name="id">Of the drawing; unique in the document.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What can be seen in it, for readers who cannot see it.</param>
    /// <param name="height">In the unit of the width.</param>
    public Chart(Markup markup, string id, string title, string description, double height = 250)
    {
        (_markup, Height) = (markup, height);
        markup.OpenDrawing(
            ("class", "chart"), ("viewBox", $"0 0 {Markup.Number(Width)} {Markup.Number(height)}"), ("role", "img"),
            ("aria-labelledby", $"{id}-t {id}-d"));
        markup.Leaf("title", title, ("id", $"{id}-t"));
        markup.Leaf("desc", description, ("id", $"{id}-d"));
    }

    public double Height { get; }

    public double Left => _left;

    public double Right => _right;

    public double Top => _top;

    public double Bottom => _bottom;

    public void End() => _markup.CloseBlock();

    /// <summary>Draws grid, ticks and labels; after that, values can be placed.</summary>
    /// <param name="x">From left to right.</param>
    /// <param name="y">From bottom to top.</param>
    /// <param name="right">Room on the right, for direct labels.</param>
    /// <param name="top">Room at the top, for the label and perhaps a key below it.</param>
    public void Frame(Axis x, Axis y, double right = 14, double top = 26)
    {
        IReadOnlyList<(double Value, string Text)> yTicks = y.Ticks(5);
        (_x, _y) = (x, y);
        _left = Math.Max(30, 10 + yTicks.Select(tick => Texts.Width(tick.Text, FontSize)).DefaultIfEmpty(0).Max());
        (_right, _top, _bottom) = (Width - right, top, Height - 38);
        foreach ((double value, string text) in yTicks)
        {
            Segment(_left, Y(value), _right, Y(value), "grid");
            Text(_left - 6, Y(value) + 4, text, "tick", "end");
        }
        foreach ((double value, string text) in FittingTicks(x))
        {
            Segment(X(value), _bottom, X(value), _bottom + 4, "axis");
            // Not beyond the drawing's edge.
            double half = Texts.Width(text, FontSize) / 2;
            Text(Math.Clamp(X(value), half + 1, Width - half - 1), _bottom + 16, text, "tick", "middle");
        }
        Segment(_left, _bottom, _right, _bottom, "axis");
        WritePlot(x, y);
        Text(4, 12, Texts.Fit(y.Label, Width - 8, LabelSize), "label");
        Text((_left + _right) / 2, Height - 6, Texts.Fit(x.Label, _right - _left, LabelSize), "label", "middle");
    }

    public double X(double value) => _left + _x!.Place(value) * (_right - _left);

    public double Y(double value) => _bottom - _y!.Place(value) * (_bottom - _top);

    /// <summary>A line through points.</summary>
    /// <param name="points">In the drawing's coordinates.</param>
    /// <param name="style">Classes of the style sheet.</param>
    /// <param name="name">What it is of, where a reader can read values off it; null for a line that only guides the eye.</param>
    public void Line(IEnumerable<(double X, double Y)> points, string style, string? name = null)
    {
        (string, string)[] named = name is null || _markup.StyleOfDrawings is not null ? [] : [("data-name", name)];
        _markup.Empty("path", [("class", $"line {style}"), ("d", PathOf(points)), .. named]);
    }

    /// <summary>The points in the drawing's coordinates, joined.</summary>
    public void Polygon(IEnumerable<(double X, double Y)> points, string style) => _markup.Empty(
        "polygon", ("class", style),
        ("points", string.Join(' ', points.Select(point => $"{Markup.Number(point.X)},{Markup.Number(point.Y)}"))));

    public void Segment(double x1, double y1, double x2, double y2, string style) => _markup.Empty(
        "line", ("class", style), ("x1", Markup.Number(x1)), ("y1", Markup.Number(y1)),
        ("x2", Markup.Number(x2)), ("y2", Markup.Number(y2)));

    public void Rectangle(double x, double y, double width, double height, string style) => Bar(x, y, width, height, style, null);

    /// <summary>A rectangle whose length is a value, in the drawing's coordinates.</summary>
    /// <param name="x">Left.</param>
    /// <param name="y">Top.</param>
    /// <param name="width">At least 0.</param>
    /// <param name="height">At least 0.</param>
    /// <param name="style">Classes of the style sheet.</param>
    /// <param name="reading">What the page's script shows at the pointer: what the bar is of, and its value; null for nothing.</param>
    public void Bar(double x, double y, double width, double height, string style, (string Name, string Value)? reading)
    {
        (string, string)[] read = reading is not var (name, value) || _markup.StyleOfDrawings is not null
            ? [] : [("data-name", name), ("data-value", value)];
        _markup.Empty(
            "rect",
            [
                ("class", style), ("x", Markup.Number(x)), ("y", Markup.Number(y)), ("width", Markup.Number(Math.Max(0, width))),
                ("height", Markup.Number(Math.Max(0, height))), .. read,
            ]);
    }

    /// <summary>A mark at a value, in one of three shapes, so that it does not depend on colours.</summary>
    public void Mark(double x, double y, int shape, string style, double size = 3)
    {
        (double left, double top) = (X(x), Y(y));
        switch (shape % 3)
        {
            case 0:
                _markup.Empty(
                    "circle", ("class", style), ("cx", Markup.Number(left)), ("cy", Markup.Number(top)), ("r", Markup.Number(size)));
                break;
            case 1:
                Rectangle(left - 0.9 * size, top - 0.9 * size, 1.8 * size, 1.8 * size, style);
                break;
            default:
                Polygon([(left, top - 1.2 * size), (left + 1.1 * size, top + 0.8 * size), (left - 1.1 * size, top + 0.8 * size)], style);
                break;
        }
    }

    public void Text(double x, double y, string text, string style, string anchor = "start") =>
        _markup.Leaf("text", text, ("class", style), ("x", Markup.Number(x)), ("y", Markup.Number(y)), ("text-anchor", anchor));

    /// <summary>A shape given in the drawing's coordinates.</summary>
    public void Path(string data, string style) => _markup.Empty("path", ("class", style), ("d", data));

    /// <summary>Labels at the right of the frame, moved apart where they would overlap.</summary>
    /// <param name="labels">The value at which each line ends, its text and its style.</param>
    public void EndLabels(IReadOnlyList<(double Value, string Text, string Style)> labels)
    {
        const double Step = 14;
        double place = _top + 4;
        var placed = new List<(double Y, string Text, string Style)>();
        foreach ((double value, string text, string style) in labels.OrderBy(label => Y(label.Value)))
        {
            place = Math.Max(place, Y(value) + 4);
            placed.Add((place, text, style));
            place += Step;
        }
        // Labels below the bottom move up again, and push the others.
        double highest = _bottom;
        for (int index = placed.Count - 1; index >= 0; index--)
        {
            placed[index] = placed[index] with { Y = Math.Min(placed[index].Y, highest) };
            highest = placed[index].Y - Step;
        }
        foreach ((double y, string text, string style) in placed)
            Text(_right + 6, y, Texts.Fit(text, Width - _right - 8, FontSize), style);
    }

    /// <summary>The frame as the page's script reads it: where it is, and what its sides stand for. A drawing in a file of its own has no
    /// script.</summary>
    private void WritePlot(Axis x, Axis y)
    {
        if (_markup.StyleOfDrawings is not null)
            return;
        _markup.Empty("rect", [("class", "plot"), ("x", Markup.Number(_left)), ("y", Markup.Number(_top)),
            ("width", Markup.Number(_right - _left)), ("height", Markup.Number(_bottom - _top)), .. Describe("x", x), .. Describe("y", y)]);

        static (string, string)[] Describe(string name, Axis axis) =>
        [
            ($"data-{name}-label", axis.Label), ($"data-{name}-low", axis.Minimum.ToString("R", CultureInfo.InvariantCulture)),
            ($"data-{name}-high", axis.Maximum.ToString("R", CultureInfo.InvariantCulture)),
            ($"data-{name}-kind", axis.IsLogarithmic ? "log" : axis.IsShare ? "share" : "linear"),
        ];
    }

    private static string PathOf(IEnumerable<(double X, double Y)> points)
    {
        var data = new StringBuilder();
        foreach ((double x, double y) in points)
            data.Append(data.Length == 0 ? 'M' : 'L').Append(Markup.Number(x)).Append(' ').Append(Markup.Number(y));
        return data.ToString();
    }

    /// <summary>As many ticks as fit side by side.</summary>
    private IReadOnlyList<(double Value, string Text)> FittingTicks(Axis axis)
    {
        for (int count = 7; count > 1; count--)
        {
            IReadOnlyList<(double Value, string Text)> ticks = axis.Ticks(count);
            bool fit = ticks.Zip(ticks.Skip(1)).All(pair =>
                X(pair.Second.Value) - X(pair.First.Value)
                    > (Texts.Width(pair.First.Text, FontSize) + Texts.Width(pair.Second.Text, FontSize)) / 2 + 8);
            if (fit)
                return ticks;
        }
        return [.. axis.Ticks(1).Take(1)];
    }
}
