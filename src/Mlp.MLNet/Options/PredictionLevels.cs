using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mlp.MLNet;

/// <summary>The parts of new labels that <see cref="MlpRegressionTrainer.Options.PredictionIntervals"/> are to hold: one level or
/// several.</summary>
/// <remarks>A number is one: <c>PredictionIntervals = 0.9</c>; several are a list: <c>[0.5, 0.9]</c>. They are kept in ascending
/// order.</remarks>
[CollectionBuilder(typeof(PredictionLevels), nameof(Of))]
public sealed class PredictionLevels : IReadOnlyList<double>, IEquatable<PredictionLevels>
{
    /// <summary>Levels at most.</summary>
    public const int MaximumCount = global::Mlp.Models.Intervals.IntervalModel<float>.MaxLevelCount;

    private readonly double[] _levels;

    private PredictionLevels(double[] levels) => _levels = levels;

    /// <inheritdoc/>
    public int Count => _levels.Length;

    /// <summary>A level; the lowest one first.</summary>
    /// <param name="index">Zero-based.</param>
    public double this[int index] => _levels[index];

    /// <summary>Levels in any order.</summary>
    /// <param name="levels">1 to <see cref="MaximumCount"/>, each in (0, 1), none twice.</param>
    /// <exception cref="ArgumentException">They are others.</exception>
    public static PredictionLevels Of(ReadOnlySpan<double> levels)
    {
        if (levels.Length is < 1 or > MaximumCount)
            throw new ArgumentException($"There are {levels.Length} levels; give 1 to {MaximumCount}, or null for none.", nameof(levels));
        double[] sorted = levels.ToArray();
        Array.Sort(sorted);
        for (int index = 0; index < sorted.Length; index++)
        {
            if (!(sorted[index] is > 0 and < 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(levels),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"A level is {sorted[index]}; it must be in (0, 1). For nine of ten labels give 0.9."));
            }
            if (index > 0 && sorted[index] == sorted[index - 1])
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The level {sorted[index]} is given twice; give each once."),
                    nameof(levels));
            }
        }
        return new PredictionLevels(sorted);
    }

    /// <summary>One level.</summary>
    /// <param name="level">In (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another.</exception>
    public static implicit operator PredictionLevels(double level) => Of([level]);

    /// <summary>Several levels.</summary>
    /// <param name="levels">As in <see cref="Of"/>.</param>
    /// <exception cref="ArgumentException">They are others.</exception>
    public static implicit operator PredictionLevels(double[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return Of(levels);
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_levels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(PredictionLevels? other) => other is not null && _levels.AsSpan().SequenceEqual(other._levels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PredictionLevels);

    /// <inheritdoc/>
    public override int GetHashCode() => _levels.Aggregate(Count, HashCode.Combine);

    /// <summary>As text: 0.9, or [0.5, 0.9].</summary>
    public override string ToString() => Count == 1 ? TextOf(_levels[0]) : $"[{string.Join(", ", _levels.Select(TextOf))}]";

    internal static string TextOf(double level) => level.ToString(CultureInfo.InvariantCulture);
}
