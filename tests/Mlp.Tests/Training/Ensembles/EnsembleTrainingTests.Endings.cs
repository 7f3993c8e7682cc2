using Mlp.TestSupport;

namespace Mlp.Tests.Training.Ensembles;

/// <content>Trainings that end before their time.</content>
public partial class EnsembleTrainingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AFailure_EndsAllTrainings_AndIsTheOneThatIsThrown(int threadCount)
    {
        TrainingSettings settings = Settings with
        {
            NumberOfThreads = threadCount,
            NumberOfEpochs = 100_000,
            EarlyStopping = new EarlyStopping { Patience = 100_000 },
            EpochCallback = report =>
            {
                if (report is { NetworkIndex: 0, Epoch: 5 })
                    throw new InvalidDataException("Enough.");
            },
        };
        Assert.Equal("Enough.", Assert.Throws<InvalidDataException>(() => Fit(settings, FiveFolds)).Message);
    }

    [Fact]
    public void Cancellation_EndsAllTrainings()
    {
        using var cancellation = new CancellationTokenSource();
        TrainingSettings settings = Settings with
        {
            NumberOfThreads = 3,
            NumberOfEpochs = 100_000,
            EarlyStopping = new EarlyStopping { Patience = 100_000 },
            CancellationToken = cancellation.Token,
            EpochCallback = _ => cancellation.Cancel(),
        };
        Assert.Throws<OperationCanceledException>(() => Fit(settings, FiveFolds));
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(1, 7, 2)]
    [InlineData(3, 1, 2)]
    public void AnInterruptedEnsemble_GoesOnWithTheSameBits(int threadCount, int network, int epoch)
    {
        using var folder = new TemporaryFolder();
        EnsembleResult<float> expected = Fit(Settings, FiveFolds);
        TrainingSettings settings = Settings with { NumberOfThreads = threadCount, Checkpoint = new Checkpoint(folder.PathOf("c")) };
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Fit(
            settings with
            {
                CancellationToken = cancellation.Token,
                EpochCallback = report =>
                {
                    if (report.NetworkIndex == network && report.Epoch == epoch)
                        cancellation.Cancel();
                },
            },
            FiveFolds));
        var resumed = new List<EpochResult>();
        EnsembleResult<float> actual = Fit(settings with { EpochCallback = resumed.Add }, FiveFolds);
        AssertSame(expected, actual);
        // Nothing that was done is done again.
        Assert.DoesNotContain(resumed, report => report.NetworkIndex < network && threadCount == 1);
        Assert.Equal(epoch + 1, resumed.First(report => report.NetworkIndex == network).Epoch);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(job => $"c.{job}"),
            folder.FileNames.Where(name => !name!.EndsWith(".previous", StringComparison.Ordinal)));
        // And a run that is done comes back at once.
        AssertSame(expected, Fit(settings with { EpochCallback = _ => Assert.Fail("It was trained again.") }, FiveFolds));
    }

    [Fact]
    public void ReturnBestOnCancellation_GivesTheNetworksOfTheFirstRound()
    {
        TrainingSettings settings = Settings with { ReturnBestOnCancellation = true, NumberOfEpochs = 6 };
        EnsembleResult<float> folds = Fit(settings, FiveFolds with { RefitOnAllRows = false });
        // In the third fold: two are done, one is not.
        EnsembleResult<float> third = Fit(Canceling(network: 2, epoch: 3), FiveFolds);
        Assert.True(third.WasCanceled);
        Assert.Equal(3, third.Networks.Count);
        Assert.Equal(folds.BestEpochs.Take(2), third.BestEpochs.Take(2));
        Assert.InRange(third.BestEpochs[2], 1, 3);
        for (int index = 0; index < 2; index++)
            Tolerance.AssertSameBits<float>(
                $"network {index}", third.Networks[index].Parameters.Values, folds.Networks[index].Parameters.Values);
        // In a refit: all folds are done, and held all rows out.
        EnsembleResult<float> refit = Fit(Canceling(network: 6, epoch: 1), FiveFolds);
        Assert.True(refit.WasCanceled);
        Assert.Equal(folds.BestEpochs, refit.BestEpochs);
        for (int index = 0; index < 5; index++)
            Tolerance.AssertSameBits<float>(
                $"network {index}", refit.Networks[index].Parameters.Values, folds.Networks[index].Parameters.Values);
        Assert.Equal(folds.Temperature, refit.Temperature);
        Assert.False(folds.WasCanceled);
        // Before anything is learnt.
        Assert.Throws<OperationCanceledException>(
            () => Fit(settings with { StepCallback = () => throw new OperationCanceledException() }, FiveFolds));

        TrainingSettings Canceling(int network, int epoch)
        {
            var cancellation = new CancellationTokenSource();
            return settings with
            {
                CancellationToken = cancellation.Token,
                EpochCallback = report =>
                {
                    if (report.NetworkIndex == network && report.Epoch == epoch)
                        cancellation.Cancel();
                },
            };
        }
    }
}
