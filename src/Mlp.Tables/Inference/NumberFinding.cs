namespace Mlp.Tables.Inference;

/// <summary>How the numbers of a column are read, and what they are then.</summary>
internal sealed class NumberFinding
{
    public static NumberFinding None { get; } = new();

    public NumberReading Reading { get; init; }

    public NumberForm Form { get; init; } = new();

    /// <summary>Numbers that are read.</summary>
    public long Count { get; set; }

    public long IntegerCount { get; set; }

    public long TooLargeCount { get; set; }

    public double Minimum { get; set; } = double.PositiveInfinity;

    public double Maximum { get; set; } = double.NegativeInfinity;

    /// <summary>Numbers with the unit, where there is one.</summary>
    public long UnitCount { get; set; }

    /// <summary>Whether a point or a comma groups digits, or another mark does.</summary>
    public bool HasGroups { get; set; }

    /// <summary>Whether nothing but a rule of thumb says which mark is the decimal one.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Whether all numbers are read.</summary>
    public bool IsReadable => Reading is NumberReading.Point or NumberReading.Comma;
}
