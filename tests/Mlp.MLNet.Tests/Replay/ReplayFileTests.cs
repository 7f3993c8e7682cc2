using Microsoft.ML;
using Mlp.MLNet.Models;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.MLNet.Tests.Replay;

/// <summary>A memory is a file like others: whatever is wrong with one ends in a message about it.</summary>
public class ReplayFileTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly byte[] _file;

    public ReplayFileTests() => _file = ToBytes(Create(seed: 1));

    [Fact]
    public void Memory_IsTheSame_AfterReading()
    {
        MlpReplayMemory memory = Create(seed: 1), read = MlpReplayMemory.Load(new MemoryStream(_file));
        Assert.Equal(_file, ToBytes(read));
        Assert.Equal(
            (memory.Fingerprint, memory.RowsSeen, memory.RowCount, memory.Capacity),
            (read.Fingerprint, read.RowsSeen, read.RowCount, read.Capacity));
        Assert.Equal(memory.Rows.Folds, read.Rows.Folds);
        Assert.Equal(memory.Columns[0].Counts, read.Columns[0].Counts);
        Assert.Equal(memory.Moments[0]!.State, read.Moments[0]!.State);
    }

    [Fact]
    public void MixedRows_AreTheSame_AfterReading()
    {
        IDataView rows = MixedRows.View(_ml);
        MlpRegressionTrainer.Options options = MixedRows.Regression();
        (options.ReplayRowCount, options.NumberOfEpochs) = (50, 2);
        MlpRegressionTrainer trainer = _ml.Regression.Trainers.Mlp(options);
        IDataView data = ((IEnumerable<ITransformer>)MixedRows.Fit(_ml, rows, trainer)).SkipLast(1)
            .Aggregate(rows, (view, step) => step.Transform(view));
        MlpRegressionTransformer model = trainer.Fit(data);
        byte[] bytes = ToBytes(model.ReplayMemory!);
        var read = MlpReplayMemory.Load(new MemoryStream(bytes));
        Assert.Equal(bytes, ToBytes(read));
        string expected = trainer.Update(model, data).Model.Fingerprint;
        var remembering = (MlpRegressionTransformer)TrainedModels.Remember(model, read);
        Assert.Equal(expected, trainer.Update(remembering, data).Model.Fingerprint);
    }

    [Fact]
    public void CutOffAndChangedFiles_AreRefused()
    {
        int step = _file.Length / 200;
        foreach (int length in Enumerable.Range(0, 100).Concat(Enumerable.Range(1, _file.Length / step).Select(index => index * step - 1)))
            AssertDamaged(_file[..length]);
        for (int position = 0; position < _file.Length; position += position < 64 ? 1 : step)
        {
            byte[] damaged = [.. _file];
            damaged[position] ^= 4;
            AssertDamaged(damaged);
        }
        Assert.Contains("after the end that its header names", AssertDamaged([.. _file, 0]));
        Assert.Contains("it does not begin with MLPMEMRY", AssertDamaged([.. "this is a table, and long enough for a header"u8]));
        Assert.Contains("format version 2; this build reads version 1", AssertDamaged([.. _file[..8], 2, .. _file[9..]]));
    }

    /// <summary>A checksum is no signature: memories that were changed with it must be read with care all the same.</summary>
    [Fact]
    public void DamageBehindARightChecksum_EndsInAMessageOrAMemory()
    {
        var random = new Random(1);
        byte[] body = ModelFileBytes.Body(_file), other = ModelFileBytes.Body(ToBytes(Create(seed: 2)));
        int refusedCount = 0;
        for (int turn = 0; turn < 1_000; turn++)
        {
            byte[] damaged = ModelFileBytes.WithBody(_file, ByteDamage.Some(body, other, random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                _ = MlpReplayMemory.Load(new MemoryStream(damaged));
            }
            catch (ModelFileException)
            {
                refusedCount++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16L << 20);
        }
        Assert.InRange(refusedCount, 200, 1_000);
    }

    private static string AssertDamaged(byte[] file) =>
        Assert.Throws<ModelFileException>(() => MlpReplayMemory.Load(new MemoryStream(file))).Message;

    private static byte[] ToBytes(MlpReplayMemory memory)
    {
        var stream = new MemoryStream();
        memory.Save(stream);
        return stream.ToArray();
    }

    private MlpReplayMemory Create(int seed)
    {
        MlpMulticlassTrainer.Options options = Blobs.Multiclass();
        (options.ReplayRowCount, options.Seed, options.ExampleWeightColumnName) = (20, seed, "Weight");
        return _ml.MulticlassClassification.Trainers.Mlp(options).Fit(Blobs.View(_ml)).ReplayMemory!;
    }
}
