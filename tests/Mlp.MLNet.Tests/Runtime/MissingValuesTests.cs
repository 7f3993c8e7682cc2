using Microsoft.ML;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class MissingValuesTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public MissingValuesTests() => _data = TransformRows.Load(_ml);

    [Theory]
    [InlineData(ReplacementMode.DefaultValue, "0")]
    [InlineData(ReplacementMode.Mean, "2.125")]
    [InlineData(ReplacementMode.Minimum, "-2.5")]
    [InlineData(ReplacementMode.Maximum, "10")]
    [InlineData(ReplacementMode.Mode, "1")]
    public void Scalar(ReplacementMode mode, string replacement)
        => AssertColumn(_ml.Transforms.ReplaceMissingValues("O", "A", mode), _data, "O", "Single", "1", "-2.5", replacement, "0", "10");

    [Theory]
    [InlineData(ReplacementMode.DefaultValue, true, "[0 -4 0]", "[3 0 0]")]
    [InlineData(ReplacementMode.Mean, true, "[1.75 -4 0]", "[3 2.5 0]")]
    [InlineData(ReplacementMode.Mean, false, "[1.3076923 -4 0]", "[3 1.3076923 0]")]
    [InlineData(ReplacementMode.Minimum, true, "[0 -4 0]", "[3 -4 0]")]
    [InlineData(ReplacementMode.Minimum, false, "[-4 -4 0]", "[3 -4 0]")]
    [InlineData(ReplacementMode.Maximum, true, "[3 -4 0]", "[3 6 0]")]
    [InlineData(ReplacementMode.Maximum, false, "[6 -4 0]", "[3 6 0]")]
    [InlineData(ReplacementMode.Mode, true, "[3 -4 0]", "[3 6 0]")]
    [InlineData(ReplacementMode.Mode, false, "[0 -4 0]", "[3 0 0]")]
    public void Vector(ReplacementMode mode, bool bySlot, string second, string third)
        => AssertColumn(
            _ml.Transforms.ReplaceMissingValues("O", "V", mode, bySlot),
            _data,
            "O",
            "Vector<Single, 3>",
            "[1 2 0]", second, third, "[0 6 0]", "[3 6 0]");

    [Theory]
    [InlineData(ReplacementMode.DefaultValue, true, "{8: 1=4 7=-1}")]
    [InlineData(ReplacementMode.Mean, true, "{8: 0=0.25 1=4 7=-1}")]
    [InlineData(ReplacementMode.Mean, false, "{8: 0=1.1052631 1=4 7=-1}")]
    [InlineData(ReplacementMode.Minimum, true, "{8: 1=4 7=-1}")]
    [InlineData(ReplacementMode.Minimum, false, "{8: 0=-1 1=4 7=-1}")]
    [InlineData(ReplacementMode.Maximum, false, "{8: 0=Infinity 1=4 7=-1}")]
    [InlineData(ReplacementMode.Mode, true, "{8: 0=1 1=4 7=-1}")]
    public void SparseVector_CountsItsImplicitZeros_ButForTheMode(ReplacementMode mode, bool bySlot, string third)
        => AssertColumn(
            _ml.Transforms.ReplaceMissingValues("O", "Sparse", mode, bySlot),
            _data,
            "O",
            "Vector<Single, 8>",
            "{8: 1=1 5=2}", "{8:}", third, "[1 2 3 4 5 6 7 8]", "{8: 3=Infinity}");

    [Fact]
    public void Indicator_SaysWhichAreMissing()
    {
        AssertColumn(
            _ml.Transforms.IndicateMissingValues("O", "A"), _data, "O", "Boolean; IsNormalized: True", "False", "False", "True", "False", "False");
        AssertColumn(
            _ml.Transforms.IndicateMissingValues([new InputOutputColumnPair("O", "V")]),
            _data,
            "O",
            "Vector<Boolean, 3>; IsNormalized: True",
            "{3:}", "[True False False]", "[False True False]", "{3:}", "{3:}");
        AssertColumn(
            _ml.Transforms.IndicateMissingValues("O", "Sparse"),
            _data,
            "O",
            "Vector<Boolean, 8>; IsNormalized: True",
            "{8:}", "{8:}", "{8: 0=True}", "{8:}", "{8:}");
        IDataView data = _ml.Transforms.Concatenate("X", "A", "A").Fit(_data).Transform(_data);
        Assert.Equal(
            "Vector<Boolean, 2>; SlotNames: ['A' 'A']; IsNormalized: True",
            Describe(_ml.Transforms.IndicateMissingValues("X").Fit(data).Transform(data), "X"));
    }

    [Fact]
    public void Indicator_OfColumnsWithoutMissingValues_IsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.IndicateMissingValues("O", "nope").Fit(_data));
        Assert.Contains("nope", error.Message);
        Assert.ThrowsAny<Exception>(() => _ml.Transforms.IndicateMissingValues("O", "Text").Fit(_data));
    }

    [Fact]
    public void VariableLength_IsImputedAsAWhole()
        => AssertColumn(
            _ml.Transforms.ReplaceMissingValues("O", "Variable", ReplacementMode.Mean),
            _data,
            "O",
            "Vector<Single>",
            "[1]", "[2 3]", "[4.571429]", "[]", "[5 6 7 8]");

    [Fact]
    public void Double_AndAnnotations()
    {
        AssertColumn(
            _ml.Transforms.ReplaceMissingValues("D", replacementMode: ReplacementMode.Mean),
            _data,
            "D",
            "Double",
            "0.5", "-0.12500000000000022", "-7", "3", "3");
        IDataView data = _ml.Transforms.Concatenate("X", "A", "A").Append(_ml.Transforms.NormalizeMinMax("X")).Fit(_data).Transform(_data);
        IDataView result = _ml.Transforms.ReplaceMissingValues([new InputOutputColumnPair("O", "X")]).Fit(data).Transform(data);
        Assert.Equal("Vector<Single, 2>; IsNormalized: True; SlotNames: ['A' 'A']", Describe(result, "O"));
    }

    [Fact]
    public void OtherVectorSize_ThanLearned_IsRefused()
    {
        var model = _ml.Transforms.ReplaceMissingValues("O", "V", ReplacementMode.Mean).Fit(_data);
        IDataView other = _ml.Transforms.Concatenate("V", "A", "A").Fit(_data).Transform(_data);
        Assert.Equal(
            "Column 'V' item type 'Vector<Single, 3>' must be a scalar or a vector of the same size as Columntype 'Vector<Single, 2>' " +
                "(Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => model.Transform(other)).Message);
    }

    [Fact]
    public void BadColumns_AreNamed()
    {
        string MessageFor(string column)
            => Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ReplaceMissingValues("O", column).Fit(_data)).Message;
        Assert.Equal("Could not find input column 'Nope' (Parameter 'input')", MessageFor("Nope"));
        Assert.Equal(
            "Type 'String' is not supported by NAReplaceTransform since it doesn't have an NA value (Parameter 'inputSchema')",
            MessageFor("Text"));
        Assert.Equal(
            "Type 'Key<UInt32, 0-4>' is not supported by NAReplaceTransform since its NA value is equivalent to its default value " +
                "(Parameter 'inputSchema')",
            MessageFor("Key"));
    }
}
