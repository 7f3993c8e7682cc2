namespace Mlp.Pages.Tests.Pages;

/// <summary>In the tables for users of other libraries, every name in the columns of this project is one of its public names.</summary>
public class NameTests
{
    private static readonly string[] OwnColumns = ["Mlp.MLNet", "Mlp"];

    [Theory]
    [InlineData("docs/from-scikit-learn.md", 40)]
    [InlineData("docs/from-keras-and-pytorch.md", 40)]
    [InlineData("docs/from-mlnet-trainers.md", 15)]
    public void NamesOfThisProject_Exist(string path, int leastCount)
    {
        string[] names =
            [.. MarkdownPage.Of(path).Tables.SelectMany(OwnCells).SelectMany(cell => cell.Split('`').Where((_, index) => index % 2 == 1))];
        Assert.True(names.Length >= leastCount, $"Only {names.Length} names were found in the tables of {path}.");
        Assert.All(names, name => Assert.True(NameTables.Exists(name), $"{path} names {name}, which is no public name."));
    }

    [Theory]
    [InlineData("Adam.Beta1", true)]
    [InlineData("Adam.Beta3", false)]
    [InlineData("new Lbfgs()", true)]
    [InlineData("Loss.Huber(1.5)", true)]
    [InlineData("HiddenLayerSizes", true)]
    [InlineData("ml.Regression.Trainers.Mlp", true)]
    [InlineData("ml.Regression.Trainers.Sdca", false)]
    [InlineData("Nothing", false)]
    public void WrongNames_AreFound(string name, bool exists) => Assert.Equal(exists, NameTables.Exists(name));

    /// <summary>What a diff adds is in the code that runs.</summary>
    [Fact]
    public void LinesThatDiffsAdd_AreInTheCodeBelow()
    {
        foreach (MarkdownPage page in MarkdownPage.All)
        {
            string code = string.Join('\n', page.Blocks.Where(block => block.Language == "csharp").Select(block => block.Text));
            foreach (string line in page.Blocks.Where(block => block.Language == "diff").SelectMany(block => block.Text.Split('\n'))
                .Where(line => line.StartsWith('+')))
                Assert.Contains(line[1..].Trim(), code);
        }
    }

    private static IEnumerable<string> OwnCells(IReadOnlyList<string[]> table) =>
        table[0].Index().Where(column => OwnColumns.Contains(column.Item))
        .SelectMany(column => table.Skip(1).Select(row => row[column.Index]));
}
