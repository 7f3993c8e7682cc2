using System.Diagnostics;
using Mlp.Models.Files;
using Mlp.TestSupport;

namespace Mlp.Tests.Models.Files;

/// <summary>Files are there whole or not at all; links stay links, devices devices and pipes pipes.</summary>
public sealed class FileTargetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Unwritable => new()
    {
        { "", "The name is empty." },
        { "a\0b", "The name has a character NUL in it." },
        { "folder", "That is a folder." },
        { "new/", "That is a folder." },
        { "missing/file", "There is no folder '" },
        { "file/in-it", "There is no folder '" },
        { new string('n', 250), "Give another path, or make it writable." },
        { string.Join('/', Enumerable.Repeat(new string('n', 100), 60)), "There is no folder '" },
        { "circle", "Its links lead in a circle." },
        { "to-folder", "That is a folder." },
        { "to-nowhere", "There is no folder '" },
    };

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void FindProblem_SaysWhatIsWrong_AndLeavesNothing(string name, string problem)
    {
        Directory.CreateDirectory(_folder.PathOf("folder"));
        File.WriteAllText(_folder.PathOf("file"), "old");
        Link("circle", "circle2");
        Link("circle2", "circle");
        Link("to-folder", "folder");
        Link("to-nowhere", "missing/file");
        string[] before = [.. _folder.FileNames.OfType<string>()];
        var target = FileTarget.At(name.Length == 0 ? "" : Path.Combine(_folder.FullPath, name));
        Assert.Contains(problem, target.FindProblem(), StringComparison.Ordinal);
        Assert.ThrowsAny<SystemException>(() => target.Write(stream => stream.WriteByte(1)));
        Assert.Equal(before, _folder.FileNames);
        Assert.Equal("old", File.ReadAllText(_folder.PathOf("file")));
    }

    /// <summary>Not even the super-user makes a file there.</summary>
    [Fact]
    public void FindProblem_OfAFolderThatCannotBeWrittenTo_SaysSo()
    {
        if (!Directory.Exists("/proc/self"))
            return;
        string problem = FileTarget.At("/proc/self/model.zip").FindProblem()!;
        Assert.EndsWith(" Give another path, or make it writable.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void FindProblem_OfAWritablePlace_IsNull_AndLeavesTheFileAsItIs()
    {
        string path = _folder.PathOf("file");
        Assert.Null(FileTarget.At(path).FindProblem());
        File.WriteAllText(path, "old");
        Assert.Null(FileTarget.At(path).FindProblem());
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["file"], _folder.FileNames);
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAndNothingElse()
    {
        string path = _folder.PathOf("model.zip");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidOperationException>(() => FileTarget.Write(path, stream =>
        {
            stream.Write("half"u8);
            Assert.Equal("old", File.ReadAllText(path));
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["model.zip"], _folder.FileNames);
    }

    [Fact]
    public void Write_ReplacesAnOlderFile_AndKeepsItsPermissions()
    {
        string path = _folder.PathOf("model.zip");
        File.WriteAllText(path, "an older and longer file");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Mode);
        FileTarget.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(Mode, File.GetUnixFileMode(path));
        Assert.Equal(["model.zip"], _folder.FileNames);
    }

    [Fact]
    public void Write_FollowsLinks_OfFilesAndFolders()
    {
        Directory.CreateDirectory(_folder.PathOf("real/deep"));
        File.WriteAllText(_folder.PathOf("real/file"), "old");
        Link("chain", "chain2");
        Link("chain2", _folder.PathOf("alias/../file"));
        // Its parent is real, not the test's folder, which the text of the path alone would say.
        Link("alias", "real/deep");
        Link("dangling", "real/new");
        foreach (string name in (string[])["chain", "alias/../file"])
        {
            FileTarget.Write(_folder.PathOf("chain"), stream => stream.Write("new"u8));
            Assert.Equal("new", File.ReadAllText(_folder.PathOf("real/file")));
            Assert.Equal(_folder.PathOf("real/file"), FileTarget.At(_folder.PathOf(name)).FullPath);
        }
        FileTarget.Write(_folder.PathOf("dangling"), stream => stream.Write("there"u8));
        Assert.Equal("there", File.ReadAllText(_folder.PathOf("real/new")));
        Assert.All(
            (string[])["chain", "chain2", "alias", "dangling"], name => Assert.NotNull(new FileInfo(_folder.PathOf(name)).LinkTarget));
        Assert.Equal(["alias", "chain", "chain2", "dangling", "real"], _folder.FileNames);
        Assert.Equal(["deep", "file", "new"], Directory.EnumerateFileSystemEntries(_folder.PathOf("real")).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_ToADevice_LeavesTheDevice()
    {
        if (!File.Exists("/dev/full"))
            return;
        Link("null", "/dev/null");
        foreach (string path in (string[])["/dev/null", _folder.PathOf("null")])
        {
            Assert.True(FileTarget.At(path).IsStream);
            Assert.Null(FileTarget.At(path).FindProblem());
            FileTarget.Write(path, stream => stream.Write("lost"u8));
        }
        Assert.ThrowsAny<IOException>(() => FileTarget.Write("/dev/full", stream => stream.Write(new byte[1 << 17])));
        Assert.True(SpecialFile.IsAt("/dev/null"));
        Assert.True(SpecialFile.IsAt("/dev/full"));
    }

    [Fact]
    public async Task Write_ToANamedPipe_IsReadAtItsOtherEnd()
    {
        string pipe = _folder.PathOf("pipe");
        if (OperatingSystem.IsWindows())
            return;
        using (var make = Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync();
        var target = FileTarget.At(pipe);
        Assert.True(target.IsStream);
        // Looking at it must not open it: the reader would take the end of that for the end of the file. Opening waits for the other end.
        Task<string> reader = Task.Run(() => File.ReadAllText(pipe));
        Assert.Null(target.FindProblem());
        await Task.Run(() => target.Write(stream => stream.Write("through the pipe"u8)));
        Assert.Equal("through the pipe", await reader);
        Assert.True(SpecialFile.IsAt(pipe));
        Assert.Equal(["pipe"], _folder.FileNames);
    }

    [Fact]
    public void StandardOutput_IsKnown_ByAllItsNames()
    {
        if (!File.Exists("/dev/stdout"))
            return;
        Link("out", "/dev/stdout");
        Assert.All((string[])["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", _folder.PathOf("out")], path =>
        {
            var target = FileTarget.At(path);
            Assert.Equal((true, true, null), (target.IsStandardOutput, target.IsStream, target.FindProblem()));
        });
        Assert.False(FileTarget.At("/dev/stderr").IsStandardOutput);
        Assert.False(FileTarget.At(_folder.PathOf("file")).IsStandardOutput);
    }

    /// <summary>The file of a process that was killed goes, that of one at work and those of others stay.</summary>
    [Fact]
    public void Write_TidiesUp_WhatAKilledProcessLeft()
    {
        string path = _folder.PathOf("model.zip");
        string[] others = ["model.zip.0123abcd.temporary.txt", "model.zip.0123ABCD.temporary", "model.zip.0123abc.temporary",
            "other.zip.0123abcd.temporary"];
        foreach (string name in others.Append("model.zip.0123abcd.temporary"))
            File.WriteAllText(_folder.PathOf(name), "");
        using (FileStream atWork = TemporaryFile.Create(path))
        {
            FileTarget.Write(path, stream => stream.Write("new"u8));
            Assert.True(File.Exists(atWork.Name));
        }
        Assert.Equal(others.Length + 2, _folder.FileNames.Count());
        FileTarget.Write(path, stream => stream.Write("newer"u8));
        Assert.Equal(others.Append("model.zip").Order(StringComparer.Ordinal), _folder.FileNames);
    }

    /// <summary>The last one wins, and none fails.</summary>
    [Fact]
    public void Write_FromManyThreads_LeavesOneWholeFile()
    {
        string path = _folder.PathOf("model.zip");
        byte[][] contents = [.. Enumerable.Range(1, 8).Select(value => Enumerable.Repeat((byte)value, 10_000 * value).ToArray())];
        Parallel.ForEach(contents, content =>
        {
            for (int time = 0; time < 10; time++)
                FileTarget.Write(path, stream => stream.Write(content));
        });
        Assert.Contains(File.ReadAllBytes(path), contents, ByContent);
        Assert.Equal(["model.zip"], _folder.FileNames);
    }

    public void Dispose() => _folder.Dispose();

    private static IEqualityComparer<byte[]> ByContent { get; } = EqualityComparer<byte[]>.Create(
        (one, other) => one!.AsSpan().SequenceEqual(other));

    private void Link(string name, string target) => File.CreateSymbolicLink(_folder.PathOf(name), target);
}
