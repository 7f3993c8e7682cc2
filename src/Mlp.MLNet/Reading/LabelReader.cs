namespace Mlp.MLNet.Reading;

/// <summary>Turns the label of a cursor's row into the numbers that the loss compares with.</summary>
internal abstract class LabelReader
{
    /// <summary>What to do about labels that are no targets, a sentence.</summary>
    public abstract string Advice { get; }

    /// <summary>The current row's targets; what is wrong with its label when it has none: "is NaN"; null when all is well.</summary>
    /// <param name="targets">One for a scalar label, one per slot for a vector; overwritten.</param>
    public abstract string? TryRead(Span<float> targets);
}
