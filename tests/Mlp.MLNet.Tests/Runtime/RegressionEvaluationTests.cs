using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>ML.NET's metrics for numbers, to the last digit.</summary>
public class RegressionEvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(5, 1, "0.19111361503601074 0.06047597351349623 0.2459186318957883 0.06047597507822502 0.9743296463190848")]
    [InlineData(1000, 2, "0.4103447188436985 0.2550013887465677 0.5049766219802335 0.25500139001278194 0.9686506367335332")]
    public void ManyRows(int count, ulong seed, string expected)
        => Assert.Equal(expected, Describe(_ml.Regression.Evaluate(_ml.Data.LoadFromEnumerable(RandomRows(count, seed)))));

    [Fact]
    public void SpecialCases()
    {
        Assert.Equal("0 0 0 0 1", Describe(Evaluate((1, 1), (2, 2))));
        Assert.Equal("1 1 1 1 NaN", Describe(Evaluate((1, 2))));
        Assert.Equal("1 1 1 1 NaN", Describe(Evaluate((3, 2), (3, 4))));
        Assert.Equal("0 0 0 0 0", Describe(Evaluate()));
        Assert.Equal("0.75 0.625 0.7905694150420949 0.625 -1.5", Describe(Evaluate((float.NaN, 2), (1, float.NaN), (1, 2), (2, 2.5f))));
        Assert.Equal("Infinity Infinity Infinity Infinity -Infinity", Describe(Evaluate((1, float.PositiveInfinity), (2, 2))));
        Assert.Equal("5.000000075237331E+29 5.000000150474663E+59 7.07106791826713E+29 Infinity 1", Describe(Evaluate((1e30f, 0), (2, 2))));
    }

    [Fact]
    public void Errors()
    {
        var data = _ml.Data.LoadFromEnumerable(RandomRows(5, 1UL));

        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'data')",
            DataText.Error(() => _ml.Regression.Evaluate(null!)));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Label' not found (Parameter 'schema')",
            DataText.Error(() => _ml.Regression.Evaluate(data, "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: nope column 'Score' not found (Parameter 'schema')",
            DataText.Error(() => _ml.Regression.Evaluate(data, scoreColumnName: "nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for label column 'Flag': expected Single, got Boolean (Parameter "
            + "'schema')",
            DataText.Error(() => _ml.Regression.Evaluate(data, "Flag")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for score column 'Flag': expected Single, got Boolean (Parameter "
            + "'schema')",
            DataText.Error(() => _ml.Regression.Evaluate(data, scoreColumnName: "Flag")));
        Assert.Equal(
            "ArgumentOutOfRangeException: labelColumnName cannot be null or empty (Parameter 'labelColumnName')",
            DataText.Error(() => _ml.Regression.Evaluate(data, "")));
    }

    internal static string Describe(RegressionMetrics metrics)
    {
        object[] values =
        [
            metrics.MeanAbsoluteError, metrics.MeanSquaredError, metrics.RootMeanSquaredError, metrics.LossFunction, metrics.RSquared,
        ];
        return string.Join(" ", values.Select(DataText.Format));
    }

    internal static Row[] RandomRows(int count, ulong seed)
    {
        var random = new PlainRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float label = random.NextSingle() * 10 - 3;
            return new Row { Label = label, Score = label * 0.9f + random.NextSingle() };
        })];
    }

    private RegressionMetrics Evaluate(params (float Label, float Score)[] rows)
        => _ml.Regression.Evaluate(
            _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Label = row.Label, Score = row.Score }).ToArray()));

    internal sealed class Row
    {
        public float Label { get; set; }
        public float Score { get; set; }
        public bool Flag { get; set; }
    }
}
