using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>Features that are hard or impossible to learn from, for every task.</summary>
public class BadFeaturesTests
{
    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    public static IEnumerable<object[]> NotFinite =>
        from task in EveryTask.Names
        from value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }
        select new object[] { task, value };

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void FeaturesThatAreNotFinite_AreCounted(string task, float value)
    {
        var table = new Table();
        table.SetFeature(row: 4, slot: 2, value);
        table.SetFeature(row: 7, slot: 0, value);
        string found = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        MlpOptions options = EveryTask.Options(task);
        if (float.IsNaN(value))
            EveryTask.AssertTrains(options, table.View());
        else
        {
            EveryTask.AssertRefused<InvalidOperationException>(
                $"Feature column 'Features' is infinite in 2 of 30 rows, first in row 5 (slot 2 is {found}). Correct or filter these rows "
                    + "before Fit.",
                options, table.View());
        }
        options.MissingValues = MissingValues.Refuse;
        EveryTask.AssertRefused<InvalidOperationException>(
            $"Feature column 'Features' is NaN or infinite in 2 of 30 rows, first in row 5 (slot 2 is {found}). Replace missing values "
                + "(ReplaceMissingValues) or filter these rows before Fit.",
            options, table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void ColumnOfMissingValuesAlone_IsLearntFrom(string task)
    {
        var table = new Table();
        table.SetColumn(1, _ => float.NaN);
        EveryTask.AssertTrains(EveryTask.Options(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void RowsOfMissingValuesAlone_AreLearntFrom(string task)
    {
        var table = new Table();
        for (int slot = 0; slot < 3; slot++)
            table.SetColumn(slot, row => row % 5 == 0 ? float.NaN : row * (slot + 1));
        EveryTask.AssertTrains(EveryTask.Options(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void ColumnsOfExtremeSize_AreLearntFrom(string task)
    {
        var table = new Table(featureCount: 5);
        // The range of the second is more than a Single can hold, and its mean lies far from the middle.
        table.SetColumn(0, row => row * 1e37f);
        table.SetColumn(1, row => row == 3 ? float.MinValue : float.MaxValue);
        table.SetColumn(2, row => row * 1e-40f);
        table.SetColumn(3, row => row % 2 == 0 ? float.Epsilon : 1e30f);
        table.SetColumn(4, row => 1e30f);
        EveryTask.AssertTrains(EveryTask.Options(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void ConstantColumns_AreLeftOut(string task)
    {
        var table = new Table();
        for (int slot = 0; slot < 3; slot++)
            table.SetColumn(slot, _ => 0.1f);
        EveryTask.AssertTrains(EveryTask.Options(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void OneFeature_IsEnough(string task) => EveryTask.AssertTrains(EveryTask.Options(task), new Table(featureCount: 1).View());

    [Theory]
    [MemberData(nameof(Tasks))]
    public void HundredThousandFeatures_AreLearntFrom(string task)
    {
        var table = new Table(rowCount: 8, featureCount: 100_000);
        for (int row = 0; row < 8; row++)
            table.Features[row] = new VBuffer<float>(100_000, 2, [1, 2], [row, 99_999]);
        EveryTask.AssertTrains(EveryTask.Options(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void DuplicateRows_WithLabelsThatContradictEachOther_AreLearntFrom(string task)
    {
        var table = new Table();
        for (int row = 0; row < 30; row++)
            table.Features[row] = table.Features[0];
        EveryTask.AssertTrains(EveryTask.Options(task), table.View());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void NoRows_AreRefused(string task) => EveryTask.AssertRefused<InvalidOperationException>(
        "The training data has no rows. Check how the rows were filtered and split, and the file they come from.", EveryTask.Options(task),
        new Table(rowCount: 0).View());

    [Theory]
    [InlineData("binary", "Label column 'Flag' is false in the only row; a binary classifier needs both classes. Check how the rows were "
        + "filtered and split.")]
    [InlineData("multiclass", "Label column 'Class' is key value 1 in the only row; a classifier needs rows of at least two classes. "
        + "Check how the rows were filtered and split.")]
    [InlineData("regression", null)]
    [InlineData("several targets", null)]
    [InlineData("multi-label", null)]
    public void OneRow_IsEnough_WhereThereAreNoClassesToTellApart(string task, string? message)
    {
        TableView rows = new Table(rowCount: 1).View();
        if (message is null)
            EveryTask.AssertTrains(EveryTask.Options(task), rows);
        else
            EveryTask.AssertRefused<InvalidOperationException>(message, EveryTask.Options(task), rows);
    }

    [Theory]
    [InlineData("regression")]
    [InlineData("several targets")]
    public void WithoutScaling_HugeFeatures_EndTheTraining(string task)
    {
        var table = new Table();
        table.SetColumn(1, row => row * 1e37f);
        MlpOptions options = EveryTask.Options(task);
        options.NormalizeFeatures = false;
        var exception = Assert.Throws<TrainingDivergedException>(() => EveryTask.Fit(options, table.View()));
        Assert.Equal((1, 0.001), (exception.Epoch, exception.LearningRate));
        Assert.EndsWith("to 2.9E+38. Normalize the features or lower LearningRate.", exception.Message);
    }
}
