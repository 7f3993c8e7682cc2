using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary><c>mlp train --row-store</c>.</summary>
public sealed class RowStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RowsOnDisk_MakeAModel_AndAreRemoved()
    {
        string data = Write("data.csv", ExampleTables.Buyers()), rows = Directory.CreateDirectory(_folder.PathOf("rows")).FullName;
        string[] options = [data, "--label", "buys?", "--networks", "3", "--epochs", "3", "--row-store", "disk", "--row-folder", rows];
        string[] fingerprints = [.. new[] { "1", "3" }.Select(threads =>
        {
            JsonElement trained = ToolRun.Json(
                ["train", .. options, "--threads", threads, "--out", _folder.PathOf("m.zip"), "--code", _folder.PathOf("Program.cs")]);
            Assert.Equal("binary", trained.GetProperty("table").GetProperty("label").GetProperty("task").GetString());
            return ToolRun.Json("inspect", _folder.PathOf("m.zip")).GetProperty("fingerprint").GetString()!;
        })];

        Assert.Single(fingerprints.Distinct());
        Assert.Empty(Directory.GetFileSystemEntries(rows));
        Assert.Contains(
            $"RowStore = RowStore.Disk with {{ Directory = \"{rows}\" }},", File.ReadAllText(_folder.PathOf("Program.cs")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void FolderThatIsNotThere_IsRefused()
    {
        string data = Write("data.csv", ExampleTables.Buyers()), folder = _folder.PathOf("none");
        Assert.Equal(
            $"mlp: --row-folder {folder}: there is no such folder. Make it, or name one that exists.",
            ToolRun.Fails(ExitCode.Usage, ["train", data, "--label", "buys?", "--row-folder", folder]));
    }

    [Fact]
    public void ReplayFromDisk_IsRefused_InTheWordsOfTheCommand()
    {
        string data = Write("data.csv", ExampleTables.Prices());
        string message = ToolRun.Fails(
            ExitCode.Usage, ["train", data, "--label", "price", "--row-store", "disk", "--replay", "100"]);
        Assert.StartsWith("mlp: --row-store is Disk, and ReplayRowCount is set", message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.PathOf(name), text);
        return _folder.PathOf(name);
    }
}
