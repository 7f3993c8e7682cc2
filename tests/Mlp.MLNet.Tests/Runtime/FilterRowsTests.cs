using Microsoft.ML;

namespace Mlp.MLNet.Tests.Runtime;

public class FilterRowsTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public FilterRowsTests() => _data = TransformRows.Load(_ml);

    [Theory]
    [InlineData("A", double.NegativeInfinity, double.PositiveInfinity, "1 0.5; -2.5 NaN; 0 3; 10 3")]
    [InlineData("A", -2.5, 10, "1 0.5; -2.5 NaN; 0 3")]
    [InlineData("A", 0, 10.000001, "1 0.5; 0 3; 10 3")]
    [InlineData("A", 20, 30, "")]
    [InlineData("D", -7, 3, "1 0.5; NaN -7")]
    [InlineData("D", 0.5, double.PositiveInfinity, "1 0.5; 0 3; 10 3")]
    public void ByColumn(string column, double lowerBound, double upperBound, string expected)
        => Assert.Equal(expected, Rows(_ml.Data.FilterRowsByColumn(_data, column, lowerBound, upperBound)));

    [Fact]
    public void ByColumn_InfinityIsNotBelowInfinity()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            new[] { float.NegativeInfinity, float.MaxValue, float.PositiveInfinity, float.NaN }.Select(value => new Row { X = value }));
        Assert.Equal("-Infinity 3.4028235E+38", string.Join(" ", DataText.RowList(_ml.Data.FilterRowsByColumn(data, "X"))));
    }

    [Fact]
    public void ByColumn_CompareInTheColumnsPrecision()
    {
        // 0.1f is a bit more than 0.1.
        IDataView data = _ml.Data.LoadFromEnumerable([new Row { X = 0.1f }]);
        Assert.Equal("0.1", string.Join(" ", DataText.RowList(_ml.Data.FilterRowsByColumn(data, "X", 0.1, 0.2))));
        Assert.Equal("", string.Join(" ", DataText.RowList(_ml.Data.FilterRowsByColumn(data, "X", 0, 0.1))));
    }

    [Fact]
    public void View_KeepsTheSchemaAndKnowsNoCount()
    {
        IDataView view = _ml.Data.FilterRowsByColumn(_data, "A");
        Assert.Equal(DataText.Schema(_data), DataText.Schema(view));
        Assert.Null(view.GetRowCount());
        Assert.Equal(_data.CanShuffle, view.CanShuffle);

        // The column is tested also when nobody else reads it; positions count the rows that are left.
        using DataViewRowCursor cursor = _ml.Data.FilterRowsByColumn(_data, "A", 5).GetRowCursor([]);
        Assert.False(cursor.IsColumnActive(view.Schema["A"]));
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Theory]
    [InlineData("A", "1 0.5; -2.5 NaN; 0 3; 10 3")]
    [InlineData("D", "1 0.5; NaN -7; 0 3; 10 3")]
    [InlineData("V", "1 0.5; 0 3; 10 3")]
    [InlineData("Sparse", "1 0.5; -2.5 NaN; 0 3; 10 3")]
    [InlineData("Variable", "1 0.5; -2.5 NaN; 0 3; 10 3")]
    [InlineData("Key", "1 0.5; -2.5 NaN; 0 3")]
    [InlineData("A D", "1 0.5; 0 3; 10 3")]
    public void ByMissingValues(string columns, string expected)
        => Assert.Equal(expected, Rows(_ml.Data.FilterRowsByMissingValues(_data, columns.Split(' '))));

    [Fact]
    public void ByMissingValues_KeysInVectors()
    {
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Texts", "Texts", 2).Fit(_data).Transform(_data);
        Assert.Equal("[1 0]\n[2 1]\n[2| ]\n[0 2]\n[1 1]", DataText.Rows(data, "Texts"));
        Assert.Equal("[2 1]\n[1 1]", DataText.Rows(_ml.Data.FilterRowsByMissingValues(data, "Texts"), "Texts"));
    }

    [Fact]
    public void WrongArguments_AreRefused()
    {
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'input')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(null!, "A")));
        Assert.Equal(
            "ArgumentOutOfRangeException: columnName cannot be null or empty (Parameter 'columnName')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Column 'Nope' not found (Parameter 'name')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "Nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be less than lowerBound (Parameter 'upperBound')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "A", 1, 1)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be less than lowerBound (Parameter 'upperBound')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "A", double.NaN)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for filter column 'Text': expected number, got String (Parameter 'columnName')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "Text")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for filter column 'V': expected number, got Vector<Single, " +
            "3> (Parameter 'columnName')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "V")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Column 'Int' does not have compatible type (Parameter 'Column')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "Int")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Schema mismatch for filter column 'Key': expected number, got Key<UInt32, " +
            "0-4> (Parameter 'columnName')",
            DataText.Error(() => _ml.Data.FilterRowsByColumn(_data, "Key")));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'input')",
            DataText.Error(() => _ml.Data.FilterRowsByMissingValues(null!, "A")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Specified argument was out of the range of valid values. (Parameter 'columns')",
            DataText.Error(() => _ml.Data.FilterRowsByMissingValues(_data)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Source column 'Nope' not found (Parameter 'Columns')",
            DataText.Error(() => _ml.Data.FilterRowsByMissingValues(_data, "Nope")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Source column 'A' specified multiple times (Parameter 'Columns')",
            DataText.Error(() => _ml.Data.FilterRowsByMissingValues(_data, "A", "A")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Column 'Text' has type String which does not support missing values, so we " +
            "cannot filter on them (Parameter 'Columns')",
            DataText.Error(() => _ml.Data.FilterRowsByMissingValues(_data, "Text")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Column 'Int' has type Int32 which does not support missing values, so we " +
            "cannot filter on them (Parameter 'Columns')",
            DataText.Error(() => _ml.Data.FilterRowsByMissingValues(_data, "Int")));
    }

    private static string Rows(IDataView data) => string.Join("; ", DataText.RowList(data, "A", "D"));

    private sealed class Row
    {
        public float X { get; set; }
    }
}
