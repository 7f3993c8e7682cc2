using Mlp.Numerics;

namespace Mlp;

/// <summary>
/// A first stage that shows some inputs to the network a second time, as learnt periodic functions: steep and wavy dependencies, which
/// dense layers learn slowly, become linear ones.
/// </summary>
/// <param name="Columns">Which inputs, zero-based, ascending, none twice; at least one. Categories as flags gain nothing.</param>
/// <param name="Frequencies">Cosines per input, at least 1.</param>
/// <param name="Outputs">Numbers per input that are made of them, at least 1.</param>
/// <remarks>
/// An input x gives, beside itself, W · cos(2π(w x + b)) + c with w, b [frequencies], W [outputs x frequencies], c [outputs], all learnt.
/// First values: w normal with deviation <see cref="FrequencyDeviation"/>, b uniform on a turn, W normal with variance 1 / frequencies,
/// c zero. The form called PBLD by Holzmüller et al. 2024, section 3, after Gorishniy et al. 2022, with b counted in turns.
/// </remarks>
public sealed record PeriodicEmbeddingDescription(IReadOnlyList<int> Columns, int Frequencies = 16, int Outputs = 3) : Layer
{
    /// <summary>The standard deviation of the first w, in turns per unit of the input, in (0, ∞). Default: 0.1, for inputs of a size around
    /// 1.</summary>
    public double FrequencyDeviation { get; init; } = 0.1;

    internal void Validate(int inputCount)
    {
        ArgumentNullException.ThrowIfNull(Columns);
        RangeCheck.AtLeast(1, Columns.Count, "PeriodicEmbedding.Columns.Count");
        for (int index = 0; index < Columns.Count; index++)
        {
            int least = index == 0 ? 0 : Columns[index - 1] + 1;
            RangeCheck.Require(
                Columns[index] >= least && Columns[index] < inputCount, Columns[index],
                $"from {least} to {inputCount - 1}: columns of the inputs, ascending",
                $"PeriodicEmbedding.Columns[{index}]");
        }
        RangeCheck.AtLeast(1, Frequencies, "PeriodicEmbedding.Frequencies");
        RangeCheck.AtLeast(1, Outputs, "PeriodicEmbedding.Outputs");
        RangeCheck.Positive(FrequencyDeviation, "PeriodicEmbedding.FrequencyDeviation");
    }
}
