using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class LabelTypesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("NumberLabel")]
    [InlineData("Key")]
    [InlineData("ByteKey")]
    [InlineData("ShortKey")]
    [InlineData("LongKey")]
    public void EveryTypeOfLabel_GivesTheSameBitsAsBoolean(string label)
    {
        IDataView data = Keyed();
        MlpBinaryTrainer.Options options = Moons.Options();
        int[] expected = Moons.Bits(_ml.BinaryClassification.Trainers.Mlp(options).Fit(data).Model);
        options.LabelColumnName = label;
        Assert.Equal(expected, Moons.Bits(_ml.BinaryClassification.Trainers.Mlp(options).Fit(data).Model));
    }

    [Fact]
    public void KeyLabel_GivesABooleanPrediction_AndEvaluates()
    {
        IDataView data = Keyed();
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 60);
        options.LabelColumnName = "Key";
        IDataView scored = _ml.BinaryClassification.Trainers.Mlp(options).Fit(data).Transform(data);
        Assert.Equal(BooleanDataViewType.Instance, scored.Schema["PredictedLabel"].Type);
        // Observed 0.95.
        Assert.InRange(_ml.BinaryClassification.Evaluate(scored, labelColumnName: "Key").Accuracy, 0.9, 1);
    }

    /// <summary>The second key value is the positive class: "upper" is 1 in Boolean.</summary>
    private IDataView Keyed()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Moons.Rows().Select(row => new KeyedRow
        {
            Label = row.Label, NumberLabel = row.NumberLabel, Features = row.Features, TextLabel = row.TextLabel,
            ByteKey = (byte)row.NumberLabel, ShortKey = (ushort)row.NumberLabel, LongKey = (ulong)row.NumberLabel,
        }));
        return _ml.Transforms.Conversion.MapValueToKey("Key", "TextLabel").Fit(data).Transform(data);
    }

    public sealed class KeyedRow
    {
        public bool Label { get; set; }

        public float NumberLabel { get; set; }

        public string TextLabel { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public byte ByteKey { get; set; }

        [KeyType(2)]
        public ushort ShortKey { get; set; }

        [KeyType(2)]
        public ulong LongKey { get; set; }
    }
}
