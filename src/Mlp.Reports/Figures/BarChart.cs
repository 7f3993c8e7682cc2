using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Horizontal bars from 0 to either side, with a name on the left and a number at the end of each.</summary>
internal sealed class BarChart
{
    private const double RowHeight = 22, NameWidth = 160, ValueWidth = 57, Footer = 26;

    private readonly Chart _chart;
    private readonly string _unit;
    private readonly double _minimum, _maximum, _left, _right;

    /// <param name="markup">The drawing is written to it.</param>
    /// <param name="id">Of the drawing.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">For readers who cannot see it.</param>
    /// <param name="barCount">At least 1.</param>
    /// <param name="unit">What the length means.</param>
    /// <param name="minimum">Of all bars, at most 0.</param>
    /// <param name="maximum">Of all bars, at least 0; larger than the minimum.</param>
    /// <param name="hasNegative">Whether a bar goes to the left, and needs room for its number there.</param>
    public BarChart(
        Markup markup, string id, string title, string description, int barCount, string unit, double minimum, double maximum,
        bool hasNegative)
    {
        (_minimum, _maximum, _unit) = (minimum, maximum, unit);
        _chart = new Chart(markup, id, title, description, barCount * RowHeight + 6 + Footer);
        _left = NameWidth + 8 + (hasNegative ? ValueWidth : 0);
        _right = Chart.Width - (maximum > 0 ? ValueWidth : 8);
        _chart.Segment(Place(0), 2, Place(0), barCount * RowHeight + 4, "axis");
        _chart.Text(Chart.Width - 2, barCount * RowHeight + Footer, Texts.Fit(unit, Chart.Width - 4, Chart.FontSize), "tick", "end");
    }

    /// <summary>Adds a bar.</summary>
    /// <param name="index">From the top.</param>
    /// <param name="name">On the left; shortened where it is too long.</param>
    /// <param name="ending">Of the name, kept when it is shortened: " = 3".</param>
    /// <param name="value">Where the bar ends.</param>
    /// <param name="text">At its end.</param>
    /// <param name="style">Of the bar.</param>
    /// <param name="spread">From where to where a thin line goes; null for none.</param>
    public void Add(
        int index, string name, string ending, double value, string text, string style, (double Low, double High)? spread = null)
    {
        double top = index * RowHeight + 4, middle = top + RowHeight / 2 - 2;
        _chart.Text(
            NameWidth, middle + 4, Texts.Fit(name, NameWidth - 2 - Texts.Width(ending, Chart.FontSize), Chart.FontSize) + ending,
            "", "end");
        _chart.Bar(
            Math.Min(Place(0), Place(value)), top + 1, Math.Abs(Place(value) - Place(0)), RowHeight - 6, style,
            (name + ending, $"{_unit}: {text}"));
        (double low, double high) = (Math.Min(0, value), Math.Max(0, value));
        if (spread is (double from, double to))
        {
            _chart.Segment(Place(from), middle, Place(to), middle, "whisker");
            (low, high) = (Math.Min(low, from), Math.Max(high, to));
        }
        if (value >= 0)
            _chart.Text(Place(high) + 5, middle + 4, text, "tick");
        else
            _chart.Text(Place(low) - 5, middle + 4, text, "tick", "end");
    }

    public void End() => _chart.End();

    private double Place(double value) =>
        _left + (Math.Clamp(value, _minimum, _maximum) - _minimum) / (_maximum - _minimum) * (_right - _left);
}
