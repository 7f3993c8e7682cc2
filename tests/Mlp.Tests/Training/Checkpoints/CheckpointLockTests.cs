using Mlp.TestSupport;
using Mlp.Training.Checkpoints;

namespace Mlp.Tests.Training.Checkpoints;

/// <summary>A path for checkpoints is tried before any work, and one training uses it.</summary>
public sealed class CheckpointLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("c");

    [Theory]
    [InlineData("missing/c", "There is no folder '")]
    [InlineData("file/c", "There is no folder '")]
    [InlineData("folder", "That is a folder. Give the name of a file.")]
    [InlineData("to-folder", "That is a folder. Give the name of a file.")]
    [InlineData("to-missing", "There is no folder '")]
    [InlineData("/dev/null", "That is a device or a pipe. Give the name of a file.")]
    [InlineData("/proc/self/c", "Give another path, or make it writable.")]
    public void PathThatCannotBeWritten_IsRefused_BeforeAnyWork(string name, string problem)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(_folder.PathOf("file"), "");
        Directory.CreateDirectory(_folder.PathOf("folder"));
        File.CreateSymbolicLink(_folder.PathOf("to-folder"), "folder");
        File.CreateSymbolicLink(_folder.PathOf("to-missing"), "missing/c");
        string path = System.IO.Path.Combine(_folder.FullPath, name);
        foreach (string training in (string[])["sgd", "lbfgs"])
        {
            var exception = Assert.Throws<ArgumentException>(
                () => TrainingCase.Find(training).Run(settings => WithoutWork(settings, path)));
            Assert.StartsWith($"Checkpoint '{path}' cannot be written. ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        }
        Assert.Equal(["file", "folder", "to-folder", "to-missing"], _folder.FileNames);
    }

    [Fact]
    public void NameThatIsTooLong_IsRefused_BeforeAnyWork()
    {
        // The name itself would do, the one that files are written under before they get it would not.
        string path = _folder.PathOf(new string('n', 250));
        Assert.Throws<ArgumentException>(() => TrainingCase.Find("sgd").Run(settings => WithoutWork(settings, path)));
        Assert.Empty(_folder.FileNames);
    }

    /// <summary>By whatever name: the lock is at the file that links lead to.</summary>
    [Theory]
    [InlineData("c")]
    [InlineData("./c")]
    [InlineData("link")]
    [InlineData("folder/../c")]
    public void SecondTrainingOnThePath_IsRefused_WhileTheFirstRuns(string name)
    {
        Directory.CreateDirectory(_folder.PathOf("folder"));
        File.CreateSymbolicLink(_folder.PathOf("link"), "c");
        string path = System.IO.Path.Combine(_folder.FullPath, name);
        int steps = 0;
        TrainingCase.Find("sgd").Run(settings => settings with
        {
            Checkpoint = new Checkpoint(Path) { EveryEpochs = 1 },
            StepCallback = () =>
            {
                if (steps++ % 15 != 0)
                    return;
                foreach (bool resume in (bool[])[true, false])
                {
                    var exception = Assert.Throws<InvalidOperationException>(() => TrainingCase.Find("nesterov").Run(
                        second => WithoutWork(second, path) with { Checkpoint = new Checkpoint(path) { Resume = resume } }));
                    Assert.Equal(
                        $"Checkpoint '{path}' is in use by another training of this process. Wait for it to end, or give this training "
                            + "another path.",
                        exception.Message);
                }
            },
        });
        Assert.True(steps > 15);
        // Over, and with it the lock.
        Assert.Equal(["c", "c.previous", "folder", "link"], _folder.FileNames);
        TrainingCase.Find("nesterov").Run(settings => settings with { Checkpoint = new Checkpoint(path) { Resume = false } });
    }

    /// <summary>Between two trainings of an ensemble nobody holds a file open, and the path is in use all the same.</summary>
    [Fact]
    public void Ensemble_HoldsThePath_FromItsBeginningToItsEnd()
    {
        var rows = new DenseRows<float>((float[])[0, 1, 2, 3, 4, 5, 6, 7], (float[])[0, 1, 2, 3, 4, 5, 6, 7], inputCount: 1);
        int refusals = 0;
        EnsembleTraining.Fit(
            (_, seed) =>
            {
                Assert.Throws<InvalidOperationException>(() => new Checkpoint(Path).Claim());
                refusals++;
                return Network<float>.Create(1, [Layer.Dense(1)], seed);
            },
            rows, validation: null, [],
            new TrainingSettings { Loss = Loss.SquaredError, NumberOfEpochs = 2, NumberOfThreads = 1, Checkpoint = new Checkpoint(Path) },
            new EnsembleSettings { NumberOfNetworks = 3 });
        Assert.Equal(3, refusals);
        new Checkpoint(Path).Claim().Dispose();
    }

    [Fact]
    public void TrainingThatFails_LetsThePathGo()
    {
        for (int time = 0; time < 2; time++)
        {
            Assert.Throws<TimeoutException>(() => TrainingCase.Find("sgd").Run(settings => settings with
            {
                Checkpoint = new Checkpoint(Path),
                StepCallback = () => throw new TimeoutException(),
            }));
        }
        Assert.Empty(_folder.FileNames);
    }

    /// <summary>Who opened the file just before it was deleted must not think that the lock of a file without a name keeps anybody
    /// out.</summary>
    [Fact]
    public void ManyAtOnce_NeverHoldItTogether()
    {
        int holders = 0, most = 0, acquired = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int time = 0; time < 200; time++)
            {
                using var held = CheckpointLock.TryAcquire(Path + ".lock");
                if (held is null)
                    continue;
                int now = Interlocked.Increment(ref holders);
                Interlocked.Increment(ref acquired);
                if (now > 1)
                    Interlocked.Exchange(ref most, now);
                Thread.Yield();
                Interlocked.Decrement(ref holders);
            }
        });
        Assert.Equal(0, most);
        Assert.InRange(acquired, 1, 1600);
        Assert.Empty(_folder.FileNames);
    }

    public void Dispose() => _folder.Dispose();

    private static TrainingSettings WithoutWork(TrainingSettings settings, string path) => settings with
    {
        Checkpoint = new Checkpoint(path),
        StepCallback = () => Assert.Fail("The training has begun."),
    };
}
