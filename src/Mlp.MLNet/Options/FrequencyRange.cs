namespace Mlp.MLNet.Options;

/// <summary>The deviations of the first frequencies of embeddings, one for each network of an ensemble: they rise by the same factor from
/// one network to the next, so that smooth functions and steep ones are averaged.</summary>
/// <param name="Least">Of the first network, in turns per unit of a scaled feature.</param>
/// <param name="Most">Of the last one that is no refit.</param>
internal readonly record struct FrequencyRange(double Least, double Most)
{
    /// <summary>Where nothing tells what is better.</summary>
    public const double DefaultDeviation = 0.1;

    /// <summary>The range of no width: all networks begin with the default deviation.</summary>
    public static FrequencyRange Smooth { get; } = new(DefaultDeviation, DefaultDeviation);

    /// <summary>For tables that steep functions do no harm to.</summary>
    public static FrequencyRange Wide { get; } = new(DefaultDeviation, 30 * DefaultDeviation);

    /// <summary>Whether networks differ by their frequencies.</summary>
    public bool Varies => Most != Least;

    /// <summary>The deviation of one network's first frequencies.</summary>
    /// <param name="index">Zero-based; refits follow.</param>
    /// <param name="networkCount">Networks that are no refits.</param>
    public double Of(int index, int networkCount) => networkCount == 1
        ? Least : Least * Math.Pow(Most / Least, index % networkCount / (networkCount - 1.0));
}
