using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks.Binary;

namespace Mlp.MLNet.Tests;

public class LabelTypesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("NumberLabel")]
    [InlineData("Key")]
    public void EveryTypeOfLabel_GivesTheSameBitsAsBoolean(string label)
    {
        IDataView data = Keyed();
        MlpBinaryTrainer.Options options = Moons.Options();
        int[] expected = Moons.Bits(_ml.BinaryClassification.Trainers.Mlp(options).Fit(data).Model);
        options.LabelColumnName = label;
        Assert.Equal(expected, Moons.Bits(_ml.BinaryClassification.Trainers.Mlp(options).Fit(data).Model));
    }

    [Theory]
    [InlineData(DataKind.Byte)]
    [InlineData(DataKind.UInt16)]
    [InlineData(DataKind.UInt32)]
    [InlineData(DataKind.UInt64)]
    public void KeysOfEverySize_AreRead(DataKind kind)
    {
        using var file = new TextFile("0\t1.5", "1\t2.5", "0\t3.5");
        IDataView data = _ml.Data.LoadFromTextFile(
            file.Path, [new TextLoader.Column("Label", kind, [new TextLoader.Range(0)], new KeyCount(2)),
                new TextLoader.Column("Features", DataKind.Single, 1)]);
        var columns = new TrainingColumns(data.Schema["Features"], 1, data.Schema["Label"], ExampleWeight: null);
        TrainingRows rows = FeatureReader.Read(
            data, columns, new FeatureTableBuilder<float>(1, [], [], null), learnsMissing: false,
            (row, label) => new BinaryLabelReader(row, label), () => { });
        Assert.Equal([0, 1, 0], Values.Of(rows.Targets));
        Assert.Equal([1.5f, 2.5f, 3.5f], Values.Of(rows.Features.Numbers!));
    }

    [Fact]
    public void KeyLabel_GivesABooleanPrediction_AndEvaluates()
    {
        IDataView data = Keyed();
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 60);
        options.Optimizer = new Adam { LearningRate = 0.01 };
        options.LabelColumnName = "Key";
        IDataView scored = _ml.BinaryClassification.Trainers.Mlp(options).Fit(data).Transform(data);
        Assert.Equal(BooleanDataViewType.Instance, scored.Schema["PredictedLabel"].Type);
        // Observed over seeds 1 to 10: 0.915 to 0.985.
        Assert.InRange(_ml.BinaryClassification.Evaluate(scored, labelColumnName: "Key").Accuracy, 0.88, 1);
    }

    /// <summary>The second key value is the positive class: "upper" is true.</summary>
    private IDataView Keyed() =>
        _ml.Transforms.Conversion.MapValueToKey("Key", "TextLabel").Fit(Moons.View(_ml)).Transform(Moons.View(_ml));
}
