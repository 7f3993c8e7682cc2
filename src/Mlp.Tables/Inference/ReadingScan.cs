namespace Mlp.Tables.Inference;

/// <summary>Counts of the numbers that can be read with one decimal mark.</summary>
internal sealed class ReadingScan
{
    public long Count { get; private set; }

    public long IntegerCount { get; private set; }

    public long TooLargeCount { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <param name="value">NaN is not counted.</param>
    public void Add(double value)
    {
        if (double.IsNaN(value))
            return;
        Count++;
        if (value < Minimum)
            Minimum = value;
        if (value > Maximum)
            Maximum = value;
        IntegerCount += Math.Abs(value) < 1L << 53 && value == Math.Floor(value) ? 1 : 0;
        TooLargeCount += float.IsInfinity((float)value) ? 1 : 0;
    }
}
