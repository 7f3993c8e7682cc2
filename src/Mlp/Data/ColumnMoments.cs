using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Data;

/// <summary>Mean and variance of every column of rows that arrive in parts, each row as much as it weighs.</summary>
/// <remarks>
/// In double, over the differences from the first row: those of a constant column are exactly 0, and a large common offset costs no
/// digits. Each tile of rows gets its own mean and then its own variance, and joins the others by Chan, Golub and LeVeque 1979,
/// eq. 2.1; so memory is read once. Parts that are no multiple of <see cref="TileRowCount"/> change the last bits.
/// </remarks>
/// <param name="columnCount">At least 1.</param>
internal sealed class ColumnMoments<T>(int columnCount)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // 16 kB of doubles: half of a first-level cache.
    private const int TileValueCount = 2048;

    private readonly double[] _origin = new double[columnCount], _means = new double[columnCount], _variances = new double[columnCount];
    private readonly double[] _tile = new double[TileRows(columnCount) * columnCount], _shares = new double[TileRows(columnCount)];
    private double _weightSum;

    /// <summary>Rows of a tile.</summary>
    public int TileRowCount { get; } = TileRows(columnCount);

    /// <param name="rows">Row-major, rowCount x columnCount; all finite.</param>
    /// <param name="exampleWeights">One per row, positive and finite; empty for 1 everywhere.</param>
    public void Add(ReadOnlySpan<T> rows, ReadOnlySpan<T> exampleWeights = default)
    {
        if (_weightSum == 0 && !rows.IsEmpty)
            Elementwise.Widen(rows[..columnCount], _origin);
        while (!rows.IsEmpty)
        {
            int rowCount = Math.Min(TileRowCount, rows.Length / columnCount);
            AddTile(rows[..(rowCount * columnCount)], exampleWeights.IsEmpty ? default : exampleWeights[..rowCount]);
            rows = rows[(rowCount * columnCount)..];
            if (!exampleWeights.IsEmpty)
                exampleWeights = exampleWeights[rowCount..];
        }
    }

    /// <summary>Means and standard deviations of all rows so far, at least one.</summary>
    /// <returns>One value per column each. The deviation of a constant column is exactly 0.</returns>
    public (double[] Means, double[] Deviations) ToMeansAndDeviations() =>
        ([.. _means.Zip(_origin, (mean, origin) => mean + origin)], [.. _variances.Select(Math.Sqrt)]);

    // A power of two, as the rows of a block are: the bits do not depend on whether there are blocks.
    private static int TileRows(int columnCount) => Math.Max(8, 1 << BitOperations.Log2((uint)Math.Max(1, TileValueCount / columnCount)));

    private void AddTile(ReadOnlySpan<T> rows, ReadOnlySpan<T> exampleWeights)
    {
        Span<double> shares = _shares.AsSpan(0, rows.Length / columnCount);
        double weight = FillShares(exampleWeights, shares);
        Elementwise.Widen(rows, _tile.AsSpan(0, rows.Length));
        _weightSum += weight;
        VectorLoop.Run<double, TileLoop>(new TileLoop(_tile, shares, _origin, _means, _variances, weight / _weightSum), columnCount);
    }

    /// <summary>What each row of a tile is of it; returns the weight of the tile.</summary>
    private static double FillShares(ReadOnlySpan<T> exampleWeights, Span<double> shares)
    {
        if (exampleWeights.IsEmpty)
        {
            shares.Fill(1.0 / shares.Length);
            return shares.Length;
        }
        double sum = 0;
        foreach (T weight in exampleWeights)
            sum += double.CreateTruncating(weight);
        for (int row = 0; row < shares.Length; row++)
            shares[row] = double.CreateTruncating(exampleWeights[row]) / sum;
        return sum;
    }

    /// <summary>All rows of a tile for some columns.</summary>
    private readonly ref struct TileLoop(
        Span<double> tile, Span<double> shares, Span<double> origin, Span<double> means, Span<double> variances, double tileShare)
            : IVectorLoop<double>
    {
        private readonly ref double _tile = ref MemoryMarshal.GetReference(tile), _origin = ref MemoryMarshal.GetReference(origin);
        private readonly ref double _shares = ref MemoryMarshal.GetReference(shares);
        private readonly ref double _means = ref MemoryMarshal.GetReference(means), _variances = ref MemoryMarshal.GetReference(variances);
        private readonly int _rowCount = shares.Length;
        private readonly nuint _columnCount = (nuint)origin.Length;
        private readonly double _tileShare = tileShare;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, double>
        {
            // Divided before they are added: a sum of squares could overflow where the mean does not.
            TLanes origin = TLanes.Load(in _origin, offset);
            TLanes mean = TLanes.Create(0), variance = TLanes.Create(0);
            nuint index = offset;
            for (int row = 0; row < _rowCount; row++, index += _columnCount)
                mean += (TLanes.Load(in _tile, index) - origin) * TLanes.Create(Unsafe.Add(ref _shares, row));
            index = offset;
            for (int row = 0; row < _rowCount; row++, index += _columnCount)
            {
                TLanes difference = TLanes.Load(in _tile, index) - origin - mean;
                variance += difference * difference * TLanes.Create(Unsafe.Add(ref _shares, row));
            }

            TLanes share = TLanes.Create(_tileShare), earlierShare = TLanes.Create(1 - _tileShare),
                earlierMean = TLanes.Load(in _means, offset);
            TLanes step = mean - earlierMean;
            TLanes.Store(earlierMean + step * share, ref _means, offset);
            TLanes.Store(
                TLanes.Load(in _variances, offset) * earlierShare + variance * share + step * step * (share * earlierShare),
                ref _variances, offset);
        }
    }
}
