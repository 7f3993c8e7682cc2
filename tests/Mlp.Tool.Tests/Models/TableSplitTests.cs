using Microsoft.ML.Data;
using Mlp.Tables;
using Mlp.TestSupport;
using Mlp.Tool.Models;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Tests.Models;

public sealed class TableSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void EveryClass_GivesTheSamePart_AndARowIsInOnePart()
    {
        TableSplit split = Split("x,y\n" + Rows(100, row => row % 10 == 0 ? "rare" : row % 2 == 0 ? "even" : "odd"), 0.2, seed: 1);
        Assert.Equal([8L, 32, 40], split.TrainLabels.Counts!.Order());
        Assert.Equal([2L, 8, 10], split.TestLabels.Summary.Counts!.Order());
        float[] train = [.. split.Train.GetColumn<float>("x")], test = [.. split.Test.GetColumn<float>("x")];
        Assert.Equal(Enumerable.Range(0, 100).Select(row => row + 0.5f), train.Concat(test).Order());
        Assert.Equal(train.Order(), train);
        Assert.Equal(20, split.Test.GetRowCount());
    }

    [Fact]
    public void TheSeed_DecidesWhichRows()
    {
        string text = "x,y\n" + Rows(60, row => row % 2 == 0 ? "a" : "b");
        float[] first = [.. Split(text, 0.25, seed: 1).Test.GetColumn<float>("x")];
        Assert.Equal(first, Split(text, 0.25, seed: 1).Test.GetColumn<float>("x"));
        Assert.NotEqual(first, Split(text, 0.25, seed: 2).Test.GetColumn<float>("x"));
    }

    [Fact]
    public void AClassOfOneRow_Trains()
    {
        TableSplit split = Split("x,y\n" + Rows(41, row => row == 40 ? "single" : row % 2 == 0 ? "a" : "b"), 0.9, seed: 1);
        Assert.Equal([1L, 2, 2], split.TrainLabels.Counts!.Order());
    }

    public void Dispose() => _folder.Dispose();

    private static string Rows(int count, Func<int, string> label) =>
        string.Concat(Enumerable.Range(0, count).Select(row => $"{row}.5,{label(row)}\n"));

    private TableSplit Split(string text, double fraction, int seed)
    {
        string path = _folder.PathOf("data.csv");
        File.WriteAllText(path, text);
        TableDescription table = TableFile.Inspect(
            path, new TableOptions { Label = "y", Kinds = new Dictionary<string, ColumnKind> { ["x"] = ColumnKind.Number } });
        PipelinePlan plan = PipelinePlanner.Create(
            table, new SplitPlan { TestFraction = fraction, Seed = seed },
            new TrainerPlan { Task = TableTask.Binary, LabelColumn = "", Seed = seed });
        return TableSplit.Create(
            TableFile.Load(table, [.. plan.Inputs.Select(input => input.ToTableColumn())]), plan, CancellationToken.None);
    }
}
