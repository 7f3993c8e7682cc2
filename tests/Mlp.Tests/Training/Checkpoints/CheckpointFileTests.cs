using System.Text;
using Mlp.State;
using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tests.Training.Checkpoints;

/// <summary>Whatever a file holds, reading it ends in a training or in an error that says what is wrong with it.</summary>
public class CheckpointFileTests
{
    [Fact]
    public void Header_IsAsDescribed()
    {
        byte[] file = CheckpointSamples.Bytes();
        Assert.Equal("MLPCHECK"u8.ToArray(), file[..8]);
        Assert.Equal([2, 0, 0, 0], file[8..12]);
        Assert.Equal(file.Length - 24, BitConverter.ToInt64(file, 16));
        Assert.Equal(file, WithChecksum(file));
        // The first setting, in words: int32 length, name, int32 length, value.
        Assert.Equal("Precision", Encoding.UTF8.GetString(file, 32, BitConverter.ToInt32(file, 28)));
        Assert.Equal("Single", Encoding.UTF8.GetString(file, 45, BitConverter.ToInt32(file, 41)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_CutOffAnywhere_SaysSo(bool isLbfgs)
    {
        byte[] file = CheckpointSamples.Bytes(isLbfgs);
        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            var exception = Assert.Throws<ModelFileException>(() => CheckpointSamples.Read(cut, isLbfgs));
            Assert.Equal(length, exception.Position);
            Assert.StartsWith($"Checkpoint ends after {length:N0} of ", exception.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ModelFileException>(() => CheckpointSamples.Read([.. file, 0], isLbfgs));
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        byte[] file = CheckpointSamples.Bytes();
        for (int position = 0; position < file.Length; position++)
        {
            foreach (byte difference in (byte[])[1, 0x80, 0xFF])
            {
                file[position] ^= difference;
                Assert.Throws<ModelFileException>(() => CheckpointSamples.Read(file));
                file[position] ^= difference;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_AnyByteChanged_WithAChecksumToMatch_GivesATrainingOrIsRefused(bool isLbfgs)
    {
        byte[] file = CheckpointSamples.Bytes(isLbfgs);
        int trained = 0, refused = 0;
        for (int position = LittleEndianReader.HeaderSize; position < file.Length; position++)
        {
            foreach (byte difference in (byte[])[1, 0x40, 0xFF])
            {
                file[position] ^= difference;
                try
                {
                    TrainingResult result = CheckpointSamples.Read(WithChecksum(file), isLbfgs);
                    Assert.InRange(result.History.Count, 1, 3);
                    trained++;
                }
                catch (Exception exception) when (exception is ModelFileException or InvalidOperationException or TrainingDivergedException)
                {
                    refused++;
                }
                file[position] ^= difference;
            }
        }
        Assert.True(trained > 100 && refused > 100, $"{trained} trained, {refused} refused");
    }

    /// <summary>Four times the file and 16 MB are the bound; nothing here comes near.</summary>
    [Fact]
    public void Read_LargeClaims_TakeNoMemory()
    {
        byte[] file = CheckpointSamples.Bytes();
        for (int position = LittleEndianReader.HeaderSize; position + 4 <= file.Length; position++)
        {
            foreach (int claim in (int[])[int.MaxValue, -1, int.MinValue, 1 << 24])
            {
                byte[] damaged = [.. file];
                BitConverter.TryWriteBytes(damaged.AsSpan(position), claim);
                damaged = WithChecksum(damaged);
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    CheckpointSamples.Read(damaged);
                }
                catch (Exception exception) when (exception is ModelFileException or InvalidOperationException or TrainingDivergedException)
                {
                }
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
            }
        }
    }

    [Fact]
    public void DamagedFiles_AreRefusedOrAreTrainings_InTimeAndWithinMemory()
    {
        foreach (bool isLbfgs in (bool[])[false, true])
        {
            var limits = new FuzzLimits(MaxInputCount: 5_000, SystematicStride: 23);
            FuzzReport report = new Fuzzer(new CheckpointTarget(isLbfgs), seed: 1).Run(limits);
            Assert.Empty(report.Failures);
            Assert.Equal(limits.MaxInputCount, report.InputCount);
            Assert.InRange(report.AcceptedCount, 250, report.RefusedCount);
            Assert.InRange(report.Shapes.Count, 10, 1_000);
        }
    }

    [Fact]
    public void Read_AnotherVersion_SaysWhich()
    {
        byte[] file = CheckpointSamples.Bytes();
        file[8] = 3;
        Assert.Equal(
            "Checkpoint has format version 3; this build reads version 2. Resume with the build that wrote it.",
            Assert.Throws<ModelFileException>(() => CheckpointSamples.Read(file)).Message);
    }

    private static byte[] WithChecksum(byte[] file) => ModelFileBytes.WithBody(file, ModelFileBytes.Body(file));
}
