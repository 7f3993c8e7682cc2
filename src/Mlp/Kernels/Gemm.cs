using System.Numerics;
using System.Runtime.Intrinsics;

namespace Mlp.Kernels;

/// <summary>A row-major matrix, or the transpose of one: element (r, c) is <c>Values[r · RowStride + c · ColumnStride]</c>.</summary>
/// <remarks>One of the two strides is 1.</remarks>
internal readonly ref struct MatrixView<T>(ReadOnlySpan<T> values, int rowStride, int columnStride)
{
    public readonly ReadOnlySpan<T> Values = values;
    public readonly int RowStride = rowStride;
    public readonly int ColumnStride = columnStride;

    public static MatrixView<T> Rows(ReadOnlySpan<T> values, int columnCount) => new(values, columnCount, 1);

    public static MatrixView<T> Transposed(ReadOnlySpan<T> values, int columnCount) => new(values, 1, columnCount);
}

/// <summary>Matrix products: C = A·B or C += A·B, with C [M x N] row-major, A [M x K], B [K x N] either way round.</summary>
/// <remarks>
/// <para>
/// B is cut into blocks of KC rows and NC columns, each packed into panels of NR columns; a tile of MR x NR elements of C stays in
/// registers while a panel streams past. (Names and scheme: Goto and van de Geijn 2008; Van Zee and van de Geijn 2015, BLIS.)
/// </para>
/// <para>
/// Every element of C is c ← c + aₖ·bₖ for k = 0, 1, … in this order, whatever the tile, the blocking, the lane width or the
/// number of threads. So the bits depend on none of them, and the naive loop with the same multiply-add gives the same bits too.
/// </para>
/// </remarks>
internal sealed partial class Gemm<T> : IParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MR = 6, KC = 256, NC = 512;

    // Below this many multiply-adds a product is over before a second thread has woken.
    private const long MultiplyAddsWorthSharing = 1 << 19;

    private readonly ThreadTeam _team;
    private readonly AlignedBuffer<T>[] _panels;
    private readonly int _maxN, _maxK;
    private unsafe Operands _operands;

    /// <param name="team">Shares the large products.</param>
    /// <param name="maxN">The largest N to come; bounds the packed panels.</param>
    /// <param name="maxK">The largest K to come.</param>
    public Gemm(ThreadTeam team, int maxN = NC, int maxK = KC)
    {
        _team = team;
        _maxN = maxN;
        _maxK = maxK;
        int widestPanel = 2 * Vector512<T>.Count, columns = (Math.Min(NC, maxN) + widestPanel - 1) / widestPanel * widestPanel;
        _panels = new AlignedBuffer<T>[team.ThreadCount];
        for (int thread = 0; thread < _panels.Length; thread++)
            _panels[thread] = new AlignedBuffer<T>(Math.Min(KC, maxK) * columns);
    }

    /// <summary>C = A·B, or C += A·B when <paramref name="accumulate"/>. Otherwise what C held does not matter, NaN included.</summary>
    public unsafe void Multiply(int m, int n, int k, MatrixView<T> a, MatrixView<T> b, Span<T> c, bool accumulate)
    {
        CheckSize(a.Values.Length, m, k, a.RowStride, a.ColumnStride, nameof(a));
        CheckSize(b.Values.Length, k, n, b.RowStride, b.ColumnStride, nameof(b));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)c.Length, (long)m * n, nameof(c));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Min(n, NC), _maxN, nameof(n));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Min(k, KC), _maxK, nameof(k));
        if (m == 0 || n == 0)
            return;
        if (k == 0)
        {
            if (!accumulate)
                c[..(m * n)].Clear();
            return;
        }
        fixed (T* aPointer = a.Values, bPointer = b.Values, cPointer = c)
        {
            _operands = new Operands
            {
                M = m,
                N = n,
                K = k,
                A = aPointer,
                B = bPointer,
                C = cPointer,
                Accumulate = accumulate,
                ARowStride = a.RowStride,
                AColumnStride = a.ColumnStride,
                BRowStride = b.RowStride,
                BColumnStride = b.ColumnStride,
            };
            if ((long)m * n * k < MultiplyAddsWorthSharing)
                ((IParallelWork)this).Execute(0, 1);
            else
                _team.Run(this);
        }
    }

    /// <summary>Each thread takes a range of C's columns where there are enough of them, of its rows otherwise.</summary>
    void IParallelWork.Execute(int part, int partCount)
    {
        (int m, int n) = (_operands.M, _operands.N);
        if (n >= m)
            Dispatch(part, 0, m, Cut(n, part, partCount), Cut(n, part + 1, partCount));
        else
            Dispatch(part, Cut(m, part, partCount), Cut(m, part + 1, partCount), 0, n);
    }

    /// <summary>The widest lanes that the processor has and that two of them do not stick out of C.</summary>
    private void Dispatch(int thread, int rowStart, int rowEnd, int columnStart, int columnEnd)
    {
        int columns = columnEnd - columnStart;
        if (Vector512.IsHardwareAccelerated && columns > 2 * Vector256<T>.Count)
            Multiply<Lanes512<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
        else if (Vector256.IsHardwareAccelerated && columns > 2 * Vector128<T>.Count)
            Multiply<Lanes256<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
        else if (Vector128.IsHardwareAccelerated && columns > 2)
            Multiply<Lanes128<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
        else
            Multiply<Lanes1<T>>(thread, rowStart, rowEnd, columnStart, columnEnd);
    }

    private unsafe void Multiply<TLanes>(int thread, int rowStart, int rowEnd, int columnStart, int columnEnd)
        where TLanes : struct, ILanes<TLanes, T>
    {
        int nr = 2 * TLanes.Count;
        for (int column = columnStart; column < columnEnd; column += NC)
        {
            int nc = Math.Min(NC, columnEnd - column);
            for (int k = 0; k < _operands.K; k += KC)
            {
                int kc = Math.Min(KC, _operands.K - k);
                bool accumulate = _operands.Accumulate || k > 0;
                fixed (T* panels = _panels[thread].Span)
                {
                    PackPanels(panels, k, kc, column, nc, nr);
                    for (int row = rowStart; row < rowEnd; row += MR)
                    {
                        for (int j = 0; j < nc; j += nr)
                            MultiplyTile<TLanes>(row, Math.Min(MR, rowEnd - row), column + j, Math.Min(nr, nc - j), k, kc, panels + j * kc, accumulate);
                    }
                }
            }
        }
    }

    private static int Cut(int count, int part, int partCount) => (int)((long)count * part / partCount);

    private static void CheckSize(int length, int rows, int columns, int rowStride, int columnStride, string name)
    {
        if (rows > 0 && columns > 0 && length <= (rows - 1L) * rowStride + (columns - 1L) * columnStride)
            throw new ArgumentOutOfRangeException(name, $"The matrix holds {length} values, fewer than {rows} x {columns} need.");
    }

    private unsafe struct Operands
    {
        public int M, N, K, ARowStride, AColumnStride, BRowStride, BColumnStride;
        public T* A, B, C;
        public bool Accumulate;
    }
}
