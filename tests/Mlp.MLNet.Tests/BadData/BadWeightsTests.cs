namespace Mlp.MLNet.Tests.BadData;

/// <summary>Example weights of every kind, for every task.</summary>
public class BadWeightsTests
{
    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void RowsOfWeightZero_AreNotThere(string task)
    {
        // What differs between both tables has no weight. Scaling looks at all rows, so it is left out.
        var table = new Table();
        var other = new Table();
        foreach (int row in (int[])[3, 9, 20])
        {
            (table.Weight[row], other.Weight[row]) = (0, 0);
            (other.Flag[row], other.Number[row], other.Class[row]) = (!other.Flag[row], 6, 1);
            other.Features[row] = other.Features[0];
        }
        MlpOptions options = Weighted(task);
        options.NormalizeFeatures = false;
        if (options is MlpRegressionTrainer.Options regression)
            regression.NormalizeLabel = false;
        Assert.Equal(Moons.Bits(EveryTask.Fit(options, table.View()).Model), Moons.Bits(EveryTask.Fit(options, other.View()).Model));
        EveryTask.AssertTrains(Weighted(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void WeightsThatAreAllZero_AreRefused(string task)
    {
        var table = new Table();
        Array.Fill(table.Weight, 0);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Example weight column 'Weight' is 0 in all 30 rows; at least one row needs a positive weight. Correct the weights, or leave ExampleWeightColumnName at null.",
            Weighted(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void WrongWeights_AreCounted(string task)
    {
        var table = new Table();
        (table.Weight[6], table.Weight[7], table.Weight[8], table.Weight[9]) = (-1, float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Example weight column 'Weight' is negative, NaN or infinite in 4 of 30 rows, first in row 7 (-1). Correct these weights before Fit; a row of weight 0 is left out.",
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
    public void HeldOutRowsThatAllWeighZero_AreRefused(string task)
    {
        // One row counts. It is either held out, or it is not: one of both parts weighs nothing.
        var table = new Table();
        Array.Fill(table.Weight, 0);
        table.Weight[0] = 1;
        MlpOptions options = Weighted(task);
        options.EarlyStopping = new EarlyStopping();
        options.EpochCallback = _ => Assert.Fail("Training has begun.");
        var exception = Assert.Throws<InvalidOperationException>(() => EveryTask.Fit(options, table.View()));
        Assert.Matches(
            "^All (3 validation|27 training) rows weigh 0, by their example weights or those of their classes; at least one row needs a positive weight. Correct the weights, or give Fit validation data of its own.$",
            exception.Message);
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
            "All 30 training rows weigh 0, by their example weights or those of their classes; at least one row needs a positive weight. Correct the weights, or give Fit validation data of its own.",
            options, table.View());
    }

    [Fact]
    public void ClassWeightsThatSingleCannotHold_AreRefused()
    {
        var options = (MlpMulticlassTrainer.Options)EveryTask.Options("multiclass");
        options.ClassWeights = ClassWeights.Of(1, 1e300, 1);
        EveryTask.AssertRefused<ArgumentException>(
            "The weight of row 1 is 1E+300 for class 1 times 1, which Single cannot hold. Give smaller class weights.", options, new Table().View());
    }

    private static MlpOptions Weighted(string task)
    {
        MlpOptions options = EveryTask.Options(task);
        options.ExampleWeightColumnName = "Weight";
        return options;
    }
}
