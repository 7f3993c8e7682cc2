namespace Mlp.Benchmarks;

/// <summary>A training as bench/peers.py defines it under the same name, or one on rows that it does not have.</summary>
/// <param name="Name">How peers.py calls it.</param>
/// <param name="Sizes">Inputs, hidden units, outputs.</param>
/// <param name="Activation">Of the hidden layers.</param>
/// <param name="Loss">On the outputs.</param>
/// <param name="Optimizer">The update rule.</param>
/// <param name="BatchSize">Rows per step.</param>
/// <param name="RowCount">Rows of the table.</param>
/// <param name="Bar">Rows per second over those of the fastest peer, or of <see cref="OnNormalRows"/>; one thread each.</param>
/// <param name="BarOnTwoThreads">The same with two threads each; null where none is set.</param>
internal sealed record TrainingWorkload(
    string Name, int[] Sizes, Activation Activation, Loss Loss, Optimizer Optimizer, int BatchSize, int RowCount, double Bar,
        double? BarOnTwoThreads = null)
{
    private const string Tabular = "tabular 30-64-32-1";

    public static IReadOnlyList<TrainingWorkload> All { get; } =
    [
        new("tiny 2-2-1 per-sample", [2, 2, 1], Activation.Sigmoid, Loss.SquaredError, new Sgd(), 1, 4, Bar: 50),
        new("moons 2-50-2 full-batch", [2, 50, 2], Activation.Tanh, Loss.BinaryCrossEntropy, new Sgd(), 60, 60, Bar: 8),
        new(Tabular, [30, 64, 32, 1], Activation.Relu, Loss.BinaryCrossEntropy, new Adam(), 32, 4096, Bar: 8),
        new("tabular 28-256-256-256-1", [28, 256, 256, 256, 1], Activation.Relu, Loss.BinaryCrossEntropy, new Adam(), 256, 16384,
            Bar: 1.25),
        new("mnist 784-50-10", [784, 50, 10], Activation.Sigmoid, Loss.SoftmaxCrossEntropy, new Sgd(), 100, 10000, Bar: 1.8),
        new("mnist 784-512-512-10", [784, 512, 512, 10], Activation.Relu, Loss.SoftmaxCrossEntropy, new Adam(), 256, 10240, Bar: 1.25,
            BarOnTwoThreads: 1.4),
        new("wide 1024-2048-2048-1000", [1024, 2048, 2048, 1000], Activation.Relu, Loss.SoftmaxCrossEntropy, new Adam(), 512, 2048,
            Bar: 1.1, BarOnTwoThreads: 1.4),
        new("one-hot 30-64-32-1", [30, 64, 32, 1], Activation.Relu, Loss.BinaryCrossEntropy, new Adam(), 32, 32768, Bar: 0.8)
            { Rows = RowKind.OneHot },
        new("mostly zero 30-64-32-1", [30, 64, 32, 1], Activation.Relu, Loss.BinaryCrossEntropy, new Adam(), 32, 32768, Bar: 0.8)
            { Rows = RowKind.MostlyZero },
        new("dying units 30-64-32-1", [30, 64, 32, 1], Activation.Relu, Loss.BinaryCrossEntropy, new Adam(), 32, 4096, Bar: 0.8)
            { Rows = RowKind.DyingUnits },
    ];

    /// <summary>What its rows are like; peers.py has normal numbers alone.</summary>
    public RowKind Rows { get; private init; }

    /// <summary>The workload with the same network on normal numbers, which stands in for peers; null where there are peers.</summary>
    public TrainingWorkload? OnNormalRows => Rows == RowKind.Normal ? null : All.Single(workload => workload.Name == Tabular);

    /// <summary>A multiply-add counts as two. Forward and both backward products; the first layer needs no input gradient.</summary>
    public double OperationsPerRow
    {
        get
        {
            double all = Network.MultiplyAdds(Sizes);
            return 2 * (3 * all - (double)Sizes[0] * Sizes[1]);
        }
    }
}

/// <summary>A scoring as bench/peers.py defines it.</summary>
/// <param name="Name">How peers.py calls it, without the batch.</param>
/// <param name="Sizes">Inputs, hidden units, outputs.</param>
/// <param name="RowCount">Rows per call.</param>
/// <param name="Bar">Time of the fastest peer over ours.</param>
/// <param name="BarInMicroseconds">Where the bar is a time and not a ratio.</param>
internal sealed record ScoringWorkload(string Name, int[] Sizes, int RowCount, double? Bar, double? BarInMicroseconds = null)
{
    public static IReadOnlyList<ScoringWorkload> All { get; } =
    [
        new("tabular 30-64-32-1", [30, 64, 32, 1], 1, Bar: null, BarInMicroseconds: 0.5),
        new("tabular 30-64-32-1", [30, 64, 32, 1], 4096, Bar: 1.5),
        new("mnist 784-512-512-10", [784, 512, 512, 10], 1, Bar: 1.2),
        new("mnist 784-512-512-10", [784, 512, 512, 10], 4096, Bar: 1.05),
    ];

    public string FullName => $"{Name} batch {RowCount}";

    public double OperationsPerRow => 2 * Network.MultiplyAdds(Sizes);
}

/// <summary>The networks of the workloads.</summary>
internal static class Network
{
    public static double MultiplyAdds(int[] sizes) => sizes.Zip(sizes.Skip(1), (inputs, units) => (double)inputs * units).Sum();

    public static Network<float> Create(int[] sizes, Activation activation) =>
        Network<float>.Create(
            sizes[0], [.. sizes.Skip(1)
                .Select((units, index) => Layer.Dense(units, index < sizes.Length - 2 ? activation : Activation.Identity))]);
}
