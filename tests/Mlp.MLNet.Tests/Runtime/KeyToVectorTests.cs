using Microsoft.ML;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class KeyToVectorTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public KeyToVectorTests()
    {
        IDataView rows = TransformRows.Load(_ml);
        _data = _ml.Transforms.Conversion.MapValueToKey("TextKeys", "Texts").Fit(rows).Transform(rows);
    }

    [Theory]
    [InlineData("Key", false,
        "Vector<Single, 5>; CategoricalSlotRanges: [0 4]; IsNormalized: True", "{5: 1=1}", "{5: 0=1}", "{5:}", "{5: 2=1}", "{5:}")]
    [InlineData("Key", true, "Vector<Single, 5>; IsNormalized: True", "{5: 1=1}", "{5: 0=1}", "{5:}", "{5: 2=1}", "{5:}")]
    [InlineData("TextKeys", false,
        "Vector<Single, 2, 3>; SlotNames: ['[0].x' '[0].y' '[0].z' '[1].x' '[1].y' '[1].z']; CategoricalSlotRanges: " +
        "[0 2 3 5]; IsNormalized: True", "{6: 0=1}", "{6: 1=1 3=1}", "{6:}", "{6: 2=1 4=1}", "{6: 0=1 3=1}")]
    [InlineData("TextKeys", true, "Vector<Single, 3>; SlotNames: ['x' 'y' 'z']", "[1 0 0]", "[1 1 0]", "{3:}", "[0 1 1]", "[2 0 0]")]
    public void Vectors(string column, bool outputCountVector, params string[] expected)
    {
        IDataView result = _ml.Transforms.Conversion.MapKeyToVector("O", column, outputCountVector).Fit(_data).Transform(_data);
        Assert.Equal(expected, Values(result, "O").Prepend(Describe(result, "O")));
    }

    [Fact]
    public void Pairs_NameSeveralColumns()
    {
        IDataView result = _ml.Transforms.Conversion
            .MapKeyToVector([new InputOutputColumnPair("O", "TextKeys"), new InputOutputColumnPair("Key")], outputCountVector: true)
            .Fit(_data).Transform(_data);
        Assert.Equal(["[1 0 0]", "[1 1 0]", "{3:}", "[0 1 1]", "[2 0 0]"], Values(result, "O"));
        Assert.Equal(["{5: 1=1}", "{5: 0=1}", "{5:}", "{5: 2=1}", "{5:}"], Values(result, "Key"));
    }

    [Fact]
    public void WrongColumnsAndArguments_AreRefused()
    {
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for input column 'Int': expected key type of known " +
            "cardinality, got Int32 (Parameter 'inputSchema')",
            DataText.Error(() => _ml.Transforms.Conversion.MapKeyToVector("O", "Int").Fit(_data)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'inputSchema')",
            DataText.Error(() => _ml.Transforms.Conversion.MapKeyToVector("O", "Nope").Fit(_data)));
        Assert.Equal(
            "ArgumentOutOfRangeException: name cannot be null or white space (Parameter 'name')",
            DataText.Error(() => _ml.Transforms.Conversion.MapKeyToVector("")));
        Assert.Equal(
            "ArgumentOutOfRangeException: name cannot be null or white space (Parameter 'name')",
            DataText.Error(() => _ml.Transforms.Conversion.MapKeyToVector((string)null!)));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'columns')",
            DataText.Error(() => _ml.Transforms.Conversion.MapKeyToVector((InputOutputColumnPair[])null!)));
    }
}
