using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>Labels that are missing, wrong, all alike, rare, or of extreme size.</summary>
public class BadLabelsTests
{
    [Theory]
    [InlineData("binary", "BinaryNumber", float.NaN, "is NaN", "Map them to 0 and 1, for example with Conversion.MapValue, or filter "
        + "these rows before Fit.")]
    [InlineData("binary", "BinaryNumber", float.PositiveInfinity, "is neither 0 nor 1, nor -1", "Map them to 0 and 1, for example with "
        + "Conversion.MapValue, or filter these rows before Fit.")]
    [InlineData("binary", "BinaryNumber", 1e-40f, "is neither 0 nor 1, nor -1", "Map them to 0 and 1, for example with "
        + "Conversion.MapValue, or filter these rows before Fit.")]
    [InlineData("regression", "Number", float.NaN, "is NaN", "Filter or replace missing labels before Fit.")]
    [InlineData("regression", "Number", float.NegativeInfinity, "is infinite", "Filter or replace missing labels before Fit.")]
    [InlineData("several targets", "Numbers", float.NaN, "is NaN", "Filter or replace missing labels before Fit.")]
    public void NumbersThatAreNoLabels_AreCounted(string task, string column, float value, string problem, string advice)
    {
        var table = new Table();
        table.BinaryNumber[6] = table.Number[6] = value;
        table.Numbers[6] = new VBuffer<float>(2, [1, value]);
        MlpOptions options = EveryTask.Options(task);
        options.LabelColumnName = column;
        EveryTask.AssertRefused<InvalidOperationException>(
            $"Label column '{column}' {problem} in 1 of 30 rows, first in row 7. {advice}", options, table.View());
    }

    [Theory]
    [InlineData("binary", "BinaryKey", 0)]
    [InlineData("binary", "BinaryKey", 3)]
    [InlineData("binary", "BinaryKey", uint.MaxValue)]
    [InlineData("multiclass", "Class", 0)]
    [InlineData("multiclass", "Class", 4)]
    [InlineData("multiclass", "Class", uint.MaxValue)]
    public void KeysOutOfRange_AreMissing(string task, string column, uint key)
    {
        var table = new Table();
        table.BinaryKey[6] = table.Class[6] = key;
        MlpOptions options = EveryTask.Options(task);
        options.LabelColumnName = column;
        EveryTask.AssertRefused<InvalidOperationException>(
            $"Label column '{column}' is missing, or not among the values of its key, in 1 of 30 rows, first in row 7. Fit MapValueToKey "
                + "on rows that have every class, or filter these rows before Fit.", options, table.View());
    }

    [Fact]
    public void MinusOne_IsTheNegativeClass()
    {
        var table = new Table();
        MlpOptions options = EveryTask.Options("binary");
        options.LabelColumnName = "BinaryNumber";
        float[] expected = EveryTask.Scores(EveryTask.Fit(options, table.View()).Transformer.Transform(table.View()));
        for (int row = 0; row < table.BinaryNumber.Length; row++)
            table.BinaryNumber[row] = 2 * table.BinaryNumber[row] - 1;
        Assert.Equal(expected, EveryTask.Scores(EveryTask.Fit(options, table.View()).Transformer.Transform(table.View())));
        // The validation data may call it either way.
        EveryTask.AssertTrains(options, table.View(), new Table().View());

        // One column must not do both: row 2 is the first positive one, row 3 the first 0 after a -1.
        table.BinaryNumber[2] = 0;
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'BinaryNumber' mixes 0 and -1 in 14 of 30 rows, first in row 3. Map them to 0 and 1, for example with "
                + "Conversion.MapValue, or filter these rows before Fit.",
            options, table.View());
        Array.Fill(table.BinaryNumber, -1);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'BinaryNumber' is 0 or -1 in all 30 rows; a binary classifier needs both classes. Check how the rows were "
                + "filtered and split.",
            options, table.View());
    }

    [Fact]
    public void ClassesThatAreAllTheSame_AreRefused()
    {
        var table = new Table();
        Array.Fill(table.Flag, true);
        Array.Fill(table.Class, 3u);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'Flag' is true in all 30 rows; a binary classifier needs both classes. Check how the rows were "
                + "filtered and split.",
            EveryTask.Options("binary"), table.View());
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'Class' is key value 3 in all 30 rows; a classifier needs rows of at least two classes. Check how the rows "
                + "were filtered and split.",
            EveryTask.Options("multiclass"), table.View());
    }

    [Theory]
    [InlineData("regression", 0)]
    [InlineData("regression", -1e34f)]
    [InlineData("regression", 1e-40f)]
    [InlineData("several targets", 12.5f)]
    [InlineData("multi-label", 0)]
    public void NumbersAndLabelsThatAreAllTheSame_AreLearnt(string task, float value)
    {
        var table = new Table();
        Array.Fill(table.Number, value);
        Array.Fill(table.Numbers, new VBuffer<float>(2, [value, value]));
        Array.Fill(table.Flags, new VBuffer<bool>(3, [true, false, true]));
        EveryTask.AssertTrains(EveryTask.Options(task), table.View());
    }

    [Theory]
    [InlineData(3e34f)]
    [InlineData(1e20f)]
    [InlineData(1e-20f)]
    [InlineData(1e-38f)]
    [InlineData(1e-44f)]
    public void NumbersOfAnySize_AreLearnt(float size)
    {
        var table = new Table();
        for (int row = 0; row < 30; row++)
        {
            table.Number[row] = row % 3 * size / 2;
            table.Numbers[row] = new VBuffer<float>(2, [row % 3 * size / 2, row]);
        }
        EveryTask.AssertTrains(EveryTask.Options("regression"), table.View());
        EveryTask.AssertTrains(EveryTask.Options("several targets"), table.View());
    }

    [Theory]
    [InlineData("regression", "Number")]
    [InlineData("several targets", "Numbers")]
    public void NumbersThatLeaveNoRoom_AreRefused(string task, string column)
    {
        var table = new Table();
        table.Number[6] = 1e38f;
        table.Numbers[6] = new VBuffer<float>(2, [0, 1e38f]);
        EveryTask.AssertRefused<InvalidOperationException>(
            $"Label column '{column}' is 1E+38 in row 7; labels must lie between -3.4E+34 and 3.4E+34, so that a network with scores in "
                + "their unit fits in Single. Divide the labels by a constant before Fit.",
            EveryTask.Options(task), table.View());
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    [InlineData("multi-label")]
    public void OneInAHundredThousand_IsLearntFrom(string task)
    {
        var table = new Table(rowCount: 100_000, featureCount: 1);
        Array.Fill(table.Flag, false);
        Array.Fill(table.Class, 1u);
        Array.Fill(table.Flags, new VBuffer<bool>(3, [false, false, false]));
        table.Flag[50_000] = true;
        table.Class[50_000] = 3;
        table.Flags[50_000] = new VBuffer<bool>(3, [true, true, true]);
        MlpOptions options = EveryTask.Options(task);
        options.BatchSize = 5000;
        EveryTask.AssertTrains(options, table.View());
        if (options is MlpBinaryTrainer.Options binary)
            binary.ClassWeights = ClassWeights.Balanced;
        else if (options is MlpMulticlassTrainer.Options multiclass)
            multiclass.ClassWeights = ClassWeights.Balanced;
        EveryTask.AssertTrains(options, table.View());
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    [InlineData("regression")]
    [InlineData("several targets")]
    [InlineData("multi-label")]
    public void LabelsThatAppearOnlyInValidation_AreNoHindrance(string task)
    {
        var table = new Table();
        for (int row = 0; row < 30; row++)
            table.Class[row] = (uint)(row % 2 + 1);
        var validation = new Table(rowCount: 12);
        Array.Fill(validation.Flag, true);
        Array.Fill(validation.Class, 3u);
        Array.Fill(validation.Number, 1e6f);
        Array.Fill(validation.Numbers, new VBuffer<float>(2, [1e6f, -1e6f]));
        MlpOptions options = EveryTask.Options(task);
        EveryTask.AssertTrains(options, table.View(), validation.View());
        Assert.All(EveryTask.Fit(options, table.View(), validation.View()).Model.History, report => Assert.True(report.ValidationLoss > 0));
    }
}
