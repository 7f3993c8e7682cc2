using Mlp.State;
using Mlp.Training;
using Mlp.Training.Checkpoints;

namespace Mlp.TestSupport;

/// <summary>The checkpoint of a small training, for tests that damage it, and a training that reads it.</summary>
public static class CheckpointSamples
{
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

    /// <summary>The file of a finished training with mini-batches, or of one with L-BFGS.</summary>
    public static byte[] Bytes(bool isLbfgs = false) => Create(isLbfgs).Finished();

    /// <summary>Reads a file as a training that resumes does, and takes the training to its end.</summary>
    /// <exception cref="ModelFileException">The file is damaged.</exception>
    /// <exception cref="InvalidOperationException">It is that of another training.</exception>
    /// <exception cref="TrainingDivergedException">Its state leads to NaN or infinite numbers.</exception>
    public static TrainingResult Read(byte[] file, bool isLbfgs = false)
    {
        SmallTraining training = Create(isLbfgs);
        training.Read(file);
        return training.Run();
    }

    internal static SmallTraining Create(bool isLbfgs)
    {
        TrainingSettings settings = isLbfgs ? LbfgsSettings : Settings;
        var network = Network<float>.Create(2, [Layer.Dense(3, Activation.Tanh), Layer.Dense(1)], seed: 1);
        var rows = new DenseRows<float>(new float[] { 1, 2, -1, 0.5f, 0, 1, 2, -2 }, new float[] { 1, 0, 2, -1 }, inputCount: 2);
        return new SmallTraining(new TrainingLoop<float>(network, rows, rows, settings, targetScaling: null), TrainingDescription.Of(
            network, rows, rows, settings));
    }

    /// <summary>One thread trains it, so that there is nothing to dispose.</summary>
    internal sealed class SmallTraining(TrainingLoop<float> loop, TrainingIdentity identity)
    {
        /// <summary>Where the state begins in a file: behind the header and the identity.</summary>
        public int StateOffset
        {
            get
            {
                var writer = new LittleEndianWriter(Stream.Null);
                identity.Write(writer);
                return LittleEndianReader.HeaderSize + (int)writer.Length;
            }
        }

        public byte[] Finished()
        {
            loop.Run();
            using var stream = new MemoryStream();
            CheckpointFile.Write(stream, identity, loop);
            return stream.ToArray();
        }

        public void Read(byte[] file) => CheckpointFile.Read(new MemoryStream(file), identity, loop);

        public TrainingResult Run() => loop.Run();
    }
}
