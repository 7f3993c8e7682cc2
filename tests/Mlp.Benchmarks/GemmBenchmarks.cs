using BenchmarkDotNet.Attributes;
using Mlp.Numerics;

namespace Mlp.Benchmarks;

/// <summary>The three products of a layer: forward (B transposed), weight gradient (A transposed), input gradient (neither).</summary>
public class GemmBenchmarks
{
    private float[] _a = [], _b = [], _c = [];
    private ThreadTeam? _team;
    private Gemm<float>? _gemm;

    [Params("256x512x784", "32x64x30", "1x512x784", "256x10x512", "1024x1024x1024")]
    public string Shape { get; set; } = "";

    private (int M, int N, int K) Sizes => Shape.Split('x') is [var m, var n, var k] ? (int.Parse(m), int.Parse(n), int.Parse(k)) : default;

    [GlobalSetup]
    public void Setup()
    {
        (int m, int n, int k) = Sizes;
        var random = new Random(1);
        (_a, _b, _c) = (new float[m * k], new float[k * n], new float[m * n]);
        foreach (float[] values in (float[][])[_a, _b])
        {
            for (int index = 0; index < values.Length; index++)
                values[index] = random.NextSingle() - 0.5f;
        }
        _team = new ThreadTeam(1);
        _gemm = new Gemm<float>(_team);
    }

    [GlobalCleanup]
    public void Cleanup() => _team?.Dispose();

    [Benchmark]
    public void Plain() => Run(aTransposed: false, bTransposed: false);

    [Benchmark]
    public void BTransposed() => Run(aTransposed: false, bTransposed: true);

    [Benchmark]
    public void ATransposed() => Run(aTransposed: true, bTransposed: false);

    private void Run(bool aTransposed, bool bTransposed)
    {
        (int m, int n, int k) = Sizes;
        _gemm!.Multiply(
            m, n, k,
            aTransposed ? MatrixView<float>.Transposed(_a, m) : MatrixView<float>.Rows(_a, k),
            bTransposed ? MatrixView<float>.Transposed(_b, k) : MatrixView<float>.Rows(_b, n),
            _c, accumulate: false);
    }
}
