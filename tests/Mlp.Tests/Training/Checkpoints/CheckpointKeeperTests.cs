using Mlp.TestSupport;

namespace Mlp.Tests.Training.Checkpoints;

/// <summary>Damaged files, and folders that cannot be written to.</summary>
public sealed class CheckpointKeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private string Path => _folder.PathOf("c");

    private string PreviousPath => _folder.PathOf("c.previous");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DamagedFile_IsPassedOverForTheOneBefore_WithAWarning(bool isCutOff)
    {
        SaveTwice();
        byte[] file = File.ReadAllBytes(Path);
        file[^20] ^= 1;
        File.WriteAllBytes(Path, isCutOff ? file[..^7] : file);

        Assert.Equal(Expected, Run());
        string warning = Assert.Single(_warnings);
        string reason = isCutOff
            ? $"Checkpoint ends after {file.Length - 7:N0} of {file.Length:N0} bytes, inside the state." : "it is damaged.";
        Assert.StartsWith($"Checkpoint '{Path}' cannot be read: Checkpoint ", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);
        Assert.EndsWith($"The training goes on from the one before, '{PreviousPath}'.", warning, StringComparison.Ordinal);
    }

    /// <summary>Otherwise there would be no intact file for the moment between the two renames.</summary>
    [Fact]
    public void DamagedFile_DoesNotReplaceTheOneBefore()
    {
        SaveTwice();
        byte[] previous = File.ReadAllBytes(PreviousPath);
        File.WriteAllBytes(Path, [1, 2, 3]);
        bool wasChecked = false;
        Run(new Checkpoint(Path) { EverySeconds = 1e-9 }, () =>
        {
            if (!wasChecked && new FileInfo(Path).Length > 3)
            {
                Assert.Equal(previous, File.ReadAllBytes(PreviousPath));
                wasChecked = true;
            }
        });
        Assert.True(wasChecked);
    }

    /// <summary>A kill between the two renames.</summary>
    [Fact]
    public void MissingFile_LeavesTheOneBefore()
    {
        SaveTwice();
        File.Move(Path, Path + ".temporary");
        int steps = 0;
        Assert.Equal(Expected, Run(new Checkpoint(Path), () => steps++));
        Assert.Empty(_warnings);
        Assert.InRange(steps, 1, 30);
        Assert.Equal(["c", "c.previous"], _folder.FileNames);
    }

    [Fact]
    public void NoIntactFile_IsAnError()
    {
        SaveTwice();
        File.WriteAllBytes(Path, []);
        File.WriteAllBytes(PreviousPath, "MLPMODEL"u8);
        var exception = Assert.Throws<ModelFileException>(() => Run());
        Assert.Equal(
            $"Checkpoint '{PreviousPath}' cannot be read, and there is no other one: This is not a checkpoint: it does not begin "
                + "with MLPCHECK. "
            + "Set Checkpoint.Resume to false to begin anew.",
            exception.Message);
        Assert.Single(_warnings);

        File.Delete(PreviousPath);
        Assert.StartsWith($"Checkpoint '{Path}' cannot be read, and there is no other one: ",
            Assert.Throws<ModelFileException>(() => Run()).Message, StringComparison.Ordinal);
        Assert.Equal(Expected, Run(new Checkpoint(Path) { Resume = false }));
    }

    [Fact]
    public void FolderThatGoesAway_IsReportedOnce_AndTrainingGoesOn()
    {
        string folder = _folder.PathOf("sometimes"), path = System.IO.Path.Combine(folder, "c");
        Directory.CreateDirectory(folder);
        Assert.Equal(Expected, Run(new Checkpoint(path) { EveryEpochs = 1 }, report: _ => DeleteFolder(folder)));
        AssertOneWarning(path);
        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public void FileInPlaceOfTheFolder_IsReportedOnce_AndTrainingGoesOn()
    {
        string folder = _folder.PathOf("folder"), path = System.IO.Path.Combine(folder, "c");
        Directory.CreateDirectory(folder);
        Assert.Equal(Expected, Run(new Checkpoint(path) { EveryEpochs = 1 }, report: _ =>
        {
            DeleteFolder(folder);
            File.WriteAllText(folder, "");
        }));
        AssertOneWarning(path);
        Assert.Equal(["folder"], _folder.FileNames);
    }

    [Fact]
    public void FolderInPlaceOfTheFile_IsReportedOnce_AndLeavesNothing()
    {
        Assert.Equal(Expected, Run(new Checkpoint(Path) { EveryEpochs = 1 }, report: _ => Directory.CreateDirectory(Path)));
        AssertOneWarning(Path);
        Assert.Equal(["c"], _folder.FileNames);
    }

    /// <summary>Every write to /dev/full fails as one to a full disk does.</summary>
    [Fact]
    public void FullDisk_IsReportedOnce_AndKeepsTheLastFile()
    {
        if (!File.Exists("/dev/full"))
            return;
        SaveTwice();
        byte[] last = File.ReadAllBytes(Path);
        string temporary = Path + ".temporary";
        int links = 0;
        Assert.Equal(Expected, Run(new Checkpoint(Path) { EveryEpochs = 1 }, () =>
        {
            if (!System.IO.Path.Exists(temporary))
            {
                File.CreateSymbolicLink(temporary, "/dev/full");
                links++;
            }
        }));
        AssertOneWarning(Path);
        Assert.InRange(links, 2, 4);
        Assert.Equal(last, File.ReadAllBytes(Path));
        Assert.Equal(["c", "c.previous"], _folder.FileNames);
    }

    [Fact]
    public void FolderThatComesBack_IsWrittenToAgain()
    {
        string folder = _folder.PathOf("sometimes"), path = System.IO.Path.Combine(folder, "c");
        Directory.CreateDirectory(folder);
        string hash = Run(new Checkpoint(path) { EveryEpochs = 1 }, report: epoch =>
        {
            if (epoch == 1)
                DeleteFolder(folder);
            if (epoch == 3)
                Directory.CreateDirectory(folder);
        });
        Assert.Equal(Expected, hash);
        AssertOneWarning(path);
        _warnings.Clear();
        Assert.Equal(Expected, Run(new Checkpoint(path), () => throw new InvalidOperationException("There is nothing left to do.")));
        Assert.Empty(_warnings);
    }

    /// <summary>Someone may tidy up while the training runs.</summary>
    [Fact]
    public void DeletedFile_IsWrittenAgain()
    {
        Assert.Equal(Expected, Run(new Checkpoint(Path) { EveryEpochs = 1 }, () => File.Delete(Path)));
        Assert.Empty(_warnings);
        Assert.True(File.Exists(Path));
    }

    private static TrainingCase Training => TrainingCase.Find("sgd");

    private static string Expected { get; } = Training.Run(settings => settings).Hash;

    /// <summary>Files after epoch 1 and after the first step of epoch 2.</summary>
    private void SaveTwice()
    {
        int steps = 0;
        Assert.Throws<OperationCanceledException>(() => Run(new Checkpoint(Path) { EveryEpochs = 1 }, () =>
        {
            if (++steps == 12)
                throw new OperationCanceledException();
        }));
        Assert.Equal(["c", "c.previous"], _folder.FileNames);
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private void AssertOneWarning(string path)
    {
        string warning = Assert.Single(_warnings);
        Assert.StartsWith($"Checkpoint '{path}' could not be written: ", warning, StringComparison.Ordinal);
        Assert.EndsWith(" The training goes on and tries again when the next one is due.", warning, StringComparison.Ordinal);
    }

    private string Run(Checkpoint? checkpoint = null, Action? step = null, Action<int>? report = null) =>
        Training.Run(settings => settings with
        {
            Checkpoint = checkpoint ?? new Checkpoint(Path),
            StepCallback = step,
            EpochCallback = epoch => report?.Invoke(epoch.Epoch),
            WarningCallback = _warnings.Add,
        }).Hash;
}
