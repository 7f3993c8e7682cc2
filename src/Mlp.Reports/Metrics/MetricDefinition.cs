namespace Mlp.Reports.Metrics;

/// <summary>A metric before it has a value.</summary>
/// <param name="Name">Such as "Accuracy".</param>
/// <param name="Compute">Its value, given how often each row counts: once, or as often as a bootstrap sample has it.</param>
internal sealed record MetricDefinition(string Name, Func<int[], double> Compute)
{
    /// <summary>The metric without features; null where it has no meaning.</summary>
    public double? Baseline { get; init; }

    public bool IsShare { get; init; } = true;

    /// <summary>Whether it is in the unit of the label.</summary>
    public bool IsInLabelUnit { get; init; }

    /// <summary>Whether rows drawn with replacement give larger values on average, as of an error that cannot be negative: the interval is
    /// corrected by the difference.</summary>
    public bool IsBiased { get; init; }

    public bool HigherIsBetter { get; init; } = true;

    /// <summary>The number of rows it is a share of, for which Wilson's interval holds; null if it is not a share of independent
    /// rows.</summary>
    public int? RowsOfShare { get; init; }
}
