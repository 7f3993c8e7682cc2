using System.Numerics;
using System.Runtime.Intrinsics;
using Mlp.Activations;
using Mlp.Numerics;

namespace Mlp.TestSupport;

/// <summary>The matrix product against the naive loop, bit for bit, in guarded memory.</summary>
public static class GemmChecks
{
    // The highest tile; it is two of the widest vectors wide.
    private const int TileRows = 12;

    /// <summary>All M, N, K from 0 to one past the tile, each way round, with and without accumulation; returns their number.</summary>
    public static int SmallShapes<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int MaxK = 9;
        int maxM = TileRows + 1, maxN = 2 * Vector512<T>.Count + 1, products = 0;
        using var check = new Product<T>(maxM * MaxK, MaxK * maxN, maxM * maxN, maxN, threadCounts: 1);
        for (int m = 0; m <= maxM; m++)
        {
            for (int n = 0; n <= maxN; n++)
            {
                for (int k = 0; k <= MaxK; k++)
                    products += check.RunEveryWay(m, n, k);
            }
        }
        return products;
    }

    /// <summary>Shapes that cross the blocks of K (512), M (384, in double 192) and N (2048), rows of A 4,096 bytes apart, with both ways
    /// of sharing them among threads.</summary>
    /// <param name="threadCounts">Each number of threads has to give the bits of the naive loop.</param>
    public static void LargeShapes<T>(params int[] threadCounts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((int m, int n, int k) in LargeShapeList)
        {
            using var check = new Product<T>(m * k, k * n, m * n, n, threadCounts);
            check.RunEveryWay(m, n, k);
        }
    }

    /// <summary>NaN and infinities in A and B arrive where the naive loop has them, and nowhere else.</summary>
    public static void SpecialValues<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int M = 8, N = 37, K = 11;
        using var check = new Product<T>(M * K, K * N, M * N, N, threadCounts: 1);
        T[] special = [T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.NegativeZero, T.Epsilon, T.BitDecrement(T.PositiveInfinity)];
        foreach (T value in special)
        {
            for (int position = 0; position < M * K; position += 5)
                check.RunEveryWay(M, N, K, position, value);
        }
    }

    /// <summary>
    /// The error against a sum in twice the digits stays below (K + 1) · u · Σ |aₖ·bₖ|, u being half the distance of neighbours at 1:
    /// what K multiply-adds, each with at most two roundings, may cost. Returns the largest part of it that was used.
    /// </summary>
    public static double ErrorBound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double worst = 0, unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One) / 2;
        foreach ((int m, int n, int k) in LargeShapeList)
        {
            (T[] a, T[] b, var c) = (Random<T>(m * k, seed: 1), Random<T>(k * n, seed: 2), new T[m * n]);
            using var team = new ThreadTeam(1);
            new Gemm<T>(team).Multiply(m, n, k, MatrixView<T>.Rows(a, k), MatrixView<T>.Rows(b, n), c, accumulate: false);
            for (int index = 0; index < c.Length; index += 7)
            {
                (double value, double absoluteSum) = NaiveGemm.Element<T>(
                    m, n, k, a, aTransposed: false, b, bTransposed: false, index / n, index % n);
                double used = Math.Abs(double.CreateTruncating(c[index]) - value) / ((k + 1) * unit * absoluteSum);
                if (!(used <= 1))
                {
                    throw new CheckFailedException(
                        $"{m} x {n} x {k}: element {index} is {c[index]:G17}, expected {value:G17}: {used:G3} times the bound.");
                }
                worst = Math.Max(worst, used);
            }
        }
        return worst;
    }

    internal static (int M, int N, int K)[] LargeShapeList =>
        [(13, 530, 300), (100, 70, 513), (7, 1025, 257), (1, 600, 900), (130, 3, 1400), (64, 96, 100),
        (230, 70, 40), (5, 2100, 30), (2000, 20, 9), (1, 300, 300), (300, 4, 300), (395, 260, 1024), (60, 2, 50),
    ];

    internal static T[] Random<T>(int count, int seed)
        where T : INumberBase<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(2 * random.NextDouble() - 1))];
    }

    private sealed class Product<T> : IDisposable
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly GuardedMemory<T> _a, _b, _c, _row;
        private readonly T[] _aValues, _bValues, _cValues, _rowValues, _expected;
        private readonly ThreadTeam[] _teams;
        private readonly Gemm<T>[] _gemms;

        public Product(int aLength, int bLength, int cLength, int maxN, params int[] threadCounts)
        {
            (_a, _b, _c) = (new GuardedMemory<T>(aLength), new GuardedMemory<T>(bLength), new GuardedMemory<T>(cLength));
            (_aValues, _bValues, _cValues) = (Random<T>(aLength, seed: 1), Random<T>(bLength, seed: 2), Random<T>(cLength, seed: 3));
            _row = new GuardedMemory<T>(maxN);
            _rowValues = Random<T>(maxN, seed: 4);
            _expected = new T[cLength];
            _teams = [.. threadCounts.Select(count => new ThreadTeam(count))];
            _gemms = [.. _teams.Select(team => new Gemm<T>(team))];
        }

        public int RunEveryWay(int m, int n, int k, int specialPosition = -1, T specialValue = default)
        {
            Span<T> a = _a.Copy(_aValues.AsSpan(0, m * k)), b = _b.Copy(_bValues.AsSpan(0, k * n));
            if (specialPosition >= 0)
                a[specialPosition] = b[specialPosition] = specialValue;
            for (int way = 0; way < 8; way++)
                Run(m, n, k, a, (way & 1) != 0, b, (way & 2) != 0, accumulate: (way & 4) != 0);
            for (int way = 0; way < 4; way++)
                RunWithRow(m, n, k, a, (way & 1) != 0, b, (way & 2) != 0);
            return 8 + 8;
        }

        private void Run(int m, int n, int k, ReadOnlySpan<T> a, bool aTransposed, ReadOnlySpan<T> b, bool bTransposed, bool accumulate)
        {
            Span<T> expected = _expected.AsSpan(0, m * n);
            _cValues.AsSpan(0, m * n).CopyTo(expected);
            NaiveGemm.Multiply(m, n, k, a, aTransposed, b, bTransposed, expected, accumulate);
            for (int index = 0; index < _gemms.Length; index++)
            {
                Span<T> c = _c.Copy(_cValues.AsSpan(0, m * n));
                // What C held must vanish, even a NaN.
                if (!accumulate)
                    c.Fill(T.NaN);

                _gemms[index].Multiply(
                    m, n, k,
                    aTransposed ? MatrixView<T>.Transposed(a, m) : MatrixView<T>.Rows(a, k),
                    bTransposed ? MatrixView<T>.Transposed(b, k) : MatrixView<T>.Rows(b, n), c, accumulate);

                Tolerance.AssertSameBits<T>(
                    $"{Name(index, m, n, k, aTransposed, bTransposed)}, {(accumulate ? "+=" : "=")}", c, expected);
            }
        }

        /// <summary>f(A·B + row), with a B packed here and one packed before.</summary>
        private void RunWithRow(int m, int n, int k, ReadOnlySpan<T> a, bool aTransposed, ReadOnlySpan<T> b, bool bTransposed)
        {
            Span<T> row = _row.Copy(_rowValues.AsSpan(0, n)), expected = _expected.AsSpan(0, m * n);
            for (int index = 0; index < m; index++)
                row.CopyTo(expected[(index * n)..]);
            NaiveGemm.Multiply(m, n, k, a, aTransposed, b, bTransposed, expected, accumulate: true);
            var activation = ActivationKernel<T>.Of(Activation.LeakyRelu);
            activation.Apply(expected, expected);

            T[] activations = new T[m * n], slopes = [.. expected];
            for (int index = 0; index < slopes.Length; index++)
                slopes[index] = expected[index] > T.Zero ? T.One : T.CreateTruncating(0.01);
            MatrixView<T> aView = aTransposed ? MatrixView<T>.Transposed(a, m) : MatrixView<T>.Rows(a, k);
            MatrixView<T> bView = bTransposed ? MatrixView<T>.Transposed(b, k) : MatrixView<T>.Rows(b, n);
            var packed = new PackedMatrix<T>(k, n);
            packed.Pack(bView);
            for (int index = 0; index < _gemms.Length; index++)
            {
                string name = $"{Name(index, m, n, k, aTransposed, bTransposed)}, from a row";
                Span<T> c = _c.Last(m * n);
                c.Fill(T.NaN);
                _gemms[index].Multiply(m, n, k, aView, bView, row, c, activation, c);
                Tolerance.AssertSameBits<T>(name, c, expected);

                c.Fill(T.NaN);
                _gemms[index].Multiply(m, n, k, aView, bView, row, c, activation, activations);
                Tolerance.AssertSameBits<T>($"{name}, beside slopes", activations, expected);
                Tolerance.AssertSameBits<T>($"{name}, slopes", c, slopes);

                c.Fill(T.NaN);
                _gemms[index].Multiply(m, aView, packed, row, c, activation, c);
                Tolerance.AssertSameBits<T>($"{name}, B packed before", c, expected);
            }
        }

        private string Name(int index, int m, int n, int k, bool aTransposed, bool bTransposed) =>
            $"{m} x {n} x {k}, {_teams[index].ThreadCount} threads, A{(aTransposed ? " transposed" : "")}, "
            + $"B{(bTransposed ? " transposed" : "")}";

        public void Dispose()
        {
            foreach (ThreadTeam team in _teams)
                team.Dispose();
            _row.Dispose();
            _a.Dispose();
            _b.Dispose();
            _c.Dispose();
        }
    }
}
