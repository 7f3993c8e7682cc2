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
        Assert.Throws<InvalidOperationException>(() => OutputFile.Write(path, temporary =>
        {
            File.WriteAllText(temporary, "half");
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["model.zip"], _folder.FileNames);
    }

    [Fact]
    public void Write_ReplacesAnOlderFile()
    {
        string path = _folder.PathOf("model.zip");
        File.WriteAllText(path, "old");
        OutputFile.Write(path, temporary => File.WriteAllText(temporary, "new"));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["model.zip"], _folder.FileNames);
    }

    [Fact]
    public void Write_WithoutRoom_IsTheUsersToKnow()
    {
        var exception = Assert.Throws<ToolException>(() => OutputFile.Write(_folder.PathOf("x"), _ => throw new IOException("No space left on device.")));
        Assert.Equal(ExitCode.Failed, exception.ExitCode);
        Assert.Contains("No space left on device.", exception.Message);
    }

    [Fact]
    public void Check_RefusesFoldersAndPathsIntoNowhere()
    {
        Assert.Contains("there is no folder", Assert.Throws<ToolException>(() => OutputFile.Check("--out", _folder.PathOf("no/model.zip"))).Message);
        Assert.Contains("that is a folder", Assert.Throws<ToolException>(() => OutputFile.Check("--out", _folder.FullPath)).Message);
        Assert.Contains("the command reads that file", Assert.Throws<ToolException>(() => OutputFile.Check("--out", _folder.PathOf("data.csv"), _folder.PathOf("./data.csv"))).Message);
        OutputFile.Check("--out", null);
        OutputFile.Check("--out", "model.zip");
    }

    public void Dispose() => _folder.Dispose();
}
