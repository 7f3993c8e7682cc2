using System.Numerics;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp.Reports;

/// <summary>The rows of a report: all that are added, or a random sample of them when there are more than it holds.</summary>
/// <remarks>
/// Each row has the same chance to be in the sample, however many there are; the same rows and seed give the same sample. Rows with a
/// feature or target that is NaN or infinite are counted and left out; with <see cref="KeepsMissing"/> a feature may be NaN. Source: Vitter
/// 1985, algorithm R.
/// <para>
/// Of a model that was trained on key columns beside its features (CategoricalColumnNames), a row has one more value for each of these,
/// behind its features: the key from 1 on, and 0 where it is missing or not known.
/// </para>
/// </remarks>
public sealed class ReportRows
{
    /// <summary>The default number of rows that are kept; fewer where they would have more than <see cref="MaxValueCount"/>
    /// features.</summary>
    public const int DefaultMaxRowCount = 20_000;

    /// <summary>The most features of all kept rows together; one row is always kept.</summary>
    public const int MaxValueCount = 20_000_000;

    private readonly RandomSource _random;

    /// <summary>Starts without rows.</summary>
    /// <param name="inputCount">Features of a row, at least 1, key columns included.</param>
    /// <param name="targetCount">Targets of a row, at least 1: see <see cref="PredictionTask"/>.</param>
    /// <param name="maxRowCount">Rows to keep, at least 1.</param>
    /// <param name="seed">Of the sample.</param>
    public ReportRows(int inputCount, int targetCount, int maxRowCount = DefaultMaxRowCount, int seed = 1)
    {
        RangeCheck.AtLeast(1, maxRowCount);
        Features = new RowBlocks<double>(inputCount);
        Targets = new RowBlocks<double>(targetCount);
        MaxRowCount = Math.Clamp(MaxValueCount / inputCount, 1, maxRowCount);
        Seed = seed;
        _random = new RandomSource(seed);
    }

    /// <summary>Whether rows with features that are NaN are kept: for models that take missing values. Default: false.</summary>
    public bool KeepsMissing { get; init; }

    /// <summary>The most rows that are kept.</summary>
    public int MaxRowCount { get; }

    /// <summary>The seed of the sample.</summary>
    public int Seed { get; }

    /// <summary>The number of rows that are kept.</summary>
    public int RowCount => Features.RowCount;

    /// <summary>The number of rows that were added.</summary>
    public long TotalRowCount { get; private set; }

    /// <summary>The number of added rows that were left out because a value is infinite, or NaN where it may not be.</summary>
    public long SkippedRowCount { get; private set; }

    internal RowBlocks<double> Features { get; }

    internal RowBlocks<double> Targets { get; }

    /// <summary>Whether there were more rows than are kept.</summary>
    internal bool IsSample => TotalRowCount - SkippedRowCount > RowCount;

    /// <summary>All rows of two tables.</summary>
    /// <param name="features">Any number of rows.</param>
    /// <param name="targets">As many.</param>
    /// <param name="keepsMissing">See <see cref="KeepsMissing"/>.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public static ReportRows Of<T>(RowBlocks<T> features, RowBlocks<T> targets, bool keepsMissing = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.RowCount != features.RowCount)
            throw new ArgumentException(
                $"There are targets of {targets.RowCount} rows for {features.RowCount} rows of features.", nameof(targets));
        var rows = new ReportRows(features.RowLength, targets.RowLength) { KeepsMissing = keepsMissing };
        for (int row = 0; row < features.RowCount; row++)
            rows.Add<T>(features[row], targets[row]);
        return rows;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="features">As many as the rows have.</param>
    /// <param name="targets">As many as the rows have.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Add<T>(ReadOnlySpan<T> features, ReadOnlySpan<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(features.Length, Features.RowLength, nameof(features));
        CheckLength(targets.Length, Targets.RowLength, nameof(targets));
        TotalRowCount++;
        if (!IsUsable(features) || Finite.IndexOfAnyExcept(targets) >= 0)
        {
            SkippedRowCount++;
            return;
        }
        if (RowCount < MaxRowCount)
        {
            Copy(features, Features.Add());
            Copy(targets, Targets.Add());
            return;
        }
        var place = (long)(_random.NextDouble() * (TotalRowCount - SkippedRowCount));
        if (place < MaxRowCount)
        {
            Copy(features, Features[(int)place]);
            Copy(targets, Targets[(int)place]);
        }
    }

    private bool IsUsable<T>(ReadOnlySpan<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        while (Finite.IndexOfAnyExcept(features) is >= 0 and int index)
        {
            if (!KeepsMissing || !T.IsNaN(features[index]))
                return false;
            features = features[(index + 1)..];
        }
        return true;
    }

    private static void Copy<T>(ReadOnlySpan<T> source, Span<double> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < source.Length; index++)
            destination[index] = double.CreateTruncating(source[index]);
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"{name} holds {length} values; the rows have {expected}.", name);
    }
}
