using System.Numerics;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tests.Models;

/// <summary>The short form of what tests/Mlp.Soak does for as long as it is told to.</summary>
public class ModelFileFuzzTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void DamagedFiles_GiveAModelOrModelFileException_InTimeAndWithinMemory()
    {
        Run<float>(canSeek: true);
        Run<double>(canSeek: true);
        Run<float>(canSeek: false);
    }

    private static void Run<T>(bool canSeek)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Drawn damage takes turns with the listed one, of which the stride takes as much as there is room for.
        var limits = new FuzzLimits(MaxInputCount: 20_000, SystematicStride: 19);
        FuzzReport report = new Fuzzer(new ModelFileTarget<T>(canSeek), seed: 1).Run(limits);
        Assert.Empty(report.Failures);
        Assert.Equal(limits.MaxInputCount, report.InputCount);
        // Both ends must be reached, and many ways to the second, or the damage is not worth its name.
        Assert.InRange(report.AcceptedCount, 1_000, report.RefusedCount);
        Assert.InRange(report.Shapes.Count, 20, 200);
    }
}
