using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Kernels;

namespace Mlp;

/// <summary>What is done to every feature before it enters a network: (x − offset) · factor.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FeatureScaling<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _offsets, _factors;

    /// <summary>A scaling with given numbers.</summary>
    /// <param name="offsets">One finite value per feature, in the unit of the feature.</param>
    /// <param name="factors">One finite value per feature, in 1 / unit of the feature; 0 leaves a feature out.</param>
    /// <exception cref="ArgumentException">The lengths differ or a value is not finite.</exception>
    public FeatureScaling(ReadOnlySpan<T> offsets, ReadOnlySpan<T> factors)
    {
        if (offsets.Length != factors.Length)
            throw new ArgumentException($"There are {offsets.Length} offsets and {factors.Length} factors; each feature needs one of both.", nameof(factors));
        for (int feature = 0; feature < offsets.Length; feature++)
        {
            if (!T.IsFinite(offsets[feature]) || !T.IsFinite(factors[feature]))
            {
                throw new ArgumentException(
                    $"Feature {feature} has offset {offsets[feature]} and factor {factors[feature]}; both must be finite.", nameof(offsets));
            }
        }
        _offsets = offsets.ToArray();
        _factors = factors.ToArray();
    }

    /// <summary>One value per feature.</summary>
    public ReadOnlySpan<T> Offsets => _offsets;

    /// <summary>One value per feature.</summary>
    public ReadOnlySpan<T> Factors => _factors;

    /// <summary>To mean 0 and standard deviation 1 over the given rows (population formula). A constant feature becomes 0, whatever its value.</summary>
    /// <param name="features">Row-major, rowCount x inputCount; all finite, at least one row.</param>
    /// <param name="inputCount">Features of a row, at least 1.</param>
    /// <remarks>
    /// In double, first row first, over the differences from the first row: those of a constant column are exactly 0, and a large common
    /// offset costs no digits.
    /// </remarks>
    public static FeatureScaling<T> Standardize(ReadOnlySpan<T> features, int inputCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.Length, inputCount, nameof(features));
        var (means, deviations) = ColumnStatistics.Compute(features, inputCount);
        return Standardize(means, deviations);
    }

    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int)" path="/summary"/>
    /// <param name="features">All finite.</param>
    /// <param name="rowIndices">Which of the rows, zero-based, at least one; null for all.</param>
    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int)" path="/remarks"/>
    public static FeatureScaling<T> Standardize(RowBlocks<T> features, int[]? rowIndices = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowIndices?.Length ?? features.RowCount, 1, nameof(features));
        var (means, deviations) = ColumnStatistics.Compute(features, rowIndices);
        return Standardize(means, deviations);
    }

    /// <summary>Scales rows in place.</summary>
    /// <param name="features">Row-major, rowCount x features.</param>
    /// <remarks>Finite for all rows that the scaling was made from, however large. NaN stays NaN.</remarks>
    public void Apply(Span<T> features)
    {
        for (int start = 0; start < features.Length; start += _offsets.Length)
            VectorLoop.Run<T, ScaleLoop>(new ScaleLoop(_offsets, _factors, features.Slice(start, _offsets.Length)), _offsets.Length);
    }

    private static FeatureScaling<T> Standardize(double[] means, double[] deviations)
    {
        var offsets = new T[means.Length];
        var factors = new T[means.Length];
        for (int feature = 0; feature < means.Length; feature++)
        {
            // 1 / 0 for a constant column. A factor too large for T (a column of denormals) would make every value infinite: such a
            // column counts as constant, too. Twice the factor must be finite, because of how it is applied.
            var factor = T.CreateTruncating(1 / deviations[feature]);
            offsets[feature] = T.CreateTruncating(means[feature]);
            factors[feature] = T.IsFinite(factor + factor) ? factor : T.Zero;
        }
        return new FeatureScaling<T>(offsets, factors);
    }

    private readonly ref struct ScaleLoop(ReadOnlySpan<T> offsets, ReadOnlySpan<T> factors, Span<T> row) : IVectorLoop<T>
    {
        private readonly ref readonly T _offsets = ref MemoryMarshal.GetReference(offsets);
        private readonly ref readonly T _factors = ref MemoryMarshal.GetReference(factors);
        private readonly ref T _row = ref MemoryMarshal.GetReference(row);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            // (x/2 − offset/2) · 2 factor: the difference of two large numbers of opposite signs would be infinite. Powers of two
            // round nothing (but next to the smallest numbers), so the bits are those of (x − offset) · factor.
            TLanes half = LaneMath.Constant<TLanes, T>(0.5), factor = TLanes.Load(in _factors, offset);
            TLanes difference = half * TLanes.Load(in _row, offset) - half * TLanes.Load(in _offsets, offset);
            TLanes.Store(difference * (factor + factor), ref _row, offset);
        }
    }
}
