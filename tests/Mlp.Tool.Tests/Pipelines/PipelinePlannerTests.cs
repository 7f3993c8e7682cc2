using Mlp.Tables;
using Mlp.TestSupport;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Tests.Pipelines;

public sealed class PipelinePlannerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void NumberedColumns_AreAVector_FromTenOn()
    {
        PipelinePlan plan = Plan([.. Enumerable.Range(0, 10).Select(index => $"px{index}"), "a1", "a2", "other"]);
        Assert.Equal(["px", "a1", "a2", "other", "y"], plan.Inputs.Select(input => input.Name));
        Assert.Equal(10, plan.Inputs[0].Fields.Count);
    }

    [Fact]
    public void NamesThatMLNetUses_AreKeptApart()
    {
        PipelinePlan plan = Plan(["Features", "Score", "PredictedLabel"]);
        Assert.Equal(["Features_2", "Score_2", "PredictedLabel_2", "y"], plan.Inputs.Select(input => input.Name));
        Assert.Equal(["Features"], plan.Inputs[0].Fields);
    }

    [Fact]
    public void Pictures_AreDividedByTheirLargestValue_OtherNumbersAreLeftToTheTrainer()
    {
        PipelinePlan pictures = Plan(
            [.. Enumerable.Range(0, 64).Select(index => $"px{index}")], (row, column) => $"{(row * 7 + column * 3) % 17}");
        Assert.Single(pictures.Steps.OfType<PipelineStep.DivideByLargest>());
        PipelinePlan numbers = Plan([.. Enumerable.Range(0, 64).Select(index => $"px{index}")]);
        Assert.Empty(numbers.Steps.OfType<PipelineStep.DivideByLargest>());
    }

    [Fact]
    public void MissingNumbers_AreLeftToTheTrainer()
    {
        PipelinePlan plan = Plan(["a", "b"], (row, column) => column == 0 && row % 5 == 0 ? "" : $"{row % 7}.5");
        Assert.Equal(
            [typeof(PipelineStep.Concatenate), typeof(PipelineStep.MapLabel), typeof(PipelineStep.TrainNetwork)],
            plan.Steps.Select(step => step.GetType()));
        Assert.Equal(["a", "b"], plan.Steps.OfType<PipelineStep.Concatenate>().Single().Columns);
    }

    [Fact]
    public void Texts_AreFeaturized_AndIdentifiersLeftOut()
    {
        PipelinePlan plan = Plan(["text", "tail", "id", "n"], (row, column) => column switch
        {
            0 => $"{row} words of a text",
            1 => $"N{row % 40}",
            2 => $"row{row}",
            _ => $"{row % 7}.5",
        });
        Assert.Equal(
            [InputKind.Text, InputKind.Category, InputKind.Number, InputKind.Label], plan.Inputs.Select(input => input.Kind));
        Assert.Equal(["tail"], plan.Steps.OfType<PipelineStep.OneHot>().Single().Columns);
        Assert.Equal("text", plan.Steps.OfType<PipelineStep.Featurize>().Single().Column);
        Assert.Equal(["n", "tail", "text"], plan.Steps.OfType<PipelineStep.Concatenate>().Single().Columns);
    }

    public void Dispose() => _folder.Dispose();

    private PipelinePlan Plan(string[] columns, Func<int, int, string>? value = null)
    {
        value ??= (row, column) => $"{(row * 5 + column * 3) % 13}.25";
        string path = _folder.PathOf("data.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 60)
            .Select(row => string.Join(",", columns.Select((_, column) => value(row, column)).Append(row % 3 == 0 ? "yes" : "no")))
            .Prepend(string.Join(",", columns.Append("y"))));
        TableDescription table = TableFile.Inspect(path, new TableOptions { Label = "y" });
        return PipelinePlanner.Create(table, new SplitPlan { TestFraction = 0.25, Seed = 1 },
            new TrainerPlan { Task = TableTask.Binary, LabelColumn = "", Seed = 1 });
    }
}
