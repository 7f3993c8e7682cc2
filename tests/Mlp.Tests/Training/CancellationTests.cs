using Mlp.Data;
using Mlp.Numerics;
using Mlp.TestSupport;
using Mlp.Training.Ensembles;

namespace Mlp.Tests.Training;

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
        EpochResult best = outcome.Result.History.MinBy(report => report.ValidationLoss)!;
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

    /// <summary>No clock is needed: from one look at the token to the next a training reads a few portions of 512 rows, whatever it does
    /// with them: draws batches, validates, looks for weights, sums up, calibrates.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void BetweenTwoLooks_FewRowsAreRead(int networkCount, bool hasValidation)
    {
        const int RowCount = 20_000, MostRows = 4 * 512;
        float[] features = GemmChecks.Random<float>(RowCount, seed: 1), targets = [.. features.Select(value => value > 0 ? 1f : 0)];
        // The weights of the first rows say nothing, so that all of them are looked at for one that does.
        float[] weights = [.. Enumerable.Range(0, RowCount).Select(row => row < RowCount / 2 ? 0f : 1)];
        var rows = new WatchedRows(new DenseRows<float>(features, targets, inputCount: 1, exampleWeights: weights));
        EnsembleResult<float> result = EnsembleTraining.Fit(
            (_, seed) => Network<float>.Create(1, [Layer.Dense(2, Activation.Tanh), Layer.Dense(1)], seed),
            rows,
            hasValidation ? rows : null,
            [.. targets.Select(target => (int)target)],
            new TrainingSettings
            {
                Loss = Loss.BinaryCrossEntropy,
                NumberOfEpochs = 2,
                NumberOfThreads = 1,
                EarlyStopping = new EarlyStopping(),
                StepCallback = rows.Look,
            },
            new EnsembleSettings { NumberOfNetworks = networkCount, RefitOnAllRows = true, CalibrateProbabilities = true });
        Assert.NotEqual(1, result.Temperature);
        Assert.InRange(rows.MostRowsBetweenLooks, 1, MostRows);
    }

    /// <summary>Columns and classes are looked at in portions as well.</summary>
    [Fact]
    public void CheckpointOfManyRows_IsNotBegun_WhenTheTokenIsCanceled()
    {
        var rows = new WatchedRows(new DenseRows<float>(new float[20_000], new float[20_000], inputCount: 1));
        using var folder = new TemporaryFolder();
        Assert.Throws<OperationCanceledException>(
            () => Trainer.Fit(Network<float>.Create(1, [Layer.Dense(1)], seed: 1), rows, new TrainingSettings
            {
                Loss = Loss.SquaredError,
                Checkpoint = new Checkpoint(folder.PathOf("c")),
                CancellationToken = new CancellationToken(canceled: true),
            }));
        Assert.Equal(0, rows.MostRowsBetweenLooks);
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void Statistics_LookBeforeEveryColumn_EveryFoldAndEveryPortionOfRows()
    {
        int looks = 0;
        FeatureScaling<float>.Robust(new RowBlocks<float>(new float[700], rowLength: 7), checkCancellation: () => looks++);
        Assert.Equal(7, looks);
        looks = 0;
        RowSplit.Folds(new int[100], partCount: 5, seed: 1, () => looks++);
        Assert.Equal(5, looks);
        looks = 0;
        TemperatureScaling.Fit<float>(OutputLink.Sigmoid, new float[10_000], new float[10_000], Enumerable.Repeat(1f, 10_000)
            .ToArray(), outputCount: 1, () => looks++);
        Assert.Equal(25 * ((10_000 + Limits.PortionRowCount - 1) / Limits.PortionRowCount), looks);
    }

    [Fact]
    public void UncanceledTraining_SaysSo() =>
    Assert.False(TrainingCase.Find("sgd").Run(settings => settings with { ReturnBestOnCancellation = true }).Result.WasCanceled);

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

    /// <summary>Counts the rows that are read between two looks.</summary>
    private sealed class WatchedRows(IRowSource<float> rows) : IRowSource<float>
    {
        private int _read;

        public int MostRowsBetweenLooks { get; private set; }

        public int RowCount => rows.RowCount;

        public int InputCount => rows.InputCount;

        public int TargetCount => rows.TargetCount;

        public void Look() => _read = 0;

        public void Read(ReadOnlySpan<int> rowIndices, Span<float> inputs, Span<float> targets, Span<float> exampleWeights)
        {
            _read += rowIndices.Length;
            MostRowsBetweenLooks = Math.Max(MostRowsBetweenLooks, _read);
            rows.Read(rowIndices, inputs, targets, exampleWeights);
        }
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
