using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Transforms;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class NormalizerTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public NormalizerTests() => _data = TransformRows.Load(_ml);

    [Theory]
    [InlineData("A", true, "Single", "0.1", "-0.25", "NaN", "0", "1")]
    [InlineData("A", false, "Single", "0.28", "0", "NaN", "0.19999999", "1")]
    [InlineData("V", true, "Vector<Single, 3>", "[0.33333334 0.33333334 0]", "[NaN -0.6666667 0]", "[1 NaN 0]", "[0 1 0]", "[1 1 0]")]
    [InlineData("V", false, "Vector<Single, 3>", "[0.33333334 0.6 0]", "[NaN 0 0]", "[1 NaN 0]", "[0 1 0]", "[1 1 0]")]
    [InlineData("W", false, "Vector<Double, 2>",
        "[0.3333333333333333 0.5556666666666666]", "[0.6666666666666666 0]", "[NaN 1]", "[0 1]", "[1 0.7777777777777777]")]
    [InlineData("Sparse", true, "Vector<Single, 8>",
        "{8: 1=0.25 5=0.33333334}", "{8:}", "{8: 0=NaN 1=1 7=-0.125}", "[1 0.5 1 0 1 1 1 1]", "{8: 3=NaN}")]
    [InlineData("Sparse", false, "Vector<Single, 8>",
        "{8: 1=0.25 5=0.33333334 7=0.11111111}", "{8: 7=0.11111111}", "{8: 0=NaN 1=1}", "[1 0.5 1 0 1 1 1 1]", "{8: 3=NaN 7=0.11111111}")]
    public void MinMax(string column, bool fixZero, string type, params string[] values)
        => AssertColumn(
            _ml.Transforms.NormalizeMinMax("O", column, fixZero: fixZero), _data, "O", type + "; IsNormalized: True", values);

    [Theory]
    [InlineData("A", true, "Single", "0.19312182", "-0.48280454", "NaN", "0", "1.9312181")]
    [InlineData("A", false, "Single", "-0.23824869", "-0.97946686", "NaN", "-0.45002532", "1.6677408")]
    [InlineData("V", true, "Vector<Single, 3>",
        "[0.45883146 0.4170288 0]", "[NaN -0.8340576 0]", "[1.3764944 NaN 0]", "[0 1.2510865 0]", "[1.3764944 1.2510865 0]")]
    [InlineData("V", false, "Vector<Single, 3>",
        "[-0.57735026 -0.12216945 0]", "[NaN -1.5882028 0]", "[0.9622505 NaN 0]", "[-1.3471507 0.85518616 0]", "[0.9622505 0.85518616 0]")]
    [InlineData("W", true, "Vector<Double, 2>",
        "[0.5345224838248488 0.0002862991648102197]", "[1.0690449676496976 -1.4314958240510984]", "[NaN 1.1451966592408787]",
        "[0 1.1451966592408787]", "[1.6035674514745464 0.5725983296204393]")]
    [InlineData("Sparse", true, "Vector<Single, 8>",
        "{8: 1=0.48795006 5=0.70710677}", "{8:}", "{8: 0=NaN 1=1.9518002 7=-0.2773501}",
        "[2 0.9759001 2.2360678 2 2.236068 2.1213202 2.236068 2.2188008]", "{8: 3=Infinity}")]
    public void MeanVariance(string column, bool fixZero, string type, params string[] values)
        => AssertColumn(
            _ml.Transforms.NormalizeMeanVariance("O", column, fixZero: fixZero), _data, "O", type + "; IsNormalized: True", values);

    [Theory]
    [InlineData("A", "Single", "0.405846", "0.16371667", "0", "0.32635692", "0.9523385")]
    [InlineData("W", "Vector<Double, 2>",
        "[0.3273710552413962 0.3826363653735441]", "[0.6726289447586038 0.03645372054211993]", "[0 0.8149343910796738]",
        "[0.08987819762247479 0.8149343910796738]", "[0.9101218023775253 0.6174320340183427]")]
    [InlineData("Sparse", "Vector<Single, 8>",
        "{8: 1=0.39463666 5=0.5680834}", "{8:}", "{8: 1=0.95885515 7=0.23508072}",
        "[0.95839834 0.6557421 0.97730607 0.95839834 0.97730607 0.9704328 0.97730607 0.97655904]", "{8:}")]
    public void MeanVariance_WithDistributionFunction(string column, string type, params string[] values)
        => AssertColumn(
            _ml.Transforms.NormalizeMeanVariance("O", column, useCdf: true), _data, "O", type + "; IsNormalized: True", values);

    [Fact]
    public void Parameters_AreReadable()
    {
        NormalizingTransformer vector = _ml.Transforms.NormalizeMeanVariance("O", "W", fixZero: false).Fit(_data);
        var affine = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<double>>>(
            vector.GetNormalizerModelParameters(0));
        Assert.Equal([1.5, 1.0002], affine.Offset.ToArray());
        Assert.Equal([0.8944271909999159, 0.2988124861840818], affine.Scale.ToArray());
        NormalizingTransformer scalar = _ml.Transforms.NormalizeMeanVariance("O", "A", useCdf: true).Fit(_data);
        var cdf = Assert.IsType<NormalizingTransformer.CdfNormalizerModelParameters<float>>(scalar.GetNormalizerModelParameters(0));
        Assert.Equal(2.125f, cdf.Mean);
        Assert.Equal(4.7219567f, cdf.StandardDeviation);
        Assert.False(cdf.UseLog);
        Assert.Equal(
            "Not valid. Valid range is from 0 (inclusive) to 1 (exclusive) but got 5. (Parameter 'index')",
            Assert.Throws<ArgumentOutOfRangeException>(() => scalar.GetNormalizerModelParameters(5)).Message);
    }

    [Fact]
    public void MaximumExampleCount_LimitsTheRowsLookedAt()
        => AssertColumn(
            _ml.Transforms.NormalizeMinMax("A", maximumExampleCount: 2),
            _data,
            "A",
            "Single; IsNormalized: True",
            "0.4", "-1", "NaN", "0", "4");

    [Fact]
    public void SlotNames_AreKept_AndPairsNameSeveralColumns()
    {
        IDataView data = _ml.Transforms.Concatenate("X", "A", "A").Fit(_data).Transform(_data);
        IDataView result = _ml.Transforms
            .NormalizeMinMax([new InputOutputColumnPair("X1", "X"), new InputOutputColumnPair("A")]).Fit(data).Transform(data);
        Assert.Equal("Vector<Single, 2>; IsNormalized: True; SlotNames: ['A' 'A']", Describe(result, "X1"));
        Assert.Equal("Single; IsNormalized: True", Describe(result, "A"));
    }

    [Fact]
    public void NoRows_GiveScaleZero()
    {
        NormalizingTransformer model = _ml.Transforms.NormalizeMinMax("O", "A").Fit(TransformRows.LoadEmpty(_ml));
        Assert.Equal(["0", "-0", "NaN", "0", "0"], Values(model.Transform(_data), "O"));
    }

    [Fact]
    public void BadColumns_AreNamed()
    {
        Assert.Equal(
            "Could not find input column 'Nope' (Parameter 'data')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("Nope").Fit(_data)).Message);
        Assert.Equal(
            "Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: Int32. " +
                "(Parameter 'srcType')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("O", "Int").Fit(_data)).Message);
        var chain = _ml.Transforms.NormalizeMinMax("O", "Variable").Append(_ml.Transforms.CopyColumns("P", "O"));
        Assert.Equal(
            "Schema mismatch for input column 'Variable': expected known-size vector or scalar, got VarVector<Single> " +
                "(Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(_data)).Message);
        Assert.Equal(
            "Must be greater than 1 (Parameter 'maximumExampleCount')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("A", maximumExampleCount: 1)).Message);
    }
}
