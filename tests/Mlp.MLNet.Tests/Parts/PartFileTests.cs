using Microsoft.ML;
using Mlp.State;
using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.MLNet.Tests;

/// <summary>Parts come over networks from machines: whatever is wrong with one ends in a message about it.</summary>
public sealed class PartFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);
    private readonly byte[][] _parts;

    public PartFileTests() => _parts = [Create(1), Create(2)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CutOffParts_AreRefused_AtEveryByteOfTheHeadAndManyBehind()
    {
        byte[] part = _parts[0];
        int step = part.Length / 200;
        foreach (int length in Enumerable.Range(0, 100).Concat(Enumerable.Range(1, part.Length / step).Select(index => index * step - 1)))
            AssertDamaged(part[..length], length >= LittleEndianReader.HeaderSize ? "Part ends after" : "");
    }

    [Fact]
    public void FlippedBits_AreRefused()
    {
        byte[] part = _parts[0];
        int step = part.Length / 300;
        for (int position = 0; position < part.Length; position += position < 64 ? 1 : step)
        {
            byte[] damaged = [.. part];
            damaged[position] ^= 4;
            AssertDamaged(damaged, "");
        }
        AssertDamaged([.. part, 0], "after the end that its header names");
    }

    /// <summary>A checksum is no signature: parts that were changed with it must be read with care all the same.</summary>
    [Fact]
    public void DamageBehindARightChecksum_EndsInAMessageOrAModel()
    {
        var random = new Random(1);
        byte[] body = ModelFileBytes.Body(_parts[0]), other = ModelFileBytes.Body(_parts[1]);
        int refusedCount = 0;
        for (int turn = 0; turn < 1_500; turn++)
        {
            // Half of the damage to what stands before the zip, where all counts are.
            int end = turn % 2 == 0 ? body.Length : Math.Min(body.Length, 4_000);
            byte[] damaged = ModelFileBytes.WithBody(
                _parts[0], [.. ByteDamage.Some(body[..end], other[..Math.Min(other.Length, end)], random), .. body[end..]]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            refusedCount += Refuses(damaged) ? 1 : 0;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L << 20);
        }
        Assert.InRange(refusedCount, 1_000, 1_500);
    }

    [Fact]
    public void OtherFiles_AreNoParts()
    {
        AssertDamaged([], "Part ends after 0 of 24 bytes");
        AssertDamaged([.. "this is a table, and long enough for a header"u8], "it does not begin with MLPPARTS");
        AssertDamaged(With(position: 8, 2), "Part has format version 2; this build reads version 1. Join with the build that wrote it.");
        AssertDamaged(With(position: 10, 1), "reserved field");
        Assert.Throws<FileNotFoundException>(
            () => _ml.Model.JoinMlpParts([_folder.PathOf("nothing")], _folder.PathOf("joined.zip")));
    }

    private byte[] With(int position, byte value)
    {
        byte[] changed = [.. _parts[0]];
        changed[position] = value;
        return changed;
    }

    private void AssertDamaged(byte[] part, string message)
    {
        string path = Write(part);
        var exception = Assert.Throws<ModelFileException>(() => _ml.Model.JoinMlpParts([path], _folder.PathOf("joined.zip")));
        Assert.StartsWith($"'{path}' cannot be read: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("joined.zip")));
    }

    /// <summary>Whether it was refused, by one of the two exceptions that are promised.</summary>
    private bool Refuses(byte[] part)
    {
        File.WriteAllBytes(_folder.PathOf("second"), _parts[1]);
        try
        {
            _ml.Model.JoinMlpParts([_folder.PathOf("second"), Write(part)], _folder.PathOf("joined.zip"));
            return false;
        }
        catch (Exception exception) when (exception is ModelFileException or InvalidOperationException)
        {
            return true;
        }
    }

    private string Write(byte[] part)
    {
        string path = _folder.PathOf("damaged");
        File.WriteAllBytes(path, part);
        return path;
    }

    private byte[] Create(int number)
    {
        IDataView data = Moons.View(_ml, 60);
        var options = new MlpBinaryTrainer.Options
        {
            Seed = 1,
            NumberOfEpochs = 2,
            HiddenLayerSizes = [3],
            NumberOfNetworks = 4,
            NumberOfThreads = 1,
            Part = new EnsemblePart(number, 2),
        };
        string path = _folder.PathOf($"part{number}");
        _ml.Model.SaveMlpPart(_ml.BinaryClassification.Trainers.Mlp(options).Fit(data), data.Schema, path);
        return File.ReadAllBytes(path);
    }
}
