using Mlp.Soak.Kill;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Soak;

/// <summary>The short form of <see cref="KillPart"/>.</summary>
public class KillTests(ITestOutputHelper output)
{
    [Trait("Speed", "Slow")]
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

    /// <summary>Killed, it lets the path go, and whoever comes next goes on where it was.</summary>
    [Fact]
    public void PathOfAnotherProcess_IsRefused_UntilThatIsGone()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("c");
        var training = TrainingCase.Find("sgd");
        using (System.Diagnostics.Process process = new TrainChild(
            "sgd", NumberOfEpochs: int.MaxValue, NumberOfThreads: 1, path, EverySeconds: 1e-9).Start())
        {
            Assert.Equal(TrainChild.Started, process.StandardOutput.ReadLine());
            foreach (bool resume in (bool[])[true, false])
            {
                var exception = Assert.Throws<InvalidOperationException>(
                    () => training.Run(settings => settings with { Checkpoint = new Checkpoint(path) { Resume = resume } }));
                Assert.StartsWith($"Checkpoint '{path}' is in use by process {process.Id} (", exception.Message, StringComparison.Ordinal);
            }
            process.Kill();
            process.WaitForExit();
        }
        training.Run(settings => settings with { Checkpoint = new Checkpoint(path) { Resume = false } });
        Assert.DoesNotContain("c.lock", folder.FileNames);
    }

    /// <summary>The heap ends at 200 MB; what is read is refused before it is full. Many rows of few features, and few rows of
    /// many.</summary>
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(10, false)]
    [InlineData(100_000, false)]
    [InlineData(1000, true)]
    public void EndlessRows_AreRefused_BeforeMemoryEnds(int featureCount, bool isValidation)
    {
        using System.Diagnostics.Process process = SoakProcess.Start(
            null, [EndlessRowsChild.Verb, $"{featureCount}", $"{isValidation}"], ("DOTNET_GCHeapHardLimit", "0xBEBC200"));
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Matches(
            @"^NotEnoughMemoryException: Training on the [\d,]+ rows read so far, with more to come, needs about [\d.]+ MB: .* This process can use 200\.0 MB, and has used [\d.]+ MB of it for other things\. [^.]+\.\n$",
            output);
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
