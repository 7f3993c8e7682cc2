using Mlp.TestSupport;

namespace Mlp.Tests.Training;

/// <summary>Neither the number of threads nor what else the process does changes a bit of the parameters or the history.</summary>
public class DeterminismTests
{
    private static readonly int[] ThreadCounts = [1, 2, 4, 16];

    public static TheoryData<string> Cases => [.. TrainingCase.All.Append(TrainingCase.Wide).Select(trainingCase => trainingCase.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnyNumberOfThreads_AlsoBesideOtherTrainings_GivesTheSameHash(string name)
    {
        string expected = Run(threadCount: 1);
        Assert.All(ThreadCounts, threadCount => Assert.Equal(expected, Run(threadCount)));
        var beside = new string[ThreadCounts.Length];
        Parallel.For(0, beside.Length, index => beside[index] = Run(ThreadCounts[index]));
        Assert.All(beside, hash => Assert.Equal(expected, hash));

        string Run(int threadCount) => TrainingCase.Find(name).Run(settings => settings with { NumberOfThreads = threadCount }).Hash;
    }

    [Fact]
    public void AnotherSeed_GivesAnotherHash() =>
        Assert.NotEqual(
            TrainingCase.Wide.Run(settings => settings).Hash, TrainingCase.Wide.Run(settings => settings with { Seed = 6 }).Hash);
}
