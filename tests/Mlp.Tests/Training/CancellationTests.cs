using Mlp.TestSupport;

namespace Mlp.Tests;

/// <summary>A cancelled training ends before its next step, with what was asked for, and leaves nothing behind.</summary>
public class CancellationTests
{
    [Theory]
    [InlineData("adam-dropout", 1)]
    [InlineData("adam-dropout", 15)]
    [InlineData("rmsprop-stopping", 11)] // The first portion of the validation rows.
    [InlineData("rmsprop-stopping", 12)]
    [InlineData("lbfgs", 1)]
    [InlineData("lbfgs", 6)]
    [InlineData("lbfgs-stopping-double", 9)]
    public void Token_EndsTheTraining_BeforeTheNextStep(string name, int callCount)
    {
        using var cancellation = new CancellationTokenSource();
        int calls = 0;
        var trainingCase = TrainingCase.Find(name);
        var exception = Assert.Throws<OperationCanceledException>(() => trainingCase.Run(settings => settings with
        {
            CancellationToken = cancellation.Token,
            StepCallback = () =>
            {
                if (++calls == callCount)
                    cancellation.Cancel();
            },
        }));
        Assert.Equal(callCount, calls);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("lbfgs")]
    public void CanceledToken_IsSeenBeforeTheFirstStep(string name)
    {
        int calls = 0;
        Assert.Throws<OperationCanceledException>(() => TrainingCase.Find(name).Run(settings => settings with
        {
            CancellationToken = new CancellationToken(canceled: true),
            StepCallback = () => calls++,
        }));
        Assert.Equal(0, calls);
    }

    [Fact]
    public void ReturnBest_WithoutEarlyStopping_GivesTheLastStep()
    {
        TrainingCase.Outcome outcome = CancelAfterEpoch("sgd", epoch: 2);
        Assert.True(outcome.Result.WasCanceled);
        Assert.Equal((2, 2), (outcome.Result.History.Count, outcome.Result.BestEpoch));
        Assert.Equal(TrainingCase.Find("sgd").Run(settings => settings with { NumberOfEpochs = 2 }).Hash, outcome.Hash);
    }

    [Fact]
    public void ReturnBest_WithEarlyStopping_GivesTheBestEpoch()
    {
        TrainingCase.Outcome outcome = CancelAfterEpoch("rmsprop-stopping", epoch: 3);
        EpochReport best = outcome.Result.History.MinBy(report => report.ValidationLoss)!;
        Assert.Equal(3, outcome.Result.History.Count);
        Assert.Equal(best.Epoch, outcome.Result.BestEpoch);
        Assert.Equal(TrainingCase.Find("rmsprop-stopping").Run(settings => settings with { NumberOfEpochs = 3 }).Hash, outcome.Hash);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("rmsprop-stopping")]
    public void ReturnBest_InTheFirstEpoch_GivesTheLastStep(string name)
    {
        int calls = 0;
        TrainingCase.Outcome Run(int callCount) => TrainingCase.Find(name).Run(settings => settings with
        {
            ReturnBestOnCancellation = true,
            StepCallback = () =>
            {
                if (calls++ == callCount)
                    throw new OperationCanceledException();
            },
        });
        TrainingCase.Outcome none = Run(0);
        calls = 0;
        TrainingCase.Outcome five = Run(5);
        Assert.Equal((true, 0, 0), (five.Result.WasCanceled, five.Result.History.Count, five.Result.BestEpoch));
        Assert.NotEqual(none.Hash, five.Hash);
    }

    [Fact]
    public void UncanceledTraining_SaysSo() => Assert.False(TrainingCase.Find("sgd").Run(settings => settings with { ReturnBestOnCancellation = true }).Result.WasCanceled);

    /// <summary>Counted by the name of a thread that no other test has. Linux lists threads with their names.</summary>
    [Fact]
    public void NoThread_IsLeft()
    {
        const int ThreadCount = 53;
        if (!Directory.Exists("/proc/self/task"))
            return;
        int seen = 0, calls = 0;
        Assert.Throws<OperationCanceledException>(() => TrainingCase.Find("rmsprop-stopping").Run(settings => settings with
        {
            NumberOfThreads = ThreadCount,
            StepCallback = () =>
            {
                if (calls++ < 5)
                    return;
                seen = CountThreads();
                throw new OperationCanceledException();
            },
        }));
        // One team trains, one validates.
        Assert.Equal(2, seen);
        // For as long as it takes: one that is left would keep this test from its end.
        SpinWait.SpinUntil(() => CountThreads() == 0);

        static int CountThreads() => Directory.EnumerateDirectories("/proc/self/task").Count(task =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(task, "comm")).Trim() == $"Mlp training {ThreadCount - 1}"[..15];
            }
            catch (IOException)
            {
                // It has just ended.
                return false;
            }
        });
    }

    private static TrainingCase.Outcome CancelAfterEpoch(string name, int epoch) => TrainingCase.Find(name).Run(settings => settings with
    {
        ReturnBestOnCancellation = true,
        EpochCallback = report =>
        {
            if (report.Epoch == epoch)
                throw new OperationCanceledException();
        },
    });
}
