using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Output;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAndNothingElse()
    {
        string path = _folder.PathOf("model.zip");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidOperationException>(() => OutputFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["model.zip"], _folder.FileNames);
    }

    [Fact]
    public void Write_WithoutRoom_IsTheUsersToKnow()
    {
        var exception = Assert.Throws<ToolException>(
            () => OutputFile.Write(_folder.PathOf("x"), _ => throw new IOException("No space left on device.")));
        Assert.Equal(ExitCode.Failed, exception.ExitCode);
        Assert.Contains("No space left on device.", exception.Message);
    }

    [Fact]
    public void Check_RefusesWhatCouldOnlyFailLater()
    {
        File.CreateSymbolicLink(_folder.PathOf("to-folder"), _folder.FullPath);
        File.CreateSymbolicLink(_folder.PathOf("to-nowhere"), "no/model.zip");
        AssertRefused("there is no folder", "no/model.zip");
        AssertRefused("there is no folder", "to-nowhere");
        AssertRefused("that is a folder", "");
        AssertRefused("that is a folder", "to-folder");
        AssertRefused("make it writable", new string('n', 250));
        Assert.Contains("--out : the name is empty.", Assert.Throws<ToolException>(() => OutputFile.Check("--out", "", [], [])).Message);
        OutputFile.Check("--out", null, [], []);
        OutputFile.Check("--out", "model.zip", [], []);
        OutputFile.Check("--out", "-", [], []);
        Assert.Equal(["to-folder", "to-nowhere"], _folder.FileNames);

        void AssertRefused(string problem, string name) =>
            Assert.Contains(problem, Assert.Throws<ToolException>(
                () => OutputFile.Check("--out", Path.Combine(_folder.FullPath, name), [], [])).Message);
    }

    /// <summary>By whatever name, whether the file is read or written for another option.</summary>
    [Fact]
    public void Check_RefusesTheSameFileTwice()
    {
        Directory.CreateDirectory(_folder.PathOf("folder"));
        File.WriteAllText(_folder.PathOf("data.csv"), "");
        File.CreateSymbolicLink(_folder.PathOf("link"), "folder/../data.csv");
        File.CreateSymbolicLink(_folder.PathOf("dangling"), "new.csv");
        AssertTaken("data.csv", "./data.csv");
        AssertTaken("data.csv", "link");
        AssertTaken("link", "data.csv");
        AssertTaken("new.csv", "dangling");
        AssertTaken("dangling", "new.csv");
        Assert.Contains("for another option", Assert.Throws<ToolException>(() => OutputFile.Check("--code", "-", [], ["-"])).Message);
        // Standard input and output are two, and a device takes what two options write.
        OutputFile.Check("--out", "-", ["-"], []);
        if (File.Exists("/dev/null"))
            OutputFile.Check("--out", "/dev/null", ["/dev/null"], ["/dev/null"]);

        void AssertTaken(string other, string name)
        {
            string path = Path.Combine(_folder.FullPath, name), otherPath = Path.Combine(_folder.FullPath, other);
            Assert.Contains("the command reads that file", Assert.Throws<ToolException>(
                () => OutputFile.Check("--out", path, [otherPath], [])).Message);
            Assert.Contains("the command reads that file", Assert.Throws<ToolException>(
                () => OutputFile.Check("--out", path, [], [null, otherPath])).Message);
        }
    }

    public void Dispose() => _folder.Dispose();
}
