using Mlp.Soak.Kill;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Soak;

/// <summary>The short form of <see cref="KillPart"/>.</summary>
public class KillTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("adam-dropout", true)]
    [InlineData("rmsprop-stopping", false)]
    [InlineData("lbfgs", true)]
    public void KilledTraining_EndsWithTheSameBits(string name, bool everyStep)
    {
        using var folder = new TemporaryFolder();
        var kills = new KillRun(folder.FullPath, new Random(1));
        Assert.Null(kills.Run(TrainingCase.Find(name), everyStep, mostKills: 3));
        output.WriteLine($"{kills.KillCount} kills");
        Assert.InRange(kills.KillCount, 1, 3);
    }

    [Fact]
    public void OtherProcess_WithOtherThreads_GivesTheSameBits()
    {
        var child = new TrainChild(TrainingCase.Wide.Name, NumberOfEpochs: 2, NumberOfThreads: 1);
        using System.Diagnostics.Process process = (child with { NumberOfThreads = 4 }).Start();
        string text = process.StandardOutput.ReadToEnd();
        Assert.Contains(TrainChild.Hash + child.Train(), text, StringComparison.Ordinal);
    }
}
