using Microsoft.ML;
using static Microsoft.ML.Transforms.OneHotEncodingEstimator;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class OneHotTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public OneHotTests() => _data = TransformRows.Load(_ml);

    [Theory]
    [InlineData(OutputKind.Indicator,
        "Vector<Single, 3>; SlotNames: ['red' 'green' 'Blue']; CategoricalSlotRanges: [0 2]; IsNormalized: True",
        "{3: 0=1}", "{3: 1=1}", "{3: 0=1}", "{3:}", "{3: 2=1}")]
    [InlineData(OutputKind.Bag, "Vector<Single, 3>; SlotNames: ['red' 'green' 'Blue']; IsNormalized: True",
        "{3: 0=1}", "{3: 1=1}", "{3: 0=1}", "{3:}", "{3: 2=1}")]
    [InlineData(OutputKind.Key, "Key<UInt32, 0-2>; KeyValues: ['red' 'green' 'Blue']", "1", "2", "1", "0", "3")]
    [InlineData(OutputKind.Binary, "Vector<Single, 3>; SlotNames: ['Bit2' 'Bit1' 'Bit0']; IsNormalized: True",
        "{3:}", "[0 0 1]", "{3:}", "[1 1 1]", "[0 1 0]")]
    public void Text(OutputKind kind, string description, params string[] values)
        => AssertColumn(_ml.Transforms.Categorical.OneHotEncoding("O", "Text", kind), _data, "O", description, values);

    [Theory]
    [InlineData(OutputKind.Indicator,
        "Vector<Single, 2, 3>; SlotNames: ['[0].x' '[0].y' '[0].z' '[1].x' '[1].y' '[1].z']; CategoricalSlotRanges: [0 2 3 5]; " +
            "IsNormalized: True",
        "{6: 0=1}", "{6: 1=1 3=1}", "{6:}", "{6: 2=1 4=1}", "{6: 0=1 3=1}")]
    [InlineData(OutputKind.Bag, "Vector<Single, 3>; SlotNames: ['x' 'y' 'z']", "[1 0 0]", "[1 1 0]", "{3:}", "[0 1 1]", "[2 0 0]")]
    public void VectorOfText(OutputKind kind, string description, params string[] values)
        => AssertColumn(_ml.Transforms.Categorical.OneHotEncoding("O", "Texts", kind), _data, "O", description, values);

    [Fact]
    public void VariableLength_StaysVariable()
        => AssertColumn(
            _ml.Transforms.Categorical.OneHotEncoding("O", "Variable"),
            _data,
            "O",
            "Vector<Single, *, 7>; IsNormalized: True",
            "{7: 0=1}", "{14: 1=1 9=1}", "{7:}", "[]", "{28: 3=1 11=1 19=1 27=1}");

    [Fact]
    public void Numbers_AndTruthValues_AreCategoriesToo()
    {
        AssertColumn(
            _ml.Transforms.Categorical.OneHotEncoding("O", "A"),
            _data,
            "O",
            "Vector<Single, 4>; SlotNames: ['1' '-2.5' '0' '10']; CategoricalSlotRanges: [0 3]; IsNormalized: True",
            "{4: 0=1}", "{4: 1=1}", "{4:}", "{4: 2=1}", "{4: 3=1}");
        IDataView flags = _ml.Transforms.Categorical.OneHotEncoding("O", "Flag").Fit(_data).Transform(_data);
        Assert.Equal("Vector<Single, 2>; SlotNames: ['1' '0']; CategoricalSlotRanges: [0 1]; IsNormalized: True", Describe(flags, "O"));
    }

    [Fact]
    public void NamedSlots_NameTheCategories()
    {
        IDataView data = _ml.Transforms.Concatenate("X", "Text", "Texts").Fit(_data).Transform(_data);
        IDataView result = _ml.Transforms.Categorical.OneHotEncoding("O", "X", OutputKind.Binary).Fit(data).Transform(data);
        Assert.Equal(
            "Vector<Single, 3, 4>; SlotNames: ['Text.Bit3' 'Text.Bit2' 'Text.Bit1' 'Text.Bit0' '[1].Bit3' '[1].Bit2' '[1].Bit1' " +
                "'[1].Bit0' '[2].Bit3' '[2].Bit2' '[2].Bit1' '[2].Bit0']",
            Describe(result, "O"));
    }

    [Fact]
    public void InPlace_TheKeysAreHidden()
    {
        IDataView result = _ml.Transforms.Categorical.OneHotEncoding("Text", maximumNumberOfKeys: 1).Fit(_data).Transform(_data);
        Assert.Equal(3, result.Schema.Count(column => column.Name == "Text"));
        Assert.Equal(["[1]", "{1:}", "[1]", "{1:}", "{1:}"], Values(result, "Text"));
    }

    [Fact]
    public void Pairs_EncodeSeveralColumns()
    {
        IDataView result = _ml.Transforms.Categorical
            .OneHotEncoding([new InputOutputColumnPair("Text"), new InputOutputColumnPair("O", "Int")]).Fit(_data).Transform(_data);
        Assert.Equal(["{3: 0=1}", "{3: 1=1}", "{3: 0=1}", "{3:}", "{3: 2=1}"], Values(result, "Text"));
        Assert.Equal(["{4: 0=1}", "{4: 1=1}", "{4: 0=1}", "{4: 2=1}", "{4: 3=1}"], Values(result, "O"));
    }

    [Fact]
    public void BadColumns_AreNamed()
    {
        Assert.Equal(
            "Could not find input column 'Nope' (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Categorical.OneHotEncoding("O", "Nope").Fit(_data)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Categorical.OneHotEncoding("O", "Text", (OutputKind)9));

        // A key without values cannot be encoded: its values would be text and a key at once.
        Assert.Equal(
            "The item type must be valid for a key (Parameter 'itemType')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Categorical.OneHotEncoding("O", "Key").Fit(_data)).Message);
    }
}
