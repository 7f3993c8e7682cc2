using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Transforms;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class RobustScalingTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public RobustScalingTests() => _data = TransformRows.Load(_ml);

    [Theory]
    [InlineData("A", true, 25, 75, "Single; IsNormalized: True", "0.16", "-0.39999998", "NaN", "0", "1.5999999")]
    [InlineData("A", false, 10, 95, "Single; IsNormalized: True", "0.09411765", "-0.23529412", "NaN", "0", "0.9411765")]
    [InlineData("D", true, 25, 75, "Double; IsNormalized: True", "1.5", "NaN", "0", "2", "2")]
    [InlineData("D", false, 0, 33,
        "Double; IsNormalized: True", "0.15151514549448056", "NaN", "-2.121212036922728", "0.9090908729668834", "0.9090908729668834")]
    [InlineData("V", true, 25, 75,
        "Vector<Single, 3>; IsNormalized: True", "[0.6666667 0 NaN]", "[NaN -1.2 NaN]", "[2 NaN NaN]", "[0 0.8 NaN]", "[2 0.8 NaN]")]
    [InlineData("V", false, 25, 75,
        "Vector<Single, 3>; IsNormalized: True", "[0.6666667 0.4 NaN]", "[NaN -0.8 NaN]", "[2 NaN NaN]", "[0 1.2 NaN]", "[2 1.2 NaN]")]
    [InlineData("W", true, 5, 75,
        "Vector<Double, 2>; IsNormalized: True", "[0.4761904842999518 -0.31730159270520125]", "[0.9523809685999036 -1.111111130033221]",
        "[NaN 0.31746032286663456]", "[0 0.31746032286663456]", "[1.4285714528998554 0]")]
    [InlineData("W", false, 75, 25,
        "Vector<Double, 2>; IsNormalized: True", "[7.761021628601339E-09 2.58700720953378E-12]",
        "[1.5522043257202678E-08 -1.29350360476689E-08]", "[NaN 1.034802883813512E-08]", "[0 1.034802883813512E-08]",
        "[2.328306488580402E-08 5.17401441906756E-09]")]
    public void Values(string column, bool centerData, int quantileMin, int quantileMax, params string[] expected)
    {
        IDataView result = _ml.Transforms
            .NormalizeRobustScaling("O", column, centerData: centerData, quantileMin: (uint)quantileMin, quantileMax: (uint)quantileMax)
            .Fit(_data).Transform(_data);
        Assert.Equal(expected, ColumnText.Values(result, "O").Prepend(Describe(result, "O")));
    }

    [Theory]
    [InlineData("5", "Infinity 5")]
    [InlineData("5 1", "0.5 3")]
    [InlineData("5 1 3", "0.5 3")]
    [InlineData("-1 -2 -3 -4", "0.6666667 -2.5")]
    [InlineData("3 3 1 1 2", "1 2")]
    [InlineData("NaN 1 2", "2 1")]
    [InlineData("1 NaN 2", "2 NaN")]
    [InlineData("1 2 NaN", "2 NaN")]
    [InlineData("1 2 NaN 4 5 6", "0.4 3")]
    [InlineData("NaN NaN 1 2 3 -7", "0.2 -3")]
    [InlineData("", "-0 0")]
    [InlineData("1 Infinity 2", "0 2")]
    public void Parameters_OfAScalar(string values, string expected)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(values.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(value => new Row { X = float.Parse(value, System.Globalization.CultureInfo.InvariantCulture) }));
        NormalizingTransformer model = _ml.Transforms.NormalizeRobustScaling("X").Fit(data);
        var affine = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<float>>(model.GetNormalizerModelParameters(0));
        Assert.Equal(expected, $"{DataText.Format(affine.Scale)} {DataText.Format(affine.Offset)}");
    }

    [Fact]
    public void Parameters_OfAVector()
    {
        Assert.Equal("0.6666667 0.2 Infinity; 0 2 0", VectorParameters(centerData: true));
        Assert.Equal("0.6666667 0.2 Infinity; ", VectorParameters(centerData: false));
    }

    [Fact]
    public void MaximumExampleCount_LimitsTheRowsLookedAt()
    {
        IDataView result = _ml.Transforms.NormalizeRobustScaling("O", "A", maximumExampleCount: 2).Fit(_data).Transform(_data);
        Assert.Equal(["1", "-1", "NaN", "0.42857146", "6.1428576"], ColumnText.Values(result, "O"));
    }

    [Fact]
    public void Pairs_NameSeveralColumns()
    {
        IDataView result = _ml.Transforms
            .NormalizeRobustScaling([new InputOutputColumnPair("O", "A"), new InputOutputColumnPair("D")], centerData: false)
            .Fit(_data).Transform(_data);
        Assert.Equal(["0.16", "-0.39999998", "NaN", "0", "1.5999999"], ColumnText.Values(result, "O"));
        Assert.Equal(["0.1", "NaN", "-1.4000000000000001", "0.6000000000000001", "0.6000000000000001"], ColumnText.Values(result, "D"));
    }

    [Fact]
    public void File_KeepsTheParameters()
    {
        ITransformer model = _ml.Transforms.NormalizeRobustScaling("O", "W").Fit(_data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, _data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out _);
        Assert.Equal(ColumnText.Values(model.Transform(_data), "O"), ColumnText.Values(loaded.Transform(_data), "O"));
    }

    [Fact]
    public void WrongColumnsAndArguments_AreRefused()
    {
        Assert.Equal(
            "ArgumentOutOfRangeException: Wrong column type for input column. Expected: Single, Double, Vector of " +
            "Single or Vector of Double. Got: Int32. (Parameter 'srcType')",
            DataText.Error(() => _ml.Transforms.NormalizeRobustScaling("Int").Fit(_data)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Wrong column type for input column. Expected: Single, Double, Vector of " +
            "Single or Vector of Double. Got: Vector<Single>. (Parameter 'srcType')",
            DataText.Error(() => _ml.Transforms.NormalizeRobustScaling("Variable").Fit(_data)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'data')",
            DataText.Error(() => _ml.Transforms.NormalizeRobustScaling("Nope").Fit(_data)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be greater than 1 (Parameter 'maximumExampleCount')",
            DataText.Error(() => _ml.Transforms.NormalizeRobustScaling("A", maximumExampleCount: 1)));
        Assert.Equal(
            "ArgumentOutOfRangeException: name cannot be null or empty (Parameter 'name')",
            DataText.Error(() => _ml.Transforms.NormalizeRobustScaling("")));

        // A fault of ML.NET's: it takes the explicit values of a sparse vector for its first slots.
        Assert.Throws<IndexOutOfRangeException>(() => _ml.Transforms.NormalizeRobustScaling("Sparse").Fit(_data));
    }

    private string VectorParameters(bool centerData)
    {
        NormalizingTransformer model = _ml.Transforms.NormalizeRobustScaling("V", centerData: centerData).Fit(_data);
        var affine = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>>(
            model.GetNormalizerModelParameters(0));
        return $"{Text(affine.Scale)}; {Text(affine.Offset)}";
    }

    private static string Text(ImmutableArray<float> numbers) => string.Join(" ", numbers.Select(number => DataText.Format(number)));

    private sealed class Row
    {
        public float X { get; set; }
    }
}
