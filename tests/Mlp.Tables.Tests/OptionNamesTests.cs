namespace Mlp.Tables.Tests;

/// <summary>Messages of the library speak of its own options, and of the command line's only where the command asks for it.</summary>
public sealed class OptionNamesTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_SpeaksOfProperties()
    {
        string path = _folder.Write("id,c,x,split,y\n" + string.Concat(Enumerable.Range(0, 30).Select(row =>
            $"user{row},7,{row * 37 % 101}.5,{(row % 3 == 0 ? "test" : "train")},{row % 2}\n")));

        var table = TableFile.Inspect(path, new TableOptions { Label = "y" });

        string[] said = [.. table.Columns.Select(column => column.Reason), .. table.Warnings.Select(warning => warning.Message),
            table.Label!.TaskReason];
        Assert.All(said, text => Assert.DoesNotContain("--", text));
        Assert.Contains("Every row has '7'.", said);
        Assert.Contains(said, text => text.Contains("SplitColumn split uses it", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("Label names it", StringComparison.Ordinal));
        Assert.Contains("which Label names", Fail(new TableOptions { Label = "q" }));
        Assert.Contains("both Label and Kinds (Number) name it",
            Fail(new TableOptions { Label = "y", Kinds = TableFolder.Kinds(("y", ColumnKind.Number)) }));
        Assert.Contains("Task = Binary needs two classes", Fail(new TableOptions { Label = "c", Task = TableTask.Binary }, path: Three()));

        string Fail(TableOptions options, string? path = null) =>
            Assert.Throws<TableException>(() => TableFile.Inspect(path ?? table.Path, options)).Message;

        string Three() => _folder.Write("x,c\n" + string.Concat(Enumerable.Range(0, 30).Select(row => $"{row}.5,{row % 3}\n")),
            "three.csv");
    }
}
