using System.Runtime.InteropServices;
using Mlp.Data.Stores;
using Mlp.Tests.Data.Stores;
using Mlp.TestSupport;

namespace Mlp.Tests.Training;

/// <summary>Trainings whose rows are on disk.</summary>
public sealed class StoredTrainingTests : IDisposable
{
    private const int RowCount = 1_200;

    private static readonly HeldOutFolds Folds = new(Seed: 1, FoldCount: 2, Fraction: 0.25);

    private readonly TemporaryFolder _folder = new();
    private readonly StoredTable _table = new();
    private readonly StoredRows _rows;

    public StoredTrainingTests() => _rows = Write(_table);

    public void Dispose()
    {
        _table.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Network_LearnsAsWellAsFromMemory()
    {
        TrainingResult stored = Fit(_rows, settings => settings, out _),
            memory = Fit(Mixed.Rows<float>(RowCount, seed: 5), settings => settings, out _);

        // 0.0056 and 0.0034.
        Assert.InRange(memory.History[^1].Loss, 0, 0.01);
        Assert.InRange(stored.History[^1].Loss, 0, 0.01);
    }

    [Fact]
    public void Bits_DoNotDependOnThreads()
    {
        string[] hashes = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            Fit(_rows, settings => settings with { NumberOfThreads = threads }, out string hash);
            return hash;
        })];
        Assert.Single(hashes.Distinct());
    }

    /// <summary>An exception of the caller stands for a kill: what is left is the last file, not the last step.</summary>
    [Fact]
    public void KilledAnywhere_EndsWithTheSameBits()
    {
        var checkpoint = new Checkpoint(_folder.PathOf("training.checkpoint")) { EverySeconds = 1e-9 };
        Fit(_rows, settings => settings, out string expected);
        string? found = null;
        int kills = 0;
        while (found is null)
        {
            int calls = 0;
            // The table is written again now and then: the same rows and the same seed, in another process, are the same blocks.
            using var again = new StoredTable();
            StoredRows rows = kills % 3 == 0 ? Write(again) : _rows;
            try
            {
                Fit(rows, settings => settings with
                {
                    Checkpoint = checkpoint,
                    StepCallback = () => _ = ++calls == 37 ? throw new TimeoutException() : 0,
                }, out found);
            }
            catch (TimeoutException)
            {
                kills++;
            }
        }
        Assert.Equal(expected, found);
        Assert.InRange(kills, 3, 100);
    }

    [Fact]
    public void CheckpointOfOtherRows_IsRefused()
    {
        var checkpoint = new Checkpoint(_folder.PathOf("training.checkpoint"));
        Fit(_rows, settings => settings with { Checkpoint = checkpoint }, out _);
        using var other = new StoredTable();
        StoredRows rows = Write(other, seed: 2);

        string message = Assert.Throws<InvalidOperationException>(
            () => Fit(rows, settings => settings with { Checkpoint = checkpoint }, out _)).Message;

        Assert.Contains("Checksum of the training rows on disk", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedBlock_EndsTheTraining_WithItsName()
    {
        using var table = new StoredTable();
        _ = Write(table);
        byte[] bytes = File.ReadAllBytes(table.Folder.BlockPath);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(table.Folder.BlockPath, bytes);
        StoredRows rows = table.Open(Mixed.Layout.ToInputs(), foldCount: Folds.FoldCount);

        string message = Assert.Throws<RowStoreException>(() => Fit(rows, settings => settings, out _)).Message;

        Assert.Matches("Block \\d of 3 of row store", message);
    }

    [Fact]
    public void Ensemble_HoldsOutParts_Refits_AndIsKilledAndResumed()
    {
        string expected = FitEnsemble(settings => settings);
        var checkpoint = new Checkpoint(_folder.PathOf("ensemble.checkpoint")) { EverySeconds = 1e-9 };
        string? found = null;
        int kills = 0;
        while (found is null)
        {
            int calls = 0;
            try
            {
                found = FitEnsemble(settings => settings with
                {
                    Checkpoint = checkpoint,
                    NumberOfThreads = 1 + kills % 3,
                    StepCallback = () => _ = Interlocked.Increment(ref calls) == 211 ? throw new TimeoutException() : 0,
                });
            }
            catch (TimeoutException)
            {
                kills++;
            }
        }
        Assert.Equal(expected, found);
        Assert.InRange(kills, 3, 200);
    }

    [Fact]
    public void Temperature_ComesFromHeldOutRows()
    {
        // Labels that are noise in one of three rows: a network is surer of them than it should be.
        var random = new Random(4);
        float[][] vectors = [.. Enumerable.Range(0, 2_000).Select(
            _ => Enumerable.Range(0, 6).Select(_ => random.NextSingle() - 0.5f).ToArray())];
        float[] targets = [.. vectors.Select(vector => (vector[0] > 0) ^ (random.Next(3) == 0) ? 1f : 0)];
        using var table = new StoredTable();
        StoredRows rows = table.Write(vectors, targets, folds: Folds);
        EnsembleResult<float> result = EnsembleTraining.Fit(
            (_, seed) => Network<float>.Create(6, [Layer.Dense(32, Activation.Relu), Layer.Dense(1, Activation.Identity)], seed), rows,
            validation: null, [],
            new TrainingSettings
            {
                Loss = Loss.BinaryCrossEntropy,
                NumberOfEpochs = 30,
                EarlyStopping = new EarlyStopping { Patience = 30 },
                Seed = 1,
            },
            new EnsembleSettings { NumberOfNetworks = 2, CalibrateProbabilities = true });

        // 1.03; exactly 1 where none is looked for.
        Assert.InRange(result.Temperature, 1.01, 1.1);
    }

    private static StoredRows Write(StoredTable table, ulong seed = 1)
    {
        var random = new Random(5);
        float[][] vectors = [.. Enumerable.Range(0, RowCount).Select(_ => Mixed.Vector<float>(random))];
        float[] targets = [.. vectors.Select(vector => vector[Mixed.NumberCount] - vector[Mixed.NumberCount + 5]
            + vector[Mixed.NumberCount + 6] + (float.IsNaN(vector[0]) ? 1 : vector[0]))];
        return table.Write(Mixed.Layout, vectors, targets, folds: Folds, seed: seed);
    }

    private static TrainingResult Fit(
        IRowSource<float> rows, Func<TrainingSettings, TrainingSettings> change, out string hash)
    {
        Network<float> network = Create(seed: 3);
        TrainingResult result = Trainer.Fit(network, rows, change(Settings));
        hash = HashOf(network);
        return result;
    }

    private string FitEnsemble(Func<TrainingSettings, TrainingSettings> change)
    {
        EnsembleResult<float> result = EnsembleTraining.Fit(
            (_, seed) => Create(seed), _rows, validation: null, [],
            change(Settings with { EarlyStopping = new EarlyStopping { Patience = 2 }, NumberOfEpochs = 6 }),
            new EnsembleSettings { NumberOfNetworks = 3, RefitOnAllRows = true });
        Assert.Equal(6, result.Networks.Count);
        return string.Join(' ', result.Networks.Select(HashOf));
    }

    private static TrainingSettings Settings => new()
    {
        Loss = Loss.HalfSquaredError,
        NumberOfEpochs = 8,
        Seed = 7,
        Optimizer = new Adam { LearningRate = 0.01 },
        DropoutRates = [0.05],
    };

    private static Network<float> Create(int seed) => Mixed.Network<float>(
        [Layer.Dense(24, Activation.Tanh), Layer.Dense(1, Activation.Identity)], seed);

    private static string HashOf(Network<float> network) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(network.Parameters.Values)));
}
