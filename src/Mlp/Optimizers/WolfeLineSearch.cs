namespace Mlp.Optimizers;

/// <summary>A step length that satisfies the strong Wolfe conditions (Nocedal and Wright 2006, Algorithms 3.5 and 3.6).</summary>
/// <param name="evaluate">The objective and its slope at a step length; a value that is not finite counts as too high.</param>
/// <param name="maximumSteps">Calls of <paramref name="evaluate"/>.</param>
internal sealed class WolfeLineSearch(Func<double, LinePoint> evaluate, int maximumSteps)
{
    // Sufficient decrease and curvature, as usual for quasi-Newton directions.
    private const double C1 = 1e-4, C2 = 0.9;

    private int _steps;

    /// <summary>The accepted point, or the lowest one seen when no point within the allowed steps satisfies the conditions.</summary>
    /// <param name="start">The point at step length 0; its slope is negative.</param>
    /// <param name="firstLength">Tried first.</param>
    public LinePoint Search(LinePoint start, double firstLength)
    {
        LinePoint previous = start;
        for (double length = firstLength; _steps < maximumSteps; length *= 2)
        {
            LinePoint point = Evaluate(length);
            bool tooHigh = !(point.Value <= start.Value + C1 * length * start.Slope);
            if (tooHigh || (previous.Length > 0 && point.Value >= previous.Value))
                return Zoom(start, previous, point);
            if (Math.Abs(point.Slope) <= -C2 * start.Slope)
                return point;
            if (point.Slope >= 0)
                return Zoom(start, point, previous);
            previous = point;
        }
        return previous;
    }

    /// <summary>Narrows the interval between a low point that satisfies the decrease condition and any other one.</summary>
    private LinePoint Zoom(LinePoint start, LinePoint low, LinePoint high)
    {
        while (_steps < maximumSteps && Math.Abs(high.Length - low.Length) > 1e-14 * Math.Max(high.Length, low.Length))
        {
            LinePoint point = Evaluate(Interpolate(low, high));
            if (!(point.Value <= start.Value + C1 * point.Length * start.Slope) || point.Value >= low.Value)
            {
                high = point;
                continue;
            }
            if (Math.Abs(point.Slope) <= -C2 * start.Slope)
                return point;
            if (point.Slope * (high.Length - low.Length) >= 0)
                high = low;
            low = point;
        }
        return low;
    }

    private LinePoint Evaluate(double length)
    {
        _steps++;
        return evaluate(length);
    }

    /// <summary>The minimum of the cubic through both values and slopes (equation 3.59), or the middle where that is no use.</summary>
    private static double Interpolate(LinePoint low, LinePoint high)
    {
        double middle = (low.Length + high.Length) / 2, width = high.Length - low.Length;
        double d1 = low.Slope + high.Slope - 3 * (low.Value - high.Value) / (low.Length - high.Length);
        double root = d1 * d1 - low.Slope * high.Slope;
        if (!(root >= 0) || double.IsInfinity(root))
            return middle;
        double d2 = Math.Sign(width) * Math.Sqrt(root);
        double length = high.Length - width * ((high.Slope + d2 - d1) / (high.Slope - low.Slope + 2 * d2));
        double position = (length - low.Length) / width;
        // Too close to an end, the interval would hardly shrink.
        return position is >= 0.1 and <= 0.9 ? length : middle;
    }
}

/// <summary>The objective on a line.</summary>
/// <param name="Length">Distance from the start, in units of the direction.</param>
/// <param name="Value">The objective there.</param>
/// <param name="Slope">Its derivative along the direction.</param>
internal readonly record struct LinePoint(double Length, double Value, double Slope);
