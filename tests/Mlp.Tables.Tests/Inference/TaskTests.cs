using Mlp.Tables.Reading;

namespace Mlp.Tables.Tests.Inference;

public sealed class TaskTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, int[]> Labels => new()
    {
        { "Binary", "0 1", [30, 20] },
        { "Binary", "no yes", [30, 20] },
        { "Binary", "1.5 2.5", [30, 20] },
        { "Multiclass", "a b c", [30, 20, 10] },
        { "Multiclass", "0 1 2", [30, 20, 10] },
        { "Multiclass", "0 1 2 3 4 5 6 7 8 9", [10, 10, 10, 10, 10, 10, 10, 10, 10, 10] },
        { "Multiclass", "1 2 3 5 6 7", [70, 76, 17, 13, 9, 29] },
        { "Regression", "3 4 5 6 7 8 9", [30, 216, 2138, 2836, 1079, 193, 5] },
        { "Regression", "1.5 2 3", [30, 20, 10] },
        { "Regression", "1 2 3 4 5 6 7 8 9 10 11 12", [1, 3, 4, 6, 7, 8, 6, 5, 4, 3, 2, 1] },
        { "Regression", "10 20 30 40 50", [1, 1, 1, 2, 10] },
    };

    [Theory]
    [InlineData(null)]
    [InlineData(TableTask.Multiclass)]
    [InlineData(TableTask.Regression)]
    public void Inspect_DateAsLabel_IsRefusedAsOne(TableTask? task)
    {
        string text = "n,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i * 7 % 11}.5,2020-0{1 + i / 20}-{10 + i % 20}\n"));

        Assert.Contains(
            "line 2, column 'y': the label has dates such as 2020-01-10, and a date cannot be predicted. Write a number in its place",
            _folder.Fail(text, new TableOptions { Label = "y", Task = task }).Message);
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void Inspect_FindsTheTask(string task, string values, int[] counts)
    {
        var label = Inspect(values, counts).Label!;

        Assert.Equal(task, label.Task.ToString());
        Assert.EndsWith(".", label.TaskReason);
        if (label.Task == TableTask.Regression)
            Assert.Empty(label.Classes);
        else
            Assert.Equal(values.Split(' ').Zip(counts, (value, count) => new LabelClass(value, count)), label.Classes);
    }

    [Theory]
    [InlineData("0 1", "1")]
    [InlineData("no yes", "yes")]
    [InlineData("yes other", "yes")]
    [InlineData("True False", "True")]
    [InlineData("bad good", "good")]
    [InlineData("-1 1", "1")]
    [InlineData("1 2", "2")]
    [InlineData("9 10", "10")]
    public void Inspect_FindsThePositiveClass(string values, string positive)
    {
        var label = Inspect(values, [10, 10]).Label!;

        Assert.Equal(positive, label.PositiveClass!.Value);
    }

    [Fact]
    public void Inspect_PositiveClassFromTheOptions_Wins()
    {
        string text = "x,y\n" + string.Concat(
            Enumerable.Range(0, 20).Select(row => $"{row * 37 % 101}.5,{(row % 2 == 0 ? "no" : "yes")}\n"));

        Assert.Equal("no", _folder.Inspect(text, new TableOptions { Label = "y", PositiveClass = "no" }).Label!.PositiveClass!.Value);
        Assert.Contains("column 'y': --positive 1 is none of the label's classes, which are no and yes", Fail("1", task: null));
        Assert.Contains("column 'y': --positive yes says which of two classes counts, but the task is multiclass",
            Fail("yes", TableTask.Multiclass));

        string Fail(string positive, TableTask? task) =>
            _folder.Fail(text, new TableOptions { Label = "y", PositiveClass = positive, Task = task }).Message;
    }

    [Fact]
    public void Inspect_ManyWholeNumbers_AreQuantities()
    {
        string values = string.Join(' ', Enumerable.Range(0, 60));

        Assert.Equal(TableTask.Regression, Inspect(values, [.. Enumerable.Repeat(20, 60)]).Label!.Task);
        Assert.Equal(60, Inspect(values, [.. Enumerable.Repeat(20, 60)], TableTask.Multiclass).Label!.Classes.Count);
    }

    [Fact]
    public void Inspect_TaskFromTheOptions_Wins()
    {
        Assert.Equal(TableTask.Regression, Inspect("0 1 2", [10, 10, 10], TableTask.Regression).Label!.Task);
        Assert.Equal(TableTask.Regression, Inspect("0 1", [10, 10], TableTask.Regression).Label!.Task);
        Assert.Equal(TableTask.Multiclass, Inspect("0 1", [10, 10], TableTask.Multiclass).Label!.Task);
        Assert.Equal(TableTask.Multiclass, Inspect("0.5 1.5 2.5", [10, 10, 10], TableTask.Multiclass).Label!.Task);
    }

    [Fact]
    public void Inspect_TaskThatCannotBe_SaysWhy()
    {
        Assert.Contains("--task binary needs two classes, but the label has 3 values: a, b, c", Fail("a b c", [5, 5, 5], TableTask.Binary));
        Assert.Contains("line 2, column 'y': 'a' is no number, but regression predicts numbers",
            Fail("a b c", [5, 5, 5], TableTask.Regression));
        string many = string.Join(' ', Enumerable.Range(0, TableLimits.Classes + 1).Select(i => $"c{i}"));
        Assert.Contains("more than 1,000 different values", Fail(many, [.. Enumerable.Repeat(2, TableLimits.Classes + 1)], null));
        Assert.Contains("beyond the range of a Single", Fail("1e39 1.5 2", [5, 5, 5], TableTask.Regression));

        string Fail(string values, int[] counts, TableTask? task) =>
            Assert.Throws<TableException>(() => Inspect(values, counts, task)).Message;
    }

    [Theory]
    [InlineData("0 1 -", "Binary", 10)]
    [InlineData("no yes none", "Multiclass", 0)]
    [InlineData("no yes NA", "Binary", 10)]
    public void Inspect_MissingLabels_DependOnTheOthers(string values, string task, int missing)
    {
        var label = Inspect(values, [10, 10, 10]).Label!;

        Assert.Equal((task, missing), (label.Task.ToString(), (int)label.MissingCount));
        Assert.Equal(missing, label.MissingLines.Count);
    }

    [Fact]
    public void Inspect_SplitColumn_IsDescribed()
    {
        string text = "x,y,fold\n" + string.Concat(
            Enumerable.Range(0, 30).Select(i => $"{i}.5,{i % 2},{(i % 3 == 0 ? "Test" : "Train")}\n"));

        var table = _folder.Inspect(text, new TableOptions { Label = "y", SplitColumn = "fold" });

        Assert.Equal(ColumnKind.Split, table.Columns[2].Kind);
        Assert.Equal(("Train", "Test", 20L, 10L),
            (table.Split!.TrainValue, table.Split.TestValue, table.Split.TrainCount, table.Split.TestCount));
        Assert.Null(table.SplitCandidate);
        Assert.Null(_folder.Inspect(text, new TableOptions { Label = "y" }).SplitCandidate);
        var candidate = _folder.Inspect(text.Replace("fold", "Split"), new TableOptions { Label = "y" });
        Assert.Equal("Split", candidate.SplitCandidate!.Column.Name);
        Assert.Contains(candidate.Warnings, warning => warning.Code == "split-column");

        Assert.Contains("must have the values train and test, but has 0, 1", Fail(text, "y"));
        Assert.Contains("line 3, column 'fold': the split column has no value", Fail(text.Replace("1.5,1,Train", "1.5,1,"), "fold"));

        string Fail(string table, string column) =>
            _folder.Fail(table, new TableOptions { Label = column == "y" ? "x" : "y", SplitColumn = column }).Message;
    }

    /// <summary>A table whose label has each value as often as said.</summary>
    private TableDescription Inspect(string values, int[] counts, TableTask? task = null)
    {
        var labels = values.Split(' ').Zip(counts, Enumerable.Repeat).SelectMany(labels => labels).ToList();
        string text = "x,y\n" + string.Concat(labels.Select((label, row) => $"{row * 37 % 101}.5,{label}\n"));
        return _folder.Inspect(text, new TableOptions { Label = "y", Task = task });
    }
}
