using System.Diagnostics;
using Mlp.Numerics;

namespace Mlp.Benchmarks;

/// <summary>Runs workloads on this project's engine. Random data in memory; only the loop is timed, after a warm-up.</summary>
internal static class Engine
{
    // Long enough for the JIT to have compiled the loop with what it learnt from running it.
    private const double WarmUpSeconds = 0.6;

    /// <summary>Rows per second of a training.</summary>
    public static double Train(TrainingWorkload workload, int threadCount, double seconds)
    {
        Network<float> network = Network.Create(workload.Sizes, workload.Activation);
        DenseRows<float> rows = Rows(workload);
        long steps = 0;
        var watch = new StepWatch(WarmUpSeconds, seconds);
        var settings = new TrainingSettings
        {
            Loss = workload.Loss,
            Optimizer = workload.Optimizer,
            BatchSize = workload.BatchSize,
            NumberOfEpochs = int.MaxValue,
            NumberOfThreads = threadCount,
            StepCallback = () =>
            {
                if (workload.Rows == RowKind.DyingUnits && ++steps == 100)
                    network.Layers[0].Biases[..(network.Layers[0].UnitCount / 2)].Fill(-100);
                watch.Step();
            },
        };
        try
        {
            Trainer.Fit(network, rows, settings);
        }
        catch (StepWatch.TimeOverException)
        {
            // The only way this training ends.
        }
        return watch.StepsPerSecond * workload.BatchSize;
    }

    /// <summary>Its random rows.</summary>
    public static DenseRows<float> Rows(TrainingWorkload workload) =>
        new(Features(workload), Targets(workload), workload.Sizes[0], workload.Sizes[^1]);

    /// <summary>Microseconds per row of scoring.</summary>
    public static double Score(ScoringWorkload workload, double seconds)
    {
        using var predictor = new Predictor<float>(Network.Create(workload.Sizes, Activation.Relu));
        float[] features = Normal(workload.RowCount * workload.Sizes[0], seed: 1),
            outputs = new float[workload.RowCount * workload.Sizes[^1]];
        return 1e6 / (Rate(() => predictor.Predict(features, outputs), seconds) * workload.RowCount);
    }

    /// <summary>Multiply-adds of a matrix product, counted as two, in 1e9 per second.</summary>
    public static double Multiply<T>(
        int m, int n, int k, int threadCount, double seconds, bool aTransposed = false, bool bTransposed = false)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var team = new ThreadTeam(threadCount);
        var gemm = new Gemm<T>(team);
        AlignedBuffer<T> a = new(m * k), b = new(k * n), c = new(m * n);
        Normal(m * k, seed: 1).Select(T.CreateTruncating).ToArray().CopyTo(a.Span);
        Normal(k * n, seed: 2).Select(T.CreateTruncating).ToArray().CopyTo(b.Span);
        double rate = Rate(
            () => gemm.Multiply(
                m, n, k,
                aTransposed ? MatrixView<T>.Transposed(a.Span, m) : MatrixView<T>.Rows(a.Span, k),
                bTransposed ? MatrixView<T>.Transposed(b.Span, k) : MatrixView<T>.Rows(b.Span, n),
                c.Span, accumulate: false),
            seconds);
        return rate * 2 * m * n * k / 1e9;
    }

    /// <summary>Calls per second over the whole time, as peers.py counts them: what else ran on the machine slows both alike.</summary>
    public static double Rate(Action action, double seconds)
    {
        Run(action, WarmUpSeconds);
        return Run(action, seconds);
    }

    private static double Run(Action action, double seconds)
    {
        long start = Stopwatch.GetTimestamp(), count = 0;
        // Looking at the clock costs 20 ns: looked at after as many calls as have been made a tenth of.
        for (double elapsed = 0; elapsed < seconds; elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds)
        {
            for (long calls = count / 10 + 1; calls > 0; calls--, count++)
                action();
        }
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static float[] Features(TrainingWorkload workload)
    {
        int inputs = workload.Sizes[0], common = inputs / 5;
        float[] features = Normal(workload.RowCount * inputs, seed: 1);
        if (workload.Rows is RowKind.Normal or RowKind.DyingUnits)
            return features;
        for (int row = 0; row < workload.RowCount; row++)
        {
            Span<float> values = features.AsSpan(row * inputs, inputs);
            int column = row < inputs - common ? common + row : row % common;
            float value = workload.Rows == RowKind.OneHot ? 1 : values[column];
            values.Clear();
            values[column] = value;
        }
        return features;
    }

    private static float[] Targets(TrainingWorkload workload)
    {
        var random = new Random(2);
        int outputs = workload.Sizes[^1];
        var targets = new float[workload.RowCount * outputs];
        for (int row = 0; row < workload.RowCount; row++)
        {
            if (workload.Loss == Loss.SoftmaxCrossEntropy)
            {
                targets[row * outputs + random.Next(outputs)] = 1;
                continue;
            }
            for (int output = 0; output < outputs; output++)
                targets[row * outputs + output] = workload.Loss == Loss.BinaryCrossEntropy ? random.Next(2) : random.NextSingle();
        }
        return targets;
    }

    private static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int index = 0; index < count; index++)
            values[index] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }

    /// <summary>Counts the steps of a training between the end of the warm-up and the end of the time.</summary>
    private sealed class StepWatch(double warmUpSeconds, double seconds)
    {
        private readonly long _begin = Stopwatch.GetTimestamp();
        private long _start, _steps, _nextLook;

        public double StepsPerSecond { get; private set; }

        public void Step()
        {
            if (++_steps < _nextLook)
                return;
            _nextLook = _steps + 1 + _steps / 50;
            long now = Stopwatch.GetTimestamp();
            if (_start == 0)
            {
                if (_steps > 3 && Stopwatch.GetElapsedTime(_begin, now).TotalSeconds >= warmUpSeconds)
                    (_start, _steps, _nextLook) = (now, 0, 0);
            }
            else if (Stopwatch.GetElapsedTime(_start, now).TotalSeconds is var elapsed && elapsed >= seconds)
            {
                StepsPerSecond = _steps / elapsed;
                throw new TimeOverException();
            }
        }

        public sealed class TimeOverException : Exception;
    }
}
