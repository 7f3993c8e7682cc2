using Mlp.Checkpoints;

namespace Mlp.TestSupport;

/// <summary>The checkpoint of a small training, for tests that damage it, and a training that reads it.</summary>
public static class CheckpointSamples
{
    /// <summary>Where the body begins, and where its checksum is.</summary>
    public const int HeaderSize = 24, ChecksumOffset = 12;

    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.SquaredError,
        BatchSize = 2,
        NumberOfEpochs = 3,
        NumberOfThreads = 1,
        EarlyStopping = new EarlyStopping(),
        DropoutRates = [0.25],
        Schedule = new ReduceOnPlateau(),
    };

    private static readonly TrainingSettings LbfgsSettings = Settings with
    {
        BatchSize = null,
        Optimizer = new Lbfgs { Memory = 3 },
        DropoutRates = [],
        Schedule = LearningRateSchedule.Constant,
    };

    /// <summary>The file of a training with mini-batches, or of one with L-BFGS.</summary>
    public static byte[] Bytes(bool isLbfgs = false) => With(isLbfgs, (loop, identity) =>
    {
        loop.Run();
        using var stream = new MemoryStream();
        CheckpointFile.Write(stream, identity, loop);
        return stream.ToArray();
    });

    /// <summary>The file with another checksum: that of its body as it is now.</summary>
    public static byte[] WithChecksum(byte[] file)
    {
        var checksum = new Crc32C();
        checksum.Add(file.AsSpan(HeaderSize));
        byte[] repaired = [.. file];
        BitConverter.TryWriteBytes(repaired.AsSpan(ChecksumOffset), checksum.Value);
        return repaired;
    }

    /// <summary>Reads a file as a training that resumes does, and takes the training to its end.</summary>
    /// <exception cref="ModelFileException">The file is damaged.</exception>
    /// <exception cref="InvalidOperationException">It is that of another training.</exception>
    /// <exception cref="TrainingDivergedException">Its state leads to NaN or infinite numbers.</exception>
    public static TrainingResult Read(byte[] file, bool isLbfgs = false) => With(isLbfgs, (loop, identity) =>
    {
        CheckpointFile.Read(new MemoryStream(file), identity, loop);
        return loop.Run();
    });

    private static TResult With<TResult>(bool isLbfgs, Func<TrainingLoop<float>, TrainingIdentity, TResult> use)
    {
        TrainingSettings settings = isLbfgs ? LbfgsSettings : Settings;
        var network = Network<float>.Create(2, [Layer.Dense(3, Activation.Tanh), Layer.Dense(1)], seed: 1);
        var rows = new DenseRows<float>(new float[] { 1, 2, -1, 0.5f, 0, 1, 2, -2 }, new float[] { 1, 0, 2, -1 }, inputs: 2);
        using var loop = new TrainingLoop<float>(network, rows, rows, settings, targetScaling: null);
        return use(loop, TrainingIdentity.Of(network, rows, rows, settings));
    }
}
