namespace Mlp.Models.Intervals;

/// <summary>Sets of classes that hold the true one with a probability: those that are at least so probable, and the most probable
/// one.</summary>
/// <param name="Level">The probability, in (0, 1).</param>
/// <param name="Threshold">In [0, 1].</param>
internal sealed record LabelSets(double Level, float Threshold)
{
    /// <summary>Whether a class is in the set.</summary>
    public bool Contains(float probability, float largest) => probability >= Threshold || probability == largest;
}
