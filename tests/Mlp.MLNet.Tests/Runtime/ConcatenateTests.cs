using Microsoft.ML;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class ConcatenateTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public ConcatenateTests() => _data = TransformRows.Load(_ml);

    [Fact]
    public void ScalarAndVector_AreJoined_AndTheScalarNamesItsSlot()
        => AssertColumn(
            _ml.Transforms.Concatenate("O", "A", "V"),
            _data,
            "O",
            "Vector<Single, 4>; SlotNames: {4: 0='A'}",
            "[1 1 2 0]", "[-2.5 NaN -4 0]", "[NaN 3 NaN 0]", "[0 0 6 0]", "[10 3 6 0]");

    [Fact]
    public void OneVector_IsPassedThrough_WithItsAnnotations()
        => AssertColumn(
            _ml.Transforms.NormalizeMinMax("X", "V").Append(_ml.Transforms.Concatenate("O", "X")),
            _data,
            "O",
            "Vector<Single, 3>; IsNormalized: True",
            "[0.33333334 0.33333334 0]", "[NaN -0.6666667 0]", "[1 NaN 0]", "[0 1 0]", "[1 1 0]");

    [Fact]
    public void SparseStaysSparse_UnlessMostValuesAreExplicit()
        => AssertColumn(
            _ml.Transforms.Concatenate("O", "Sparse", "A"),
            _data,
            "O",
            "Vector<Single, 9>; SlotNames: {9: 8='A'}",
            "{9: 1=1 5=2 8=1}", "{9: 8=-2.5}", "{9: 0=NaN 1=4 7=-1 8=NaN}", "[1 2 3 4 5 6 7 8 0]", "{9: 3=Infinity 8=10}");

    [Fact]
    public void VariableLength_StaysVariable_AndHasNoSlotNames()
        => AssertColumn(
            _ml.Transforms.Concatenate("O", "A", "Variable"),
            _data,
            "O",
            "Vector<Single>",
            "[1 1]", "[-2.5 2 3]", "[NaN NaN]", "[0]", "[10 5 6 7 8]");

    [Fact]
    public void TextAndTruthValues_AreJoinedToo()
    {
        AssertColumn(
            _ml.Transforms.Concatenate("O", "Text", "Texts"),
            _data,
            "O",
            "Vector<String, 3>; SlotNames: ['Text' '' '']",
            "['red' 'x' '']", "['green' 'y' 'x']", "['red' '' '']", "['' 'z' 'y']", "['Blue' 'x' 'x']");
        IDataView flags = _ml.Transforms.Concatenate("O", "Flag", "Flag").Fit(_data).Transform(_data);
        Assert.Equal("Vector<Boolean, 2>; SlotNames: ['Flag' 'Flag']", Describe(flags, "O"));
    }

    [Fact]
    public void NestedNames_ArePrefixedWithTheirColumn()
    {
        var pipeline = _ml.Transforms.Concatenate("X", "A", "A").Append(_ml.Transforms.Concatenate("O", "X", "A"));
        Assert.Equal(
            "Vector<Single, 3>; SlotNames: ['X.A' 'X.A' 'A']",
            Describe(pipeline.Fit(_data).Transform(_data), "O"));
    }

    [Fact]
    public void IsNormalized_OnlyWhenAllSourcesAre()
    {
        IDataView data = _ml.Transforms.NormalizeMinMax("A1", "A").Fit(_data).Transform(_data);
        Assert.Equal(
            "Vector<Single, 2>; IsNormalized: True; SlotNames: ['A1' 'A1']",
            Describe(_ml.Transforms.Concatenate("O", "A1", "A1").Fit(data).Transform(data), "O"));
        Assert.Equal(
            "Vector<Single, 2>; SlotNames: ['A1' 'A']",
            Describe(_ml.Transforms.Concatenate("O", "A1", "A").Fit(data).Transform(data), "O"));
    }

    [Fact]
    public void CategoricalRanges_AreShifted()
    {
        IDataView data = _ml.Transforms.Categorical.OneHotEncoding("H", "Text").Fit(_data).Transform(_data);
        Assert.Equal(
            "Vector<Single, 7>; SlotNames: ['A' 'H.red' 'H.green' 'H.Blue' 'H.red' 'H.green' 'H.Blue']; CategoricalSlotRanges: [1 3 4 6]",
            Describe(_ml.Transforms.Concatenate("O", "A", "H", "H").Fit(data).Transform(data), "O"));
    }

    [Fact]
    public void BadColumns_AreNamed_OnlyWhenDataIsTransformed()
    {
        var missing = _ml.Transforms.Concatenate("O", "A", "Nope").Fit(_data);
        Assert.Equal(
            "Could not find input column 'Nope' (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => missing.Transform(_data)).Message);
        var mixed = _ml.Transforms.Concatenate("O", "A", "W").Fit(_data);
        Assert.Equal(
            "Schema mismatch for input column 'W': expected Single, got Vector<Double, 2> (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => mixed.Transform(_data)).Message);
    }

    [Fact]
    public void BadColumns_InAChain_AreNamedBeforeAnythingIsFitted()
    {
        IEstimator<ITransformer> Chain(params string[] inputs)
            => _ml.Transforms.Concatenate("O", inputs).Append(_ml.Transforms.CopyColumns("P", "O"));
        Assert.Equal(
            "Concatenated columns should have the same type. Column 'D' has type of Double, but expected column type is Single.",
            Assert.Throws<InvalidOperationException>(() => Chain("A", "D").Fit(_data)).Message);
        Assert.Equal(
            "Column 'Key' is key. Concatenation of keys is unsupported.",
            Assert.Throws<InvalidOperationException>(() => Chain("Key").Fit(_data)).Message);
    }

    [Fact]
    public void BadNames_AreRefused()
    {
        Assert.Equal(
            "Input columns not specified (Parameter 'inputColumnNames')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Concatenate("O")).Message);
        Assert.Equal(
            "Contained some null or empty items (Parameter 'inputColumnNames')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Concatenate("O", "A", "")).Message);
        Assert.Equal(
            "outputColumnName cannot be null or empty (Parameter 'outputColumnName')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Concatenate("", "A")).Message);
        Assert.Throws<ArgumentNullException>(() => _ml.Transforms.Concatenate("O", null!));
    }
}
