namespace Mlp.Benchmarks;

/// <summary>One row of the table: a workload on this engine and on the peers, a value per round.</summary>
internal sealed class Comparison
{
    private readonly Func<double, double> _measure;
    private readonly List<double> _values = [];
    private readonly Dictionary<string, List<double>> _peerValues = [];

    /// <param name="kind">train, score or gemm, as peers.py says.</param>
    /// <param name="workload">As peers.py names it.</param>
    /// <param name="threadCount">For engine and peers.</param>
    /// <param name="unit">rows/s, us/row or GFLOP/s.</param>
    /// <param name="operations">Floating-point operations per row; for GFLOP/s 1e9 per unit.</param>
    /// <param name="measure">Measures the engine for so many seconds.</param>
    private Comparison(string kind, string workload, int threadCount, string unit, double operations, Func<double, double> measure)
    {
        (Kind, Workload, ThreadCount, Unit, OperationsPerUnit) = (kind, workload, threadCount, unit, operations);
        _measure = measure;
    }

    public string Kind { get; }

    public string Workload { get; }

    public int ThreadCount { get; }

    public string Unit { get; }

    /// <summary>What stands in for peers; null where peers.py has the workload.</summary>
    private Comparison? OnNormalRows { get; init; }

    /// <summary>The ratio to be reached; null where none is set.</summary>
    public double? Bar { get; private init; }

    /// <summary>The time to be reached, in <see cref="Unit"/>; null where none is set.</summary>
    public double? AbsoluteBar { get; private init; }

    public IReadOnlyList<double> Values => _values;

    public IReadOnlyDictionary<string, List<double>> PeerValues => _peerValues;

    public double Median => MedianOf(_values);

    /// <summary>The peer with the best median.</summary>
    public (string Name, double Median)? FastestPeer =>
        _peerValues.Count == 0 ? null
        : _peerValues.Select(peer => (peer.Key, MedianOf(peer.Value))).MaxBy(peer => Unit == "us/row" ? -peer.Item2 : peer.Item2);

    /// <summary>How many times as fast as the fastest peer.</summary>
    public double? Ratio => FastestPeer is not { } peer ? null : Unit == "us/row" ? peer.Median / Median : Median / peer.Median;

    public bool? MeetsBar =>
        AbsoluteBar is not null ? Median <= AbsoluteBar
        : Bar is null || Ratio is null ? null
        : Ratio >= Bar;

    /// <summary>In 1e9 operations per second.</summary>
    public double OperationsPerSecond => Unit == "us/row" ? OperationsPerUnit / Median / 1e3 : OperationsPerUnit * Median / 1e9;

    private double OperationsPerUnit { get; }

    /// <summary>Every workload, on one thread and, where a bar is set for it, on two.</summary>
    public static IEnumerable<Comparison> All()
    {
        foreach (int size in (int[])[64, 256, 1024, 2048])
        {
            yield return new Comparison(
                "gemm", $"{size}x{size}x{size}", 1, "GFLOP/s", 1e9,
                seconds => Engine.Multiply<float>(size, size, size, threadCount: 1, seconds))
            {
                Bar = size == 64 ? null : 1,
            };
        }
        foreach (int threads in (int[])[1, 2])
        {
            foreach (TrainingWorkload workload in TrainingWorkload.All)
            {
                double? bar = threads == 1 ? workload.Bar : workload.BarOnTwoThreads;
                if (bar is not null)
                {
                    yield return Training(workload, threads, bar);
                }
            }
        }
        foreach (ScoringWorkload workload in ScoringWorkload.All)
        {
            yield return new Comparison(
                "score", workload.FullName, 1, "us/row", workload.OperationsPerRow, seconds => Engine.Score(workload, seconds))
            {
                Bar = workload.Bar,
                AbsoluteBar = workload.BarInMicroseconds,
            };
        }
    }

    /// <summary>Measures the engine once, in this process.</summary>
    public double Measure(double seconds) => _measure(seconds);

    /// <summary>Measures engine and peers (or what stands in for them) once, one right after the other, each in a process of its
    /// own.</summary>
    public void MeasureRound(Peers peers, double seconds)
    {
        _values.Add(EngineProcess.Measure(this, seconds));
        if (OnNormalRows is not null)
        {
            PeerValuesOf("on normal rows").Add(EngineProcess.Measure(OnNormalRows, seconds));
            return;
        }
        string only = Kind switch
        {
            "gemm" => $"gemm {Workload.Split('x')[0]}",
            "score" => $"score {Workload[..Workload.IndexOf(" batch", StringComparison.Ordinal)]}",
            _ => $"{Kind} {Workload}",
        };
        foreach (PeerResult result in peers.Run(only, ThreadCount))
        {
            if (result.Kind != Kind || result.Workload != Workload || result.Unit != Unit)
                continue;
            PeerValuesOf(result.Peer).Add(result.Value);
        }
    }

    private static Comparison Training(TrainingWorkload workload, int threads, double? bar) =>
        new("train", workload.Name, threads, "rows/s", workload.OperationsPerRow, seconds => Engine.Train(workload, threads, seconds))
        {
            Bar = bar,
            OnNormalRows = workload.OnNormalRows is { } normal ? Training(normal, threads, bar: null) : null,
        };

    private List<double> PeerValuesOf(string peer)
    {
        if (!_peerValues.TryGetValue(peer, out List<double>? values))
            _peerValues[peer] = values = [];
        return values;
    }

    private static double MedianOf(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
