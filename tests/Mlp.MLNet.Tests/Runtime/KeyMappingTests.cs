using Microsoft.ML;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class KeyMappingTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public KeyMappingTests() => _data = TransformRows.Load(_ml);

    [Theory]
    [InlineData("Text", KeyOrdinality.ByOccurrence, "Key<UInt32, 0-2>; KeyValues: ['red' 'green' 'Blue']", "1", "2", "1", "0", "3")]
    [InlineData("Text", KeyOrdinality.ByValue, "Key<UInt32, 0-2>; KeyValues: ['Blue' 'green' 'red']", "3", "2", "3", "0", "1")]
    [InlineData("Int", KeyOrdinality.ByOccurrence, "Key<UInt32, 0-3>; KeyValues: [3 -3 100000 0]", "1", "2", "1", "3", "4")]
    [InlineData("Int", KeyOrdinality.ByValue, "Key<UInt32, 0-3>; KeyValues: [-3 0 3 100000]", "3", "1", "3", "4", "2")]
    [InlineData("Flag", KeyOrdinality.ByValue, "Key<UInt32, 0-1>; KeyValues: [False True]", "2", "1", "2", "1", "2")]
    [InlineData("A", KeyOrdinality.ByOccurrence, "Key<UInt32, 0-3>; KeyValues: [1 -2.5 0 10]", "1", "2", "0", "3", "4")]
    [InlineData("Texts", KeyOrdinality.ByOccurrence, "Vector<Key<UInt32, 0-2>, 2>; KeyValues: ['x' 'y' 'z']",
        "[1 0]", "[2 1]", "{2:}", "[3 2]", "[1 1]")]
    [InlineData("Sparse", KeyOrdinality.ByOccurrence, "Vector<Key<UInt32, 0-10>, 8>; KeyValues: [0 1 2 4 -1 3 5 6 7 8 Infinity]",
        "[1 2 1 1 1 3 1 1]", "[1 1 1 1 1 1 1 1]", "[0 4 1 1 1 1 1 5]", "[2 3 6 4 7 8 9 10]", "[1 1 1 11 1 1 1 1]")]
    public void MapValueToKey(string column, KeyOrdinality order, string description, params string[] keys)
        => AssertColumn(_ml.Transforms.Conversion.MapValueToKey("O", column, keyOrdinality: order), _data, "O", description, keys);

    [Theory]
    [InlineData("Flag", "Key<UInt32, 0-1>; KeyValues: ['1' '0']")]
    [InlineData("Int", "Key<UInt32, 0-3>; KeyValues: ['3' '-3' '100000' '0']")]
    [InlineData("A", "Key<UInt32, 0-3>; KeyValues: ['1' '-2.5' '0' '10']")]
    public void KeyValues_CanBeText(string column, string description)
    {
        var estimator = _ml.Transforms.Conversion.MapValueToKey("O", column, addKeyValueAnnotationsAsText: true);
        Assert.Equal(description, Describe(estimator.Fit(_data).Transform(_data), "O"));
    }

    [Fact]
    public void MaximumNumberOfKeys_KeepsTheFirst_AndTheOthersAreMissing()
        => AssertColumn(
            _ml.Transforms.Conversion.MapValueToKey("O", "Text", maximumNumberOfKeys: 2),
            _data,
            "O",
            "Key<UInt32, 0-1>; KeyValues: ['red' 'green']",
            "1", "2", "1", "0", "0");

    [Fact]
    public void KeyData_GivesTheKeys()
    {
        IDataView keys = _ml.Data.LoadFromEnumerable([new Term { Text = "red" }, new Term { Text = "zzz" }, new Term { Text = "Blue" }]);
        AssertColumn(
            _ml.Transforms.Conversion.MapValueToKey("O", "Text", keyData: keys),
            _data,
            "O",
            "Key<UInt32, 0-2>; KeyValues: ['red' 'zzz' 'Blue']",
            "1", "0", "1", "0", "3");
        Assert.Equal(
            "Input data's column must be of type 'Int32' but was 'String' (Parameter 'keyData')",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _ml.Transforms.Conversion.MapValueToKey("O", "Int", keyData: keys).Fit(_data)).Message);
    }

    [Fact]
    public void KeysOfKeys_KeepTheValues()
    {
        IDataView data = _ml.Transforms.Conversion
            .MapValueToKey("X", "Text", keyOrdinality: KeyOrdinality.ByValue).Fit(_data).Transform(_data);
        AssertColumn(
            _ml.Transforms.Conversion.MapValueToKey("O", "X"),
            data,
            "O",
            "Key<UInt32, 0-2>; KeyValues: ['red' 'green' 'Blue']",
            "1", "2", "1", "0", "3");
    }

    [Fact]
    public void NoValues_GiveAKeyTypeOfOne_WithoutValues()
    {
        var model = _ml.Transforms.Conversion.MapValueToKey("O", "Text").Fit(TransformRows.LoadEmpty(_ml));
        Assert.Equal("Key<UInt32, 0-0>", Describe(model.Transform(_data), "O"));
        Assert.Equal(["0", "0", "0", "0", "0"], Values(model.Transform(_data), "O"));
    }

    [Theory]
    [InlineData("Text", "String", "'red'", "'green'", "'red'", "''", "'Blue'")]
    [InlineData("A", "Single", "1", "-2.5", "NaN", "0", "10")]
    [InlineData("Int", "Int32", "3", "-3", "3", "100000", "0")]
    [InlineData("Texts", "Vector<String, 2>", "['x' '']", "['y' 'x']", "{2:}", "['z' 'y']", "['x' 'x']")]
    [InlineData("Sparse", "Vector<Single, 8>",
        "[0 1 0 0 0 2 0 0]", "[0 0 0 0 0 0 0 0]", "[NaN 4 0 0 0 0 0 -1]", "[1 2 3 4 5 6 7 8]", "[0 0 0 Infinity 0 0 0 0]")]
    public void MapKeyToValue_IsTheWayBack(string column, string description, params string[] values)
        => AssertColumn(
            _ml.Transforms.Conversion.MapValueToKey("X", column).Append(_ml.Transforms.Conversion.MapKeyToValue("O", "X")),
            _data,
            "O",
            description,
            values);

    [Fact]
    public void SlotNames_AreKept()
    {
        IDataView data = _ml.Transforms.Concatenate("X", "Text", "Texts").Fit(_data).Transform(_data);
        IDataView keys = _ml.Transforms.Conversion.MapValueToKey("K", "X").Fit(data).Transform(data);
        Assert.EndsWith("; SlotNames: ['Text' '' '']", Describe(keys, "K"));
        Assert.Equal(
            "Vector<String, 3>; SlotNames: ['Text' '' '']",
            Describe(_ml.Transforms.Conversion.MapKeyToValue("O", "K").Fit(keys).Transform(keys), "O"));
    }

    [Fact]
    public void LoadedModel_MapsValuesItHasNotSeen_ToMissing()
    {
        ITransformer model = SaveAndLoad(_ml, _ml.Transforms.Conversion.MapValueToKey("O", "Text").Fit(_data), _data.Schema);
        IDataView other = _ml.Data.LoadFromEnumerable(
            [new Term { Text = "green" }, new Term { Text = "Green" }, new Term { Text = " red" }]);
        Assert.Equal(["2", "0", "0"], Values(model.Transform(other), "O"));
    }

    [Fact]
    public void BadColumns_AreNamed()
    {
        var conversion = _ml.Transforms.Conversion;
        Assert.Equal(
            "Could not find input column 'Nope' (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => conversion.MapValueToKey("O", "Nope").Fit(_data)).Message);
        Assert.Equal(
            "Must be positive (Parameter 'MaxNumTerms')",
            Assert.Throws<ArgumentOutOfRangeException>(() => conversion.MapValueToKey("O", "Text", 0).Fit(_data)).Message);
        Assert.Equal(
            "Metadata KeyValues does not exist",
            Assert.Throws<InvalidOperationException>(() => conversion.MapKeyToValue("O", "Text").Fit(_data)).Message);
        var chain = conversion.MapKeyToValue("O", "Text").Append(_ml.Transforms.CopyColumns("P", "O"));
        Assert.Equal(
            "Schema mismatch for input column 'Text': expected KeyType, got String (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(_data)).Message);
        var other = conversion.MapValueToKey("O", "V").Fit(_data);
        IDataView doubles = _ml.Transforms.CopyColumns("V", "W").Fit(_data).Transform(_data);
        Assert.Equal(
            "Could not apply a map over type 'Single' to column 'O' since it has type 'Double'",
            Assert.Throws<InvalidOperationException>(() => other.Transform(doubles)).Message);
    }

    private sealed class Term
    {
        public string Text { get; set; } = "";
    }
}
