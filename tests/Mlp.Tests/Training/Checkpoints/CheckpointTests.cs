using System.Globalization;
using Mlp.TestSupport;

namespace Mlp.Tests.Training.Checkpoints;

/// <summary>An interrupted training that is started again ends with the bits of one that was not.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public static TheoryData<string> Cases => [.. TrainingCase.All.Select(trainingCase => trainingCase.Name)];

    private string Path => _folder.PathOf("training.checkpoint");

    private string PreviousPath => Path + ".previous";

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Cancelled over and over: in the steps, in the portions of the validation rows, in line searches; and with another number of threads
    /// every time.
    /// </summary>
    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Cases))]
    public void CanceledAnywhere_EndsWithTheSameBits(string name)
    {
        var trainingCase = TrainingCase.Find(name);
        string expected = trainingCase.Run(settings => settings).Hash;
        foreach (int callCount in trainingCase.IsLbfgs ? (int[])[8, 11] : [2, 3, 10])
        {
            File.Delete(Path);
            File.Delete(PreviousPath);
            (string hash, int cancellations) = RunInPieces(
                trainingCase, new Checkpoint(Path), () => throw new OperationCanceledException(), callCount);
            Assert.Equal(expected, hash);
            Assert.True(cancellations > 1, $"only {cancellations} cancellations");
        }
        Assert.Empty(_warnings);
    }

    /// <summary>What a kill leaves: the last file, not the last step. An exception of the caller stands for it; nothing is saved at
    /// one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Killed_EndsWithTheSameBits(string name)
    {
        var trainingCase = TrainingCase.Find(name);
        string expected = trainingCase.Run(settings => settings).Hash;
        int callCount = trainingCase.IsLbfgs ? 9 : 19;
        foreach (Checkpoint checkpoint in (Checkpoint[])[new(Path) { EveryEpochs = 1 }, new(Path) { EverySeconds = 1e-9 }])
        {
            File.Delete(Path);
            File.Delete(PreviousPath);
            (string hash, int kills) = RunInPieces(trainingCase, checkpoint, () => throw new TimeoutException(), callCount);
            Assert.Equal(expected, hash);
            Assert.InRange(kills, 1, 1_000);
        }
        Assert.Empty(_warnings);
    }

    [Fact]
    public void EveryEpochs_SavesAfterThoseAndAtTheEnd()
    {
        var saved = new List<int>();
        DateTime last = default;
        int epoch = 0;
        // Seen from the first step of the next epoch.
        Sgd(settings => settings with
        {
            NumberOfEpochs = 7,
            Checkpoint = new Checkpoint(Path) { EveryEpochs = 3 },
            EpochCallback = report => epoch = report.Epoch,
            StepCallback = () =>
            {
                if (File.Exists(Path) && File.GetLastWriteTimeUtc(Path) != last)
                {
                    saved.Add(epoch);
                    last = File.GetLastWriteTimeUtc(Path);
                }
            },
        });
        Assert.Equal([3, 6], saved);
        Assert.NotEqual(last, File.GetLastWriteTimeUtc(Path));
        Assert.Equal(last, File.GetLastWriteTimeUtc(PreviousPath));
        Assert.Equal(["training.checkpoint", "training.checkpoint.previous"], _folder.FileNames);
    }

    [Fact]
    public void FinishedTraining_ReturnsAtOnce_WithTheSameResult()
    {
        TrainingCase.Outcome first = Sgd(settings => settings with { Checkpoint = new Checkpoint(Path) });
        byte[] file = File.ReadAllBytes(Path);
        TrainingCase.Outcome second = Sgd(settings => settings with
        {
            Checkpoint = new Checkpoint(Path),
            StepCallback = () => throw new InvalidOperationException("There is nothing left to do."),
        });
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Result.History, second.Result.History);
        Assert.Equal(file, File.ReadAllBytes(Path));
    }

    [Fact]
    public void StoppedTraining_StaysStopped()
    {
        Action<EpochResult> stop = report =>
        {
            if (report.Epoch == 2)
                report.StopTraining();
        };
        TrainingCase.Outcome first = Sgd(settings => settings with { Checkpoint = new Checkpoint(Path), EpochCallback = stop });
        Assert.Equal(2, first.Result.History.Count);
        Assert.Equal(first.Hash, Sgd(settings => settings with { Checkpoint = new Checkpoint(Path), NumberOfEpochs = 9 }).Hash);
    }

    [Fact]
    public void MoreEpochs_GoOnFromTheEnd_UnlessTheScheduleLooksAhead()
    {
        Sgd(settings => settings with { Checkpoint = new Checkpoint(Path) });
        TrainingCase.Outcome longer = Sgd(settings => settings with { Checkpoint = new Checkpoint(Path), NumberOfEpochs = 9 });
        Assert.Equal(Sgd(settings => settings with { NumberOfEpochs = 9 }).Hash, longer.Hash);
        Assert.Equal((4, 9), (longer.Result.History[3].NumberOfEpochs, longer.Result.History[4].NumberOfEpochs));

        var exception = Assert.Throws<InvalidOperationException>(
            () => Sgd(settings => settings with { Checkpoint = new Checkpoint(Path) }));
        Assert.Equal(
            $"Checkpoint '{Path}' belongs to another training: it has 9 epochs behind it, and NumberOfEpochs is 4. "
            + "Give another path, delete the file, or set Checkpoint.Resume to false.",
            exception.Message);

        var oneCycle = TrainingCase.Find("one-cycle");
        var checkpoint = new Checkpoint(_folder.PathOf("one-cycle"));
        oneCycle.Run(settings => settings with { Checkpoint = checkpoint });
        exception = Assert.Throws<InvalidOperationException>(
            () => oneCycle.Run(settings => settings with { Checkpoint = checkpoint, NumberOfEpochs = 9 }));
        Assert.Contains("another training: NumberOfEpochs was 4 and is 9. Give", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_False_BeginsAnew()
    {
        Sgd(settings => settings with { Checkpoint = new Checkpoint(Path), Seed = 6 });
        int steps = 0;
        TrainingCase.Outcome outcome = Sgd(settings => settings with
        {
            Checkpoint = new Checkpoint(Path) { Resume = false },
            StepCallback = () => steps++,
        });
        Assert.Equal(Sgd(settings => settings).Hash, outcome.Hash);
        Assert.Equal(4 * 10, steps);
        Assert.Equal(outcome.Hash, Sgd(settings => settings with { Checkpoint = new Checkpoint(Path) }).Hash);
    }

    [Fact]
    public void ASavedTraining_HasTheBitsOfOneThatIsNotSaved()
    {
        Assert.Equal(Sgd(settings => settings).Hash, Sgd(
            settings => settings with { Checkpoint = new Checkpoint(Path) { EverySeconds = 1e-9 } }).Hash);
    }

    [Fact]
    public void Divergence_KeepsTheLastGoodFile_AndSaysWhere()
    {
        TrainingDivergedException Diverge() => Assert.Throws<TrainingDivergedException>(() => Sgd(settings => settings with
        {
            Optimizer = new Sgd { LearningRate = 30 },
            Checkpoint = new Checkpoint(Path) { EverySeconds = 1e-9 },
        }));
        TrainingDivergedException exception = Diverge();
        Assert.Equal(Path, exception.Checkpoint);
        Assert.EndsWith(
            $" The last good state is kept in checkpoint '{Path}'; with other settings begin anew with Checkpoint.Resume set to false.",
            exception.Message,
            StringComparison.Ordinal);
        // A file with other than finite parameters would be refused.
        Assert.True(exception.Step > 1);
        Assert.Equal(exception.Step, Diverge().Step);
    }

    [Fact]
    public void Seconds_AddUp()
    {
        Assert.Throws<OperationCanceledException>(() => Sgd(settings => settings with
        {
            Checkpoint = new Checkpoint(Path),
            EpochCallback = _ => throw new OperationCanceledException(),
            StepCallback = () => Thread.Sleep(2),
        }));
        TrainingCase.Outcome outcome = Sgd(settings => settings with { Checkpoint = new Checkpoint(Path) });
        double[] seconds = [.. outcome.Result.History.Select(report => report.Seconds)];
        Assert.Equal(seconds.Order(), seconds);
        Assert.InRange(seconds[0], 0.02, double.MaxValue);
    }

    [Fact]
    public void OutOfRange_IsRefused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            "EveryEpochs", () => Sgd(settings => settings with { Checkpoint = new("c") { EveryEpochs = 0 } }));
        Assert.StartsWith("EveryEpochs is 0; it must be at least 1.", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentOutOfRangeException>(
            "EverySeconds", () => Sgd(settings => settings with { Checkpoint = new("c") { EverySeconds = double.NaN } }));
        Assert.StartsWith("EverySeconds is NaN; it must be positive.", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Checkpoint.Path is empty; give the path of a file in a folder that exists.",
            Assert.Throws<ArgumentException>("Path", () => Sgd(settings => settings with { Checkpoint = new("") })).Message,
            StringComparison.Ordinal);
    }

    private static TrainingCase.Outcome Sgd(Func<TrainingSettings, TrainingSettings> change) => TrainingCase.Find("sgd").Run(change);

    /// <summary>Interrupts the training after so many calls, until it gets to its end.</summary>
    private (string Hash, int Interruptions) RunInPieces(TrainingCase trainingCase, Checkpoint checkpoint, Action interrupt, int callCount)
    {
        for (int piece = 0; ; piece++)
        {
            int calls = 0;
            try
            {
                return (trainingCase.Run(settings => settings with
                {
                    Checkpoint = checkpoint,
                    WarningCallback = _warnings.Add,
                    NumberOfThreads = 1 + piece % 3,
                    StepCallback = () =>
                    {
                        if (calls++ == callCount)
                            interrupt();
                    },
                }).Hash, piece);
            }
            catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
            {
                Assert.True(piece < 1_000, string.Create(CultureInfo.InvariantCulture, $"The training {trainingCase} does not get on."));
            }
        }
    }
}
