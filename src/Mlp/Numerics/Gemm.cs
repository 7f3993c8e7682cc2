using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Mlp.Numerics;

/// <summary>Matrix products: C = A·B, C += A·B or C = A·B + row, with C [M x N] row-major, A [M x K], B [K x N] either way round.</summary>
/// <remarks>
/// <para>
/// K is cut into blocks of KC, C into blocks of MC x NC. A tile of C, 12 rows x 2 vectors at most, stays in registers while a panel
/// of B, [KC x 2 vectors], streams past. (Names and scheme: Goto and van de Geijn 2008; Van Zee and
/// van de Geijn 2015, BLIS.) B is packed into panels where its columns are not contiguous or its panels are used by many tiles; A is
/// packed only where consecutive k lie far apart or its rows compete for the same places in the cache. Small products pack nothing.
/// </para>
/// <para>
/// Every element of C is c ← c + aₖ·bₖ for k = 0, 1, … in this order, whatever the tile, the blocking, the lane width or the
/// number of threads. So the bits depend on none of them, and the naive loop with the same multiply-add gives the same bits too.
/// </para>
/// </remarks>
internal sealed partial class Gemm<T> : IParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // MC x KC of A = 790 KB stay in a second-level cache of 1 MB, from which a panel of B, KC x 2 vectors, streams as well.
    private const int KC = 512, NC = 2048;

    // Up to here a plain loop is faster than the set-up of a tile.
    private const int TinyMultiplyAdds = 48;

    // Below this many multiply-adds (some 10 µs) a second thread gains less than waiting for it costs where it is late, and it is late
    // wherever the machine has other work.
    private const long MultiplyAddsWorthSharing = 1 << 20;

    private static unsafe int MC => 1536 / sizeof(T);

    private readonly ThreadTeam _team;
    private readonly AlignedBuffer<T>?[] _panels, _strips;
    private AlignedBuffer<T>? _transposedC;
    private Product _product;

    /// <param name="team">Shares the large products.</param>
    public Gemm(ThreadTeam team)
    {
        _team = team;
        _panels = new AlignedBuffer<T>[team.ThreadCount];
        _strips = new AlignedBuffer<T>[team.ThreadCount];
    }

    /// <summary>C = A·B, or C += A·B when <paramref name="accumulate"/>. Otherwise what C held does not matter, NaN included.</summary>
    public unsafe void Multiply(int m, int n, int k, MatrixView<T> a, MatrixView<T> b, Span<T> c, bool accumulate)
    {
        b.CheckSize(k, n, nameof(b));
        fixed (T* bPointer = b.Values, cPointer = c)
        {
            _product.B = new Factor(bPointer, b.RowStride, b.ColumnStride);
            _product.SkipsZeros = false;
            MultiplyWithB(m, n, k, in a, c, accumulate ? new Start(cPointer, n) : default, default);
        }
    }

    /// <summary>
    /// C = A·B + row in every row (the sums start from it), and then activations = f(C). Where those are not C itself, C becomes f′(C).
    /// </summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A, rows of B.</param>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="row">n values; empty for zeros.</param>
    /// <param name="c">Overwritten.</param>
    /// <param name="function">f.</param>
    /// <param name="results">As large as C; may be C itself.</param>
    public unsafe void Multiply(
        int m, int n, int k, MatrixView<T> a, MatrixView<T> b, ReadOnlySpan<T> row, Span<T> c, ElementwiseFunction<T> function,
            Span<T> results)
    {
        b.CheckSize(k, n, nameof(b));
        fixed (T* bPointer = b.Values)
        {
            _product.B = new Factor(bPointer, b.RowStride, b.ColumnStride);
            _product.SkipsZeros = false;
            MultiplyWithB(m, n, k, in a, row, c, function, results);
        }
    }

    /// <summary>sums[c] = Σ over rows of values[row, c], first row first: a product with a row of ones.</summary>
    public void SumColumns(ReadOnlySpan<T> values, int rowCount, Span<T> sums) =>
        Multiply(
            1, sums.Length, rowCount, new MatrixView<T>([T.One], 0, 0), MatrixView<T>.Rows(values, sums.Length), sums, accumulate: false);

    /// <summary>C = A·B + row, and then activations = f(C), with a B that was packed before.</summary>
    public unsafe void Multiply(
        int m, MatrixView<T> a, PackedMatrix<T> b, ReadOnlySpan<T> row, Span<T> c, ElementwiseFunction<T> function, Span<T> results)
    {
        fixed (T* bPointer = b.Values)
        {
            Debug.Assert(m == 1 || !b.IsForOneRow);
            _product.B = new Factor(bPointer, b.PanelWidth, b.IsForOneRow);
            _product.SkipsZeros = m == 1 && b.IsFinite && function.TreatsZerosAlike && a.ColumnStride == 1
                && b.RowCount <= MaxFlagWords * NonZeros.FlagsPerWord;
            MultiplyWithB(m, b.ColumnCount, b.RowCount, in a, row, c, function, results);
        }
    }

    /// <summary>Each thread takes a range of C's columns where there are enough of them, of its rows otherwise.</summary>
    void IParallelWork.Execute(int part, int partCount)
    {
        (int m, int n) = (_product.M, _product.N);
        // Sharing columns packs no part of B twice. Cuts lie between whole panels and tiles.
        if (n >= 8 * WidestPanel * partCount || n >= m)
            Dispatch(part, 0, m, Cut(n, WidestPanel, part, partCount), Cut(n, WidestPanel, part + 1, partCount));
        else
            Dispatch(part, Cut(m, HighestTile, part, partCount), Cut(m, HighestTile, part + 1, partCount), 0, n);
    }

    private static int WidestPanel => 2 * Vector512<T>.Count;

    private static int HighestTile => 12;

    /// <summary>With the B that is in the product already: a single row takes so little time that handing structures on shows.</summary>
    private unsafe void MultiplyWithB(
        int m, int n, int k, in MatrixView<T> a, ReadOnlySpan<T> row, Span<T> c, ElementwiseFunction<T> function, Span<T> results)
    {
        if (!row.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, n, nameof(row));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)results.Length, (long)m * n, nameof(results));
        fixed (T* rowPointer = row, resultsPointer = results)
            MultiplyWithB(m, n, k, in a, c, new Start(rowPointer, 0), new Finish(function, resultsPointer));
    }

    private unsafe void MultiplyWithB(int m, int n, int k, in MatrixView<T> a, Span<T> c, Start start, Finish finish)
    {
        a.CheckSize(m, k, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)c.Length, (long)m * n, nameof(c));
        if (m == 0 || n == 0)
            return;
        fixed (T* aPointer = a.Values, cPointer = c)
        {
            (_product.M, _product.N, _product.K) = (m, n, k);
            _product.A = new Factor(aPointer, a.RowStride, a.ColumnStride);
            _product.C = cPointer;
            _product.Start = start;
            _product.Finish = finish;
            long multiplyAdds = (long)m * n * k;
            if (multiplyAdds <= TinyMultiplyAdds && _product.B.PanelWidth == 0)
                MultiplyTiny();
            else if (IsNarrow)
                MultiplyTransposed();
            else
                MultiplyOrShare();
        }
        _product.Finish = default;
    }

    private void MultiplyOrShare()
    {
        if ((long)_product.M * _product.N * _product.K < MultiplyAddsWorthSharing)
            Dispatch(0, 0, _product.M, 0, _product.N);
        else
            _team.Run(this);
    }

    /// <summary>The widest lanes that the processor has.</summary>
    private void Dispatch(int thread, int rowStart, int rowEnd, int columnStart, int columnEnd)
    {
        if (rowStart >= rowEnd || columnStart >= columnEnd)
            return;
        if (Vector512.IsHardwareAccelerated)
            MultiplyBlocks<Lanes512<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
        else if (Vector256.IsHardwareAccelerated)
            MultiplyBlocks<Lanes256<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
        else if (Vector128.IsHardwareAccelerated)
            MultiplyBlocks<Lanes128<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
        else
            MultiplyBlocks<Lanes1<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
    }

    private static int Cut(int count, int unit, int part, int partCount)
    {
        long units = (count + unit - 1) / unit;
        return (int)Math.Min(count, units * part / partCount * unit);
    }

    /// <summary>A matrix in memory: element (r, c) is at r · RowStride + c · ColumnStride; or packed into panels of PanelWidth
    /// columns.</summary>
    private readonly unsafe struct Factor
    {
        public readonly T* Values;
        public readonly nint RowStride, ColumnStride;
        public readonly int PanelWidth;
        public readonly bool IsForOneRow;

        public Factor(T* values, nint rowStride, nint columnStride)
        {
            Values = values;
            RowStride = rowStride;
            ColumnStride = columnStride;
        }

        public Factor(T* panels, int panelWidth, bool isForOneRow = false)
        {
            Values = panels;
            PanelWidth = panelWidth;
            IsForOneRow = isForOneRow;
        }
    }

    /// <summary>What the sums start from: C itself, one row for every row of C (stride 0), or 0 (null).</summary>
    private readonly unsafe struct Start(T* values, nint rowStride)
    {
        public readonly T* Values = values;
        public readonly nint RowStride = rowStride;
    }

    /// <summary>What is done to a block of C when its sums are complete, while it is in the cache.</summary>
    private readonly unsafe struct Finish(ElementwiseFunction<T> function, T* results)
    {
        private readonly ElementwiseFunction<T>? _function = function;
        private readonly T* _results = results;

        public void Apply(T* c, int n, int row, int rows, int column, int columns)
        {
            bool isInPlace = c == _results;
            if (_function is null || (isInPlace && _function.IsIdentity))
                return;
            nint offset = (nint)row * n + column;
            if (columns == n)
                (rows, columns) = (1, rows * n);
            for (; rows > 0; rows--, offset += n)
            {
                Span<T> values = new(c + offset, columns), results = new(_results + offset, columns);
                if (isInPlace)
                    _function.Apply(values, results);
                else
                    _function.ApplyWithSlopes(values, results);
            }
        }
    }

    private unsafe struct Product
    {
        public int M, N, K;
        public Factor A, B;
        public T* C;
        public Start Start;
        public Finish Finish;

        /// <summary>Whether terms with a 0 of A may be left out.</summary>
        public bool SkipsZeros;
    }
}
