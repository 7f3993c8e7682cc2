using Mlp.Soak.Files;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.MLNet.Tests.Soak;

/// <summary>The short form of what tests/Mlp.Soak does for as long as it is told to.</summary>
public class ModelZipFuzzTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void DamagedZips_GiveAModelOrFormatException_InTimeAndWithinMemory()
    {
        var limits = new FuzzLimits(MaxInputCount: 2_000, SystematicStride: 397);
        FuzzReport report = new Fuzzer(new ModelZipTarget(), seed: 1).Run(limits);
        Assert.Empty(report.Failures);
        Assert.Equal(limits.MaxInputCount, report.InputCount);
        // Both ends must be reached, and many ways to the second, or the damage is not worth its name.
        Assert.InRange(report.AcceptedCount, 100, 2_000);
        Assert.InRange(report.Shapes.Count, 30, 1_000);
    }

    [Fact]
    public void Samples_HaveFeaturesOfEveryKind()
    {
        var target = new ModelZipTarget();
        Assert.Contains(
            target.Samples.Select(target.Read).OfType<MlpBinaryTransformer>(),
            network => network.Model.EngineModel.Network.Inputs
                is { NumberCount: > 0, MissingColumns.Count: > 0, Categories.Count: > 0, SparseCount: > 0 });
    }

    [Fact]
    public void ZipsWrittenByHand_AreZips()
    {
        var target = new ModelZipTarget();
        foreach (byte[] sample in target.Samples)
        {
            ZipItem[] items = ZipBytes.Items(sample);
            byte[] written = ZipBytes.Write(items);
            Assert.Equal(items.Select(item => (Name: item.Name, item.Content)), ZipBytes.Items(written)
                .Select(item => (Name: item.Name, item.Content)), SameBytes);
            target.Use(target.Read(written));
        }

        static bool SameBytes((byte[] Name, byte[] Content) item, (byte[] Name, byte[] Content) other) =>
            item.Name.AsSpan().SequenceEqual(other.Name) && item.Content.AsSpan().SequenceEqual(other.Content);
    }
}
