namespace Mlp.MLNet;

/// <summary>One hyper-parameter of a search: a range of numbers, or a choice among some.</summary>
/// <param name="Name">Of the option that it sets: "LearningRate".</param>
/// <param name="Default">What is in force without a search; it need not be among the choices.</param>
public sealed record MlpSearchDimension(string Name, double Default)
{
    /// <summary>The smallest value, where there are no <see cref="Choices"/>.</summary>
    public double Minimum { get; init; }

    /// <summary>The largest value, where there are no <see cref="Choices"/>.</summary>
    public double Maximum { get; init; }

    /// <summary>Whether the logarithm is drawn evenly, not the value.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The only values; empty for a range.</summary>
    public IReadOnlyList<double> Choices { get; init; } = [];

    /// <summary>The value at a place of the range, or among the choices.</summary>
    /// <param name="place">In [0, 1).</param>
    internal double At(double place) =>
        Choices.Count > 0 ? Choices[(int)(place * Choices.Count)]
        : IsLogarithmic ? Minimum * Math.Pow(Maximum / Minimum, place) : Minimum + place * (Maximum - Minimum);
}
