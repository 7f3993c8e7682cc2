using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>Data that is scored or validated with and has another schema than the data trained on.</summary>
public class ChangedSchemasTests
{
    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void FeaturesThatChanged_AreNamed(string task)
    {
        var table = new Table(featureCount: 3);
        ITransformer model = EveryTask.Fit(EveryTask.Options(task), table.View()).Transformer;
        AssertRefused("Feature column 'Features' has 4 slots, but this model was trained on 3.", new Table(featureCount: 4).View());
        AssertRefused(
            "Feature column 'Features' is Vector<Double, 3>; a network needs Vector<Single> of known size, or Single. Convert it with "
                + "Conversion.ConvertType, OneHotEncoding or Concatenate, or set FeatureColumnName.",
            table.View(featureType: new VectorDataViewType(NumberDataViewType.Double, 3), featureValues: new VBuffer<double>[30]));
        AssertRefused(
            "Feature column 'Features' is Vector<Single> of unknown size; a network needs a fixed number of inputs. Give the size with "
                + "[VectorType(n)] or a SchemaDefinition.",
            table.View(featureType: new VectorDataViewType(NumberDataViewType.Single)));
        AssertRefused(
            "Feature column 'Features' has 1 slots, but this model was trained on 3.",
            table.View(featureType: NumberDataViewType.Single, featureValues: new float[30]));
        AssertRefused(
            "Could not find feature column 'Features'. The input has Inputs, Flag, BinaryKey, BinaryNumber, Class, Number, Numbers, "
                + "Flags, Weight. Concatenate the inputs into one vector column, or set FeatureColumnName.",
            table.View(features: "Inputs"));

        void AssertRefused(string message, IDataView data)
        {
            foreach (Func<object> use in (Func<object>[])[() => model.Transform(data), () => model.GetOutputSchema(data.Schema)])
                Assert.Equal(
                    $"{message} (Parameter 'inputSchema')", Assert.Throws<ArgumentOutOfRangeException>("inputSchema", use).Message);
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void ValidationDataThatChanged_IsRefused(string task)
    {
        var table = new Table(featureCount: 3);
        EveryTask.AssertRefused<ArgumentOutOfRangeException>(
            "Feature column 'Features' is Vector<Single, 4> in the validation data and Vector<Single, 3> in the training data. Transform "
                + "both with the same fitted transformers. (Parameter 'inputSchema')",
            EveryTask.Options(task), table.View(), new Table(featureCount: 4).View());
        EveryTask.AssertRefused<ArgumentOutOfRangeException>(
            "Could not find feature column 'Features'. The input has Inputs, Flag, BinaryKey, BinaryNumber, Class, Number, Numbers, "
                + "Flags, Weight. Concatenate the inputs into one vector column, or set FeatureColumnName. (Parameter 'inputSchema')",
            EveryTask.Options(task), table.View(), table.View(features: "Inputs"));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void OtherColumns_MayChange(string task)
    {
        // Only the features are looked at: labels and weights need not be there.
        var table = new Table();
        ITransformer model = EveryTask.Fit(EveryTask.Options(task), table.View()).Transformer;
        var bare = new TableView(
            [("Features", new VectorDataViewType(NumberDataViewType.Single, 3), table.Features)], claimedRowCount: null);
        Assert.Equal(EveryTask.Scores(model.Transform(table.View())), EveryTask.Scores(model.Transform(bare)));
    }
}
