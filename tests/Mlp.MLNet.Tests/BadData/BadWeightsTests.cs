namespace Mlp.MLNet.Tests.BadData;

/// <summary>Example weights of every kind, for every task.</summary>
public class BadWeightsTests
{
    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void WeightsThatAreAllZero_AreRefused(string task)
    {
        var table = new Table();
        Array.Fill(table.Weight, 0);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Example weight column 'Weight' is 0 in all 30 rows; at least one row needs a positive weight. Correct the weights, or leave "
                + "ExampleWeightColumnName at null.",
            Weighted(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void WrongWeights_AreCounted(string task)
    {
        var table = new Table();
        (table.Weight[6], table.Weight[7], table.Weight[8], table.Weight[9]) =
            (-1, float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Example weight column 'Weight' is negative, NaN or infinite in 4 of 30 rows, first in row 7 (-1). Correct these weights "
                + "before Fit; a row of weight 0 is left out.",
            Weighted(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void WeightsOfAnySize_AreTaken(string task)
    {
        var table = new Table();
        for (int row = 0; row < 30; row++)
            table.Weight[row] = (row % 3) switch { 0 => float.MaxValue, 1 => 1, _ => float.Epsilon };
        EveryTask.AssertTrains(Weighted(task), table.View());
        Array.Fill(table.Weight, float.Epsilon);
        EveryTask.AssertTrains(Weighted(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void HeldOutRows_AreSomeOfThoseThatWeigh(string task)
    {
        // 6 of 30 rows count, one of which is held out: by all rows, a held-out part would mostly weigh nothing.
        var table = new Table();
        for (int row = 0; row < 30; row++)
            table.Weight[row] = row < 6 ? 1 : 0;
        MlpOptions options = Weighted(task);
        options.EarlyStopping = new EarlyStopping();
        (_, MlpModelParameters model) = EveryTask.Fit(options, table.View());
        Assert.All(model.History, report => Assert.True(double.IsFinite(report.ValidationLoss!.Value)));
    }

    [Fact]
    public void ValidationRowsThatAllWeighZero_AreRefused()
    {
        Table table = new(), validation = new();
        Array.Fill(validation.Weight, 0);
        EveryTask.AssertRefused<InvalidOperationException>(
            "In the validation data: Example weight column 'Weight' is 0 in all 30 rows; at least one row needs a positive weight. "
                + "Correct the weights, or leave ExampleWeightColumnName at null.",
            Weighted("regression"), table.View(), validation.View());
    }

    [Fact]
    public void ClassWeightsThatLeaveNothing_AreRefused()
    {
        var table = new Table();
        for (int row = 0; row < 30; row++)
            table.Weight[row] = table.Flag[row] ? 0 : 1;
        var options = (MlpBinaryTrainer.Options)Weighted("binary");
        options.ClassWeights = ClassWeights.Of(0, 1);
        EveryTask.AssertRefused<InvalidOperationException>(
            "The weight of the class or example weight column 'Weight' is 0 in all 30 rows; at least one row needs a positive weight. "
                + "Correct ClassWeights, or check how the rows were filtered and split.",
            options, table.View());
    }

    [Fact]
    public void ClassWeightsThatSingleCannotHold_AreRefused()
    {
        var options = (MlpMulticlassTrainer.Options)EveryTask.Options("multiclass");
        options.ClassWeights = ClassWeights.Of(1, 1e300, 1);
        EveryTask.AssertRefused<ArgumentException>(
            "The weight of row 1 is 1E+300 for class 1 times 1, which Single cannot hold. Give smaller class weights.", options,
            new Table().View());
    }

    private static MlpOptions Weighted(string task)
    {
        MlpOptions options = EveryTask.Options(task);
        options.ExampleWeightColumnName = "Weight";
        return options;
    }
}
