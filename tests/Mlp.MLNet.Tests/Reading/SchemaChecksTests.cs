using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tests;

/// <summary>Every message, from Fit and, where a shape shows the fault, from GetOutputSchema alike.</summary>
public class SchemaChecksTests
{
    private const string Names = "Label, Number, Integer, Text, ThreeKeys, Labels, Features, Variable, Doubles, Scalar, Keys, Weight";

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Nope", "Features", null, $"Could not find label column 'Nope'. The input has {Names}. Set LabelColumnName.")]
    [InlineData("Integer", "Features", null, "Label column 'Integer' is Int32; a binary classifier needs Boolean, Single with 0 and 1 "
        + "(or -1 and 1), or a key with 2 values. Convert it, for example with Conversion.ConvertType, or set LabelColumnName.")]
    [InlineData("Text", "Features", null, "Label column 'Text' is String; a binary classifier needs Boolean, Single with 0 and 1 (or -1 "
        + "and 1), or a key with 2 values. Convert it, for example with Conversion.ConvertType, or set LabelColumnName.")]
    [InlineData("Labels", "Features", null, "Label column 'Labels' is Vector<Boolean*>; a binary classifier needs Boolean, Single with 0 "
        + "and 1 (or -1 and 1), or a key with 2 values. Convert it, for example with Conversion.ConvertType, or set LabelColumnName.")]
    [InlineData("Label", "Nope", null, $"Could not find feature column 'Nope'. The input has {Names}. Concatenate the inputs into one "
        + "vector column, or set FeatureColumnName.")]
    [InlineData("Label", "Variable", null, "Feature column 'Variable' is Vector<Single> of unknown size; a network needs a fixed number "
        + "of inputs. Give the size with [VectorType(n)] or a SchemaDefinition.")]
    [InlineData("Label", "Doubles", null, "Feature column 'Doubles' is Vector<Double*>; a network needs Vector<Single> of known size, or "
        + "Single. Convert it with Conversion.ConvertType, OneHotEncoding or Concatenate, or set FeatureColumnName.")]
    [InlineData("Label", "Text", null, "Feature column 'Text' is String; a network needs Vector<Single> of known size, or Single. "
        + "Convert it with Conversion.ConvertType, OneHotEncoding or Concatenate, or set FeatureColumnName.")]
    [InlineData("Label", "Keys", null, "Feature column 'Keys' is Vector<Key<UInt32*>*>; a network needs Vector<Single> of known size, or "
        + "Single. Convert it with Conversion.ConvertType, OneHotEncoding or Concatenate, or set FeatureColumnName.")]
    [InlineData("Label", "Features", "Nope", $"Could not find example weight column 'Nope'. The input has {Names}. Set "
        + "ExampleWeightColumnName.")]
    [InlineData("Label", "Features", "Doubles", "Example weight column 'Doubles' is Vector<Double*>; weights are Single. Convert it with "
        + "Conversion.ConvertType, or set ExampleWeightColumnName.")]
    [InlineData("Label", "Features", "Integer", "Example weight column 'Integer' is Int32; weights are Single. Convert it with "
        + "Conversion.ConvertType, or set ExampleWeightColumnName.")]
    public void WrongColumns_AreNamed(string label, string features, string? weight, string message)
    {
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(label, features, weight);
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);
        // A shape knows neither sizes nor key counts, so its types read a little shorter.
        AssertThrows(message.Replace("<Boolean*>", "<Boolean, 2>").Replace("<Double*>", "<Double, 2>")
            .Replace("UInt32*>*", "UInt32, 0-2>, 2"), () => trainer.Fit(data));
        AssertThrows(message.Replace("*", ""), () => trainer.GetOutputSchema(Shapes.Of(data)));
    }

    [Fact]
    public void KeyOfThreeValues_IsNoBinaryLabel()
    {
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp("ThreeKeys");
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);
        AssertThrows(
            "Label column 'ThreeKeys' is Key<UInt32, 0-2>; a binary classifier needs Boolean, Single with 0 and 1 (or -1 and 1), or a "
                + "key with 2 values. For more classes use the multiclass trainer, or set LabelColumnName.",
            () => trainer.Fit(data));
        Assert.NotEmpty(trainer.GetOutputSchema(Shapes.Of(data)));
    }

    [Fact]
    public void FeaturesAreCheckedFirst_ThenWeights_ThenLabels()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);
        string MessageOf(string features, string? weight) =>
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _ml.BinaryClassification.Trainers.Mlp("No label", features, weight).Fit(data)).Message;
        Assert.StartsWith("Could not find feature column", MessageOf("No features", "No weight"));
        Assert.StartsWith("Could not find example weight column", MessageOf("Features", "No weight"));
        Assert.StartsWith("Could not find label column", MessageOf("Features", null));
    }

    [Fact]
    public void ManyColumns_AreNotAllNamed()
    {
        var builder = new DataViewSchema.Builder();
        for (int i = 1; i <= 25; i++)
            builder.AddColumn($"C{i}", NumberDataViewType.Single);
        AssertThrows(
            $"Could not find feature column 'Features'. The input has {string.Join(", ", Enumerable.Range(1, 20).Select(i => $"C{i}"))} "
                + "and 5 more. Concatenate the inputs into one vector column, or set FeatureColumnName.",
            () => SchemaChecks.FindScoringFeatures(builder.ToSchema(), "Features", 2));
        AssertThrows(
            "Could not find feature column 'Features'. The input has no columns. Concatenate the inputs into one vector column, or set "
                + "FeatureColumnName.",
            () => SchemaChecks.FindScoringFeatures(new DataViewSchema.Builder().ToSchema(), "Features", 2));
    }

    [Fact]
    public void Transformer_ChecksItsFeatureColumn()
    {
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options(1)).Fit(Moons.View(_ml));
        IDataView other = _ml.Data.LoadFromEnumerable([new Row()]);
        IDataView renamed = _ml.Transforms.DropColumns("Features").Fit(Moons.View(_ml)).Transform(Moons.View(_ml));
        foreach (Func<IDataView, object> use in (Func<IDataView, object>[])
            [model.Transform, data => model.GetOutputSchema(data.Schema), data => model.GetRowToRowMapper(data.Schema)])
        {
            AssertThrows("Feature column 'Features' has 3 slots, but this model was trained on 2.", () => use(other));
            AssertThrows(
                "Could not find feature column 'Features'. The input has Label, X, Y, NumberLabel, TextLabel, Weight. Concatenate the "
                    + "inputs into one vector column, or set FeatureColumnName.",
                () => use(renamed));
        }
    }

    private static void AssertThrows(string message, Action action)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("inputSchema", action);
        Assert.Equal($"{message} (Parameter 'inputSchema')", exception.Message);
    }

    public sealed class Row
    {
        public bool Label { get; set; }

        public float Number { get; set; }

        public int Integer { get; set; }

        public string Text { get; set; } = "";

        [KeyType(3)]
        public uint ThreeKeys { get; set; }

        [VectorType(2)]
        public bool[] Labels { get; set; } = new bool[2];

        [VectorType(3)]
        public float[] Features { get; set; } = new float[3];

        public float[] Variable { get; set; } = [];

        [VectorType(2)]
        public double[] Doubles { get; set; } = new double[2];

        public float Scalar { get; set; }

        [VectorType(2), KeyType(3)]
        public uint[] Keys { get; set; } = new uint[2];

        public float Weight { get; set; }
    }
}
