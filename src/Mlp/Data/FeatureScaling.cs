using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Data;
using Mlp.Numerics;

namespace Mlp;

/// <summary>
/// What is done to every feature before it enters a network: z = (x − offset) · factor, and with a limit c the smooth clip
/// z / √(1 + (z / c)²), which bends values smoothly into (−c, c). A feature that is too skewed for that may have a curve in its place.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FeatureScaling<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The limit of <see cref="Robust"/> unless it is told another one. Source: Holzmüller et al. 2024, appendix A.1.</summary>
    public const double DefaultLimit = 3;

    private readonly T[] _offsets, _factors;

    /// <summary>A scaling with given numbers.</summary>
    /// <param name="offsets">One finite value per feature, in the unit of the feature.</param>
    /// <param name="factors">One finite value per feature, in 1 / unit of the feature; 0 leaves a feature out.</param>
    /// <param name="limit">c, in scaled units, in (0, ∞); null for no clip.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, or the limit is not positive.</exception>
    public FeatureScaling(ReadOnlySpan<T> offsets, ReadOnlySpan<T> factors, T? limit = null)
    {
        RangeCheck.Require(limit is not { } c || (c > T.Zero && T.IsFinite(c)), limit, "positive and finite, or null for no clip");
        if (offsets.Length != factors.Length)
            throw new ArgumentException(
                $"There are {offsets.Length} offsets and {factors.Length} factors; each feature needs one of both.", nameof(factors));
        for (int feature = 0; feature < offsets.Length; feature++)
        {
            if (!T.IsFinite(offsets[feature]) || !T.IsFinite(factors[feature]))
            {
                throw new ArgumentException(
                    $"Feature {feature} has offset {offsets[feature]} and factor {factors[feature]}; both must be finite.",
                    nameof(offsets));
            }
        }
        _offsets = offsets.ToArray();
        _factors = factors.ToArray();
        Limit = limit;
    }

    /// <summary>One value per feature.</summary>
    public ReadOnlySpan<T> Offsets => _offsets;

    /// <summary>One value per feature.</summary>
    public ReadOnlySpan<T> Factors => _factors;

    /// <summary>What is done to some features instead, ascending.</summary>
    internal FeatureCurve<T>[] Curves { get; init; } = [];

    /// <summary>c of the smooth clip; null for none.</summary>
    public T? Limit { get; }

    /// <summary>To mean 0 and standard deviation 1 over the given rows (population formula). A constant feature becomes 0, whatever its
    /// value.</summary>
    /// <param name="features">Row-major, rowCount x inputCount; all finite, at least one row.</param>
    /// <param name="inputCount">Features of a row, at least 1.</param>
    /// <param name="exampleWeights">One per row, finite and at least 0, not all 0; empty for 1 everywhere.</param>
    /// <remarks>
    /// In double, first row first, over the differences from the first row: those of a constant column are exactly 0, and a large common
    /// offset costs no digits. A row of weight 2 counts as if it were there twice, one of weight 0 as if absent, whatever it holds.
    /// </remarks>
    /// <exception cref="ArgumentException">The example weights are others.</exception>
    public static FeatureScaling<T> Standardize(ReadOnlySpan<T> features, int inputCount, ReadOnlySpan<T> exampleWeights = default)
    {
        RangeCheck.AtLeast(1, inputCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.Length, inputCount, nameof(features));
        var (means, deviations) = ColumnStatistics.Compute(features, inputCount, exampleWeights);
        return Scale(means, deviations);
    }

    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, ReadOnlySpan{T})" path="/summary"/>
    /// <param name="features">At least one row, none infinite. NaN is a missing value, and left out.</param>
    /// <param name="exampleWeights">As many rows of one value, finite and at least 0, not all 0; null for 1 everywhere.</param>
    /// <param name="checkCancellation">Called again and again meanwhile; what it throws ends the work. Null for nothing.</param>
    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, ReadOnlySpan{T})" path="/remarks"/>
    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, ReadOnlySpan{T})" path="/exception"/>
    public static FeatureScaling<T> Standardize(
        RowBlocks<T> features, RowBlocks<T>? exampleWeights = null, Action? checkCancellation = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.RowCount, 1, nameof(features));
        var (means, deviations) = ColumnStatistics.Compute(features, exampleWeights, checkCancellation);
        return Scale(means, deviations);
    }

    /// <summary>
    /// Centred on the median and divided by the distance of the quartiles, then clipped: outliers neither set the scale nor stick out.
    /// </summary>
    /// <param name="features">At least one row, none infinite. NaN is a missing value, and left out.</param>
    /// <param name="limit">c of the clip, in (0, ∞).</param>
    /// <param name="exampleWeights">As many rows of one value, finite and at least 0, not all 0; null for 1 everywhere. A row of weight 2
    /// counts as if it were there twice, one of weight 0 as if absent, whatever it holds.</param>
    /// <param name="checkCancellation">Called before every feature; what it throws ends the work. Null for nothing.</param>
    /// <remarks>
    /// Where the quartiles coincide (flags, counts that are mostly 0), half the median distance from the median of those values that
    /// differ from it stands in: a flag becomes 0 or 2, and rare large values do not press the small ones together. A constant feature
    /// becomes 0, whatever its value. Tables with more than <see cref="RobustStatistics.MaxSampleSize"/> rows give their quartiles by a
    /// random sample of that many, always the same. Sources: Holzmüller et al. 2024, appendix A.1, for scale and clip; the stand-in is
    /// this project's (there: half the range).
    /// </remarks>
    /// <exception cref="ArgumentException">There is no row, the limit is out of range, or the example weights are others.</exception>
    public static FeatureScaling<T> Robust(
        RowBlocks<T> features, double limit = DefaultLimit, RowBlocks<T>? exampleWeights = null, Action? checkCancellation = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.RowCount, 1, nameof(features));
        var (medians, scales) = RobustStatistics.Compute(features, exampleWeights, checkCancellation);
        return Scale(medians, scales, T.CreateTruncating(limit));
    }

    /// <summary>As <see cref="Robust"/>; but a feature so skewed that most of its values would lie side by side is scaled by a curve
    /// through its quantiles, in tables of 1,000 rows and more with at most 256 features.</summary>
    /// <inheritdoc cref="Robust" path="/param"/>
    /// <remarks>
    /// The quantile of p becomes 0.893 u / √(1 − 0.81 u²) with u = 2p − 1, nearly the normal distribution's, so that the quartiles are 1
    /// apart as for the other features; between 65 quantiles the curve is straight, and beyond the outermost ones constant. Which features
    /// are so skewed says docs/quality.md.
    /// </remarks>
    /// <inheritdoc cref="Robust" path="/exception"/>
    public static FeatureScaling<T> Adaptive(
        RowBlocks<T> features, double limit = DefaultLimit, RowBlocks<T>? exampleWeights = null, Action? checkCancellation = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.RowCount, 1, nameof(features));
        (features, exampleWeights) = WeighingRows.Of(features, exampleWeights);
        var curves = new List<FeatureCurve<T>>();
        bool mayBend = features.RowCount >= FeatureCurves.LeastRowCount && features.RowLength <= FeatureCurves.MostFeatures;
        var (medians, scales) = RobustStatistics.Compute(features, exampleWeights, checkCancellation, mayBend ? AddCurve : null);
        return Scale(medians, scales, T.CreateTruncating(limit), curves);

        void AddCurve(int feature, RankedValues<T> values, double median, double scale)
        {
            if (FeatureCurves.Of(feature, values, median, scale, limit) is { } curve)
                curves.Add(curve);
        }
    }

    /// <summary>
    /// The scaling of slots that are mostly 0, which stays 0: divided by the root mean square of what is not, or robustly by half its
    /// median size and then clipped.
    /// </summary>
    /// <param name="rows">The slots of some rows.</param>
    /// <param name="slotCount">How many slots there are.</param>
    /// <param name="isRobust">Which of the two.</param>
    /// <param name="exampleWeights">As in <see cref="Robust"/>.</param>
    internal static FeatureScaling<T> OfSparse(SparseRows<T> rows, int slotCount, bool isRobust, RowBlocks<T>? exampleWeights = null)
    {
        double[]? counts = exampleWeights is null ? null : RankedValues.Counts(exampleWeights);
        var scales = SparseStatistics.Compute(rows, slotCount, isRobust, counts);
        return Scale(new double[slotCount], scales, isRobust ? T.CreateTruncating(DefaultLimit) : null);
    }

    /// <summary>Scales single values in place.</summary>
    /// <param name="features">Which feature each value is of.</param>
    /// <param name="values">As many.</param>
    /// <remarks>The bits are those of <see cref="Apply"/>.</remarks>
    internal void ApplyTo(ReadOnlySpan<int> features, Span<T> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            int feature = features[index];
            ReadOnlySpan<T> offset = _offsets.AsSpan(feature, 1), factor = _factors.AsSpan(feature, 1);
            if (Limit is { } limit)
                new ClipLoop(offset, factor, limit, values.Slice(index, 1)).Invoke<Lanes1<T>>(0);
            else
                new ScaleLoop(offset, factor, values.Slice(index, 1)).Invoke<Lanes1<T>>(0);
        }
    }

    /// <summary>Scales rows in place.</summary>
    /// <param name="features">Row-major, rowCount x features.</param>
    /// <remarks>Finite for all rows that the scaling was made from, however large. NaN stays NaN.</remarks>
    public void Apply(Span<T> features)
    {
        for (int start = 0; start < features.Length; start += _offsets.Length)
        {
            Span<T> row = features.Slice(start, _offsets.Length);
            if (Curves.Length > 0)
                ScaleWithCurves(row);
            else
                ScaleRow(row);
        }
    }

    private void ScaleWithCurves(Span<T> row)
    {
        Span<T> bent = stackalloc T[Curves.Length];
        for (int index = 0; index < bent.Length; index++)
            bent[index] = Curves[index].At(row[Curves[index].Feature]);
        ScaleRow(row);
        for (int index = 0; index < bent.Length; index++)
            row[Curves[index].Feature] = bent[index];
    }

    private void ScaleRow(Span<T> row)
    {
        if (Limit is { } limit)
            VectorLoop.Run<T, ClipLoop>(new ClipLoop(_offsets, _factors, limit, row), row.Length);
        else
            VectorLoop.Run<T, ScaleLoop>(new ScaleLoop(_offsets, _factors, row), row.Length);
    }

    private static FeatureScaling<T> Scale(double[] centres, double[] scales, T? limit = null, IEnumerable<FeatureCurve<T>>? curves = null)
    {
        var offsets = new T[centres.Length];
        var factors = new T[centres.Length];
        for (int feature = 0; feature < centres.Length; feature++)
        {
            // 1 / 0 for a constant column. A factor too large for T (a column of denormals) would make every value infinite: such a
            // column counts as constant, too. Twice the factor must be finite, because of how it is applied.
            var factor = T.CreateTruncating(1 / scales[feature]);
            offsets[feature] = T.CreateTruncating(centres[feature]);
            factors[feature] = T.IsFinite(factor + factor) ? factor : T.Zero;
        }
        return new FeatureScaling<T>(offsets, factors, limit) { Curves = [.. curves ?? []] };
    }

    /// <summary>(x/2 − offset/2) · 2 factor: the difference of two large numbers of opposite signs would be infinite. Powers of two round
    /// nothing (but next to the smallest numbers), so the bits are those of (x − offset) · factor. Below <see cref="Tiny.Factor"/> it is
    /// 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Scaled<TLanes>(TLanes x, TLanes offset, TLanes factor)
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes half = LaneMath.Constant<TLanes, T>(0.5);
        return Tiny.Flush<TLanes, T>((half * x - half * offset) * (factor + factor));
    }

    private readonly ref struct ScaleLoop(ReadOnlySpan<T> offsets, ReadOnlySpan<T> factors, Span<T> row) : IVectorLoop<T>
    {
        private readonly ref readonly T _offsets = ref MemoryMarshal.GetReference(offsets);
        private readonly ref readonly T _factors = ref MemoryMarshal.GetReference(factors);
        private readonly ref T _row = ref MemoryMarshal.GetReference(row);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes.Store(
                Scaled(TLanes.Load(in _row, offset), TLanes.Load(in _offsets, offset), TLanes.Load(in _factors, offset)), ref _row, offset);
        }
    }

    private readonly ref struct ClipLoop(ReadOnlySpan<T> offsets, ReadOnlySpan<T> factors, T limit, Span<T> row) : IVectorLoop<T>
    {
        private readonly T _limit = limit, _inverseLimit = T.One / limit;
        private readonly ref readonly T _offsets = ref MemoryMarshal.GetReference(offsets);
        private readonly ref readonly T _factors = ref MemoryMarshal.GetReference(factors);
        private readonly ref T _row = ref MemoryMarshal.GetReference(row);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            // Far beyond the limit, where its square overflows, a value is at the limit to the last bit.
            TLanes far = LaneMath.Constant<TLanes, T>(1e9), one = LaneMath.Constant<TLanes, T>(1);
            TLanes z = Scaled(TLanes.Load(in _row, offset), TLanes.Load(in _offsets, offset), TLanes.Load(in _factors, offset));
            TLanes ratio = TLanes.AtMost(far, TLanes.AtLeast(-far, z * TLanes.Create(_inverseLimit)));
            TLanes.Store(ratio * TLanes.Create(_limit) / TLanes.Sqrt(TLanes.MultiplyAdd(ratio, ratio, one)), ref _row, offset);
        }
    }
}
