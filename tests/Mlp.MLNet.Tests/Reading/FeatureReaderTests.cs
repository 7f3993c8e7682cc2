using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks.Binary;

namespace Mlp.MLNet.Tests;

public class FeatureReaderTests
{
    private const string FeatureAdvice = "Replace missing values (ReplaceMissingValues) or filter these rows before Fit.";
    private const string LabelAdvice = "Map them to 0 and 1, for example with Conversion.MapValue, or filter these rows before Fit.";
    private const string WeightAdvice = "Correct these weights before Fit; a row of weight 0 is left out.";

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Read_KeepsTheOrderOfTheRows()
    {
        Moons.Row[] rows = Moons.Rows(300);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Weight = i + 1;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var columns = new TrainingColumns(data.Schema["Features"], 2, data.Schema["Label"], data.Schema["Weight"]);
        int calls = 0;
        TrainingRows read = FeatureReader.Read(
            data, columns, new FeatureTableBuilder<float>(2, [], [], null), learnsMissing: false,
            (row, label) => new BinaryLabelReader(row, label), () => calls++);
        Assert.Equal((300, 2, 300), (read.RowCount, read.Features.Inputs.NumberCount, calls));
        Assert.Equal(rows.SelectMany(row => row.Features), Values.Of(read.Features.Numbers!));
        Assert.Equal(rows.Select(row => row.NumberLabel), Values.Of(read.Targets));
        Assert.Equal(rows.Select(row => row.Weight), Values.Of(read.ExampleWeights!));
    }

    [Fact]
    public void Read_OfAViewThatDoesNotKnowItsLength_GivesTheSame()
    {
        IEnumerable<Moons.Row> lazy = Moons.Rows(1000).Where(_ => true);
        Assert.Null(_ml.Data.LoadFromEnumerable(lazy).GetRowCount());
        Assert.Equal(
            Moons.Bits(Fit(_ml.Data.LoadFromEnumerable(Moons.Rows(1000)))), Moons.Bits(Fit(_ml.Data.LoadFromEnumerable(lazy))));
    }

    [Fact]
    public void Read_ActivatesOnlyTheColumnsItNeeds()
    {
        // Both columns that are not needed would throw when read.
        IDataView data = _ml.Transforms.Conversion.ConvertType("Broken", "TextLabel", DataKind.Int32).Fit(Moons.View(_ml))
            .Transform(Moons.View(_ml));
        Assert.Throws<InvalidOperationException>(() => data.GetColumn<int>("Broken").First());
        Assert.Equal(2, Fit(data).InputCount);
    }

    [Fact]
    public void NaNAndInfiniteFeatures_MakeOneMessage()
    {
        Moons.Row[] rows = Moons.Rows(40);
        rows[16].Features[1] = float.NaN;
        rows[20].Features[0] = float.PositiveInfinity;
        rows[39].Features = [float.NaN, float.NaN];
        AssertThrows(
            $"Feature column 'Features' is NaN or infinite in 3 of 40 rows, first in row 17 (slot 1 is NaN). {FeatureAdvice}", rows);
    }

    [Fact]
    public void SlotNames_AreInTheMessage()
    {
        Moons.Row[] rows = Moons.Rows(40);
        rows[3].Y = float.NegativeInfinity;
        var pipeline = _ml.Transforms.Concatenate("Features", "X", "Y").Append(_ml.BinaryClassification.Trainers.Mlp());
        var exception = Assert.Throws<InvalidOperationException>(() => pipeline.Fit(_ml.Data.LoadFromEnumerable(rows)));
        Assert.Equal(
            "Feature column 'Features' is infinite in 1 of 40 rows, first in row 4 (slot 1, 'Y', is -Infinity). Correct or filter these "
                + "rows before Fit.",
            exception.Message);
    }

    [Fact]
    public void ScalarFeature_IsInTheMessage()
    {
        Moons.Row[] rows = Moons.Rows(40);
        rows[0].X = float.NaN;
        AssertThrows($"Feature column 'X' is NaN or infinite in 1 of 40 rows, first in row 1 (NaN). {FeatureAdvice}", rows, features: "X");
    }

    [Fact]
    public void OtherLabels_MakeOneMessagePerKind()
    {
        Moons.Row[] rows = Moons.Rows(2000);
        rows[16].NumberLabel = rows[17].NumberLabel = float.NaN;
        rows[1100].NumberLabel = 2;
        AssertThrows(
            $"Label column 'NumberLabel' is NaN in 2 of 2,000 rows, first in row 17. {LabelAdvice} " +
            $"Label column 'NumberLabel' is neither 0 nor 1, nor -1 in 1 of 2,000 rows, first in row 1,101. {LabelAdvice}",
            rows, label: "NumberLabel");
    }

    [Fact]
    public void MissingKeys_AreCounted()
    {
        Moons.Row[] rows = Moons.Rows(40);
        rows[6].TextLabel = "";
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Key", "TextLabel").Append(_ml.BinaryClassification.Trainers.Mlp("Key"));
        var exception = Assert.Throws<InvalidOperationException>(() => pipeline.Fit(_ml.Data.LoadFromEnumerable(rows)));
        Assert.Equal(
            "Label column 'Key' is missing, or not among the values of its key, in 1 of 40 rows, first in row 7. Fit MapValueToKey on "
                + "rows that have every class, or filter these rows before Fit.", exception.Message);
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void WrongWeights_MakeOneMessage(float weight, string found)
    {
        Moons.Row[] rows = Moons.Rows(40);
        rows[8].Weight = rows[12].Weight = weight;
        AssertThrows(
            $"Example weight column 'Weight' is negative, NaN or infinite in 2 of 40 rows, first in row 9 ({found}). {WeightAdvice}", rows,
            weight: "Weight");
    }

    [Fact]
    public void SeveralKindsOfProblems_AreAllTold()
    {
        Moons.Row[] rows = Moons.Rows(40);
        rows[4].Features[0] = float.NaN;
        rows[2].NumberLabel = float.NaN;
        rows[4].Weight = -1;
        AssertThrows(
            $"Label column 'NumberLabel' is NaN in 1 of 40 rows, first in row 3. {LabelAdvice} " +
            $"Feature column 'Features' is NaN or infinite in 1 of 40 rows, first in row 5 (slot 0 is NaN). {FeatureAdvice} " +
            $"Example weight column 'Weight' is negative, NaN or infinite in 1 of 40 rows, first in row 5 (-1). {WeightAdvice}",
            rows, label: "NumberLabel", weight: "Weight");
    }

    [Fact]
    public void WeightsThatAreAllZero_AreRefused()
    {
        Moons.Row[] rows = Moons.Rows(40);
        foreach (Moons.Row row in rows)
            row.Weight = 0;
        AssertThrows(
            "Example weight column 'Weight' is 0 in all 40 rows; at least one row needs a positive weight. Correct the weights, or leave "
                + "ExampleWeightColumnName at null.",
            rows, weight: "Weight");
    }

    [Fact]
    public void NoRows_AreRefused() =>
        AssertThrows("The training data has no rows. Check how the rows were filtered and split, and the file they come from.", []);

    [Theory]
    [InlineData("Label", true, "true")]
    [InlineData("Label", false, "false")]
    [InlineData("NumberLabel", true, "1")]
    [InlineData("NumberLabel", false, "0 or -1")]
    [InlineData("Key", true, "'upper'")]
    [InlineData("Key", false, "'lower'")]
    public void OneClassOnly_IsRefused(string label, bool kept, string found)
    {
        IDataView all = Moons.View(_ml, 2400);
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Key", "TextLabel").Fit(all).Transform(
            _ml.Data.LoadFromEnumerable(Moons.Rows(2400).Where(row => row.Label == kept)));
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.BinaryClassification.Trainers.Mlp(label).Fit(data));
        Assert.Equal(
            $"Label column '{label}' is {found} in all 1,200 rows; a binary classifier needs both classes. Check how the rows were "
                + "filtered and split.",
            exception.Message);
    }

    [Fact]
    public void RowsOfAnotherLengthThanTheTypeSays_AreRefused()
    {
        Moons.Row[] rows = Moons.Rows(40);
        rows[5].Features = [1];
        AssertThrows(
            "Feature column 'Features' is Vector<Single, 2>, but a row has 1 slots. Give every row the same number of features.", rows);
    }

    [Fact]
    public void MoreRowsThanAnArrayCanHold_AreRefused()
    {
        IDataView data = Moons.View(_ml, 41);
        var columns = new TrainingColumns(data.Schema["Features"], 2, data.Schema["Label"], ExampleWeight: null);
        Assert.Equal(41, Read(41).RowCount);
        Assert.Equal(
            "The validation data has more than 40 rows, which is as many as a training can take. Give it fewer rows (TakeRows).",
            Assert.Throws<InvalidOperationException>(() => Read(40)).Message);

        TrainingRows Read(int maxRowCount) => FeatureReader.Read(
            data, columns, new FeatureTableBuilder<float>(2, [], [], null), learnsMissing: false,
            (row, label) => new BinaryLabelReader(row, label), () => { }, purpose: "validation", maxRowCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HeldOutRows_AreThoseOfCopies(bool hasWeights)
    {
        // What is selected by its index gives the bits of a training on two views that have just these rows, but for the scaling and the
        // balance of classes, which are those of all rows.
        Moons.Row[] rows = Moons.Rows(120);
        for (int row = 0; row < rows.Length; row++)
            rows[row].Weight = 0.5f + row % 3;
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 4);
        options.EarlyStopping = new EarlyStopping { Patience = 3 };
        options.ClassWeights = ClassWeights.Of(1, 2);
        options.NormalizeFeatures = false;
        options.ExampleWeightColumnName = hasWeights ? "Weight" : null;
        var split = RowSplit.HoldOutStratified([.. rows.Select(row => row.Label ? 1 : 0)], options.Resolve().ValidationFraction, seed: 1);
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(options);
        Assert.Equal(
            Moons.Bits(trainer.Fit(Part(split.Training), Part(split.Validation)).Model), Moons.Bits(Fit(trainer, rows)));

        IDataView Part(int[] indices) => _ml.Data.LoadFromEnumerable(indices.Select(index => rows[index]).ToArray());
    }

    private MlpModelParameters Fit(MlpBinaryTrainer trainer, Moons.Row[] rows) => trainer.Fit(_ml.Data.LoadFromEnumerable(rows)).Model;

    private MlpModelParameters Fit(IDataView data) => _ml.BinaryClassification.Trainers.Mlp(Moons.Options(1)).Fit(data).Model;

    private void AssertThrows(string message, Moons.Row[] rows, string label = "Label", string features = "Features", string? weight = null)
    {
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options
        {
            LabelColumnName = label,
            FeatureColumnName = features,
            ExampleWeightColumnName = weight,
            MissingValues = MissingValues.Refuse,
        });
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => trainer.Fit(_ml.Data.LoadFromEnumerable(rows))).Message);
    }
}
