using Microsoft.ML;
using Microsoft.ML.Data;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class ConvertTypeTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public ConvertTypeTests() => _data = TransformRows.Load(_ml);

    [Theory]
    [InlineData("Flag", DataKind.Single, "Single; IsNormalized: True", "1", "0", "1", "0", "1")]
    [InlineData("Flag", DataKind.Int32, "Int32; IsNormalized: True", "1", "0", "1", "0", "1")]
    [InlineData("Flag", DataKind.String, "String", "'True'", "'False'", "'True'", "'False'", "'True'")]
    [InlineData("A", DataKind.Double, "Double", "1", "-2.5", "NaN", "0", "10")]
    [InlineData("A", DataKind.Boolean, "Boolean", "True", "True", "True", "False", "True")]
    [InlineData("A", DataKind.String, "String", "'1'", "'-2.5'", "'NaN'", "'0'", "'10'")]
    [InlineData("D", DataKind.Single, "Single", "0.5", "NaN", "-7", "3", "3")]
    [InlineData("Int", DataKind.Int16, "Int16", "3", "-3", "3", "-31072", "0")]
    [InlineData("Long", DataKind.SByte, "SByte", "-5", "0", "0", "7", "0")]
    [InlineData("Byte", DataKind.Single, "Single", "200", "2", "0", "255", "1")]
    [InlineData("Short", DataKind.Byte, "Byte", "0", "3", "0", "12", "0")]
    [InlineData("Key", DataKind.Byte, "Key<Byte, 0-4>", "2", "1", "0", "3", "0")]
    [InlineData("Sparse", DataKind.String, "Vector<String, 8>",
        "{8: 1='1' 5='2'}", "{8:}", "{8: 0='NaN' 1='4' 7='-1'}", "['1' '2' '3' '4' '5' '6' '7' '8']", "{8: 3='Infinity'}")]
    public void ConvertType(string column, DataKind kind, string description, params string[] values)
        => AssertColumn(_ml.Transforms.Conversion.ConvertType("O", column, kind), _data, "O", description, values);

    [Theory]
    [InlineData("1", "1", "1", "True")]
    [InlineData("", "0", "0", "False")]
    [InlineData("-7", "-7", "0", "False")]
    [InlineData("300", "300", "0", "False")]
    [InlineData(".5", "0.5", "0", "False")]
    [InlineData("5.", "5", "0", "False")]
    [InlineData("1e3", "1000", "0", "False")]
    [InlineData("1e", "NaN", "0", "False")]
    [InlineData("-1.5e-3", "-0.0015", "0", "False")]
    [InlineData("+1", "1", "0", "True")]
    [InlineData(" 2.5", "NaN", "0", "False")]
    [InlineData(" 2", "2", "0", "False")]
    [InlineData("1,5", "NaN", "0", "False")]
    [InlineData("?", "NaN", "0", "False")]
    [InlineData("abc", "NaN", "0", "False")]
    [InlineData("-Infinity", "-Infinity", "0", "False")]
    [InlineData("YES", "NaN", "0", "True")]
    [InlineData("3.14159265358979", "3.1415927", "0", "False")]
    [InlineData("123456789012345678901234567890", "1.2345679E+29", "0", "False")]
    public void Text_IsParsed_AsSingle_Byte_AndBoolean(string text, string single, string unsigned, string boolean)
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Field { Text = text }]);
        string Converted(DataKind kind)
            => Values(_ml.Transforms.Conversion.ConvertType("O", "Text", kind).Fit(data).Transform(data), "O")[0];
        Assert.Equal(single, Converted(DataKind.Single));
        Assert.Equal(unsigned, Converted(DataKind.Byte));
        Assert.Equal(boolean, Converted(DataKind.Boolean));
    }

    [Fact]
    public void Text_ThatIsNoSignedInteger_IsAnErrorWhenRead()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Field { Text = "-12" }, new Field { Text = "" }, new Field { Text = "2.5" }]);
        var conversion = _ml.Transforms.Conversion;
        IDataView good = _ml.Data.TakeRows(data, 2);
        Assert.Equal(["-12", "0"], Values(conversion.ConvertType("O", "Text", DataKind.Int32).Fit(good).Transform(good), "O"));
        IDataView bad = conversion.ConvertType("O", "Text", DataKind.Int32).Fit(data).Transform(data);
        Assert.Throws<InvalidOperationException>(() => Values(bad, "O"));
    }

    [Fact]
    public void SlotNames_AreKept_AndPairsConvertSeveralColumns()
    {
        IDataView data = _ml.Transforms.Concatenate("X", "Int", "Int").Fit(_data).Transform(_data);
        IDataView result = _ml.Transforms.Conversion
            .ConvertType([new InputOutputColumnPair("X"), new InputOutputColumnPair("O", "Flag")]).Fit(data).Transform(data);
        Assert.Equal("Vector<Single, 2>; SlotNames: ['Int' 'Int']", Describe(result, "X"));
        Assert.Equal("Single; IsNormalized: True", Describe(result, "O"));
    }

    [Theory]
    [InlineData("A", "source column 'A' with item type 'Single' is not compatible with destination type 'Int32' (Parameter 'inputSchema')")]
    [InlineData(
        "Byte",
        "source column 'Byte' with item type 'Byte' is not compatible with destination type 'Int32' (Parameter 'inputSchema')")]
    [InlineData(
        "Key",
        "source column 'Key' with item type 'Key<UInt32, 0-4>' is not compatible with destination type 'Int32' (Parameter 'inputSchema')")]
    [InlineData("Nope", "Could not find input column 'Nope' (Parameter 'inputSchema')")]
    public void ImpossibleConversions_AreNamed(string column, string message)
    {
        var estimator = _ml.Transforms.Conversion.ConvertType("O", column, DataKind.Int32);
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(_data)).Message);
    }

    [Fact]
    public void ImpossibleConversions_InAChain_AreNamedBeforeAnythingIsFitted()
    {
        var chain = _ml.Transforms.Conversion.ConvertType("O", "A", DataKind.Byte).Append(_ml.Transforms.CopyColumns("P", "O"));
        Assert.Equal(
            "Don't know how to convert A into Byte (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(_data)).Message);
    }

    private sealed class Field
    {
        public string Text { get; set; } = "";
    }
}
