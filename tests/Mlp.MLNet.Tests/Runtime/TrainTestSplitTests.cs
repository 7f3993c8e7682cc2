using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>Which rows ML.NET's splits choose.</summary>
public class TrainTestSplitTests
{
    private static readonly Row[] AllRows = [.. Enumerable.Range(0, 60).Select(i => new Row
    {
        Index = i,
        Group = i % 7 == 0 ? "" : $" group {i % 11} ",
        Foreign = i % 2 == 0 ? $"é{i % 9}ü" : $"a漢{i % 9}字😀b",
        Key = (uint)(i % 6),
        Single = i % 10 == 9 ? float.NaN : i * 1.7f - 20,
        Double = Math.Sqrt(i),
        Flag = i % 3 == 0,
        Byte = (byte)(i % 13),
        SByte = (sbyte)(i % 13 - 6),
        Int16 = (short)(i * 7 - 100),
        Int64 = (i - 30) * 12345678901L,
        UInt64 = (ulong)i << 40,
        Time = new DateTime(2020, 1, 1 + i % 20, 0, 0, 0, DateTimeKind.Utc),
        Span = TimeSpan.FromMinutes(i % 17),
        Offset = new DateTimeOffset(2020, 1, 1 + i % 20, 0, 0, 0, TimeSpan.FromHours(2)),
        Vector = [i % 4, i % 5 == 0 ? 0 : -0.5f, i % 3],
        Ints = [i % 8, 3],
        Words = [$"w{i % 5}", "x"],
        Longs = [i % 8, 3],
        Flags = [i % 2 == 0, i % 3 == 0],
        Constant = 5,
    })];

    [Theory]
    [InlineData(1, null, "2,12,13,28,33,34,35,37,47,50,53,54,59")]
    [InlineData(0, null, "8,15,17,23,26,29,34,39,40,42,45,50,51,53")]
    [InlineData(null, null, "5,6,18,28,37,44,45,48")]
    [InlineData(null, 7, "3,16,17,19,22,32,34,36,46,52,54")]
    [InlineData(3, -5, "10,44,57")]
    public void Rows_FollowFromTheSeed(int? contextSeed, int? seed, string expected)
    {
        var ml = new MLContext(contextSeed);
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(AllRows), testFraction: 0.2, seed: seed);
        var again = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(AllRows), testFraction: 0.2, seed: seed);

        Assert.Equal(expected, Indices(split.TestSet));
        Assert.Equal(Indices(split.TestSet), Indices(again.TestSet));
        Assert.Equal(Enumerable.Range(0, 60).Except(split.TestSet.GetColumn<int>("Index")), split.TrainSet.GetColumn<int>("Index"));
    }

    [Theory]
    [InlineData(0.1, "-922960454")]
    [InlineData(0.5, "2034703248")]
    [InlineData(0.999, "-568065949")]
    public void ManyRows_AreCountedOnce(double fraction, string expected)
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5000).Select(i => new One { Index = i }));
        var split = ml.Data.TrainTestSplit(data, fraction);

        Assert.Equal(expected, split.TestSet.GetColumn<int>("Index").Aggregate(0, (hash, i) => hash * 31 + i).ToString());
        Assert.Equal(5000, split.TestSet.GetColumn<int>("Index").Count() + split.TrainSet.GetColumn<int>("Index").Count());
    }

    [Theory]
    [InlineData("Group", null,
        "4,5,15,16,18,26,27,29,37,38,40,48,51,59 / 1,2,3,6,8,9,10,11,12,13,17,19,20,22,23,24,25,30,31,32,33,34,36,39,41,43,44,"
        + "45,46,47,50,52,53,54,55,57,58")]
    [InlineData("Group", 3,
        "4,15,26,37,48,59 / 1,2,3,5,6,8,9,10,11,12,13,16,17,18,19,20,22,23,24,25,27,29,30,31,32,33,34,36,38,39,40,41,43,44,45,"
        + "46,47,50,51,52,53,54,55,57,58")]
    [InlineData("Foreign", 3,
        "3,9,11,15,17,21,27,29,33,35,39,45,47,51,53,57 / 0,1,2,4,5,6,7,8,10,12,13,14,16,18,19,20,22,23,24,25,26,28,30,31,32,"
        + "34,36,37,38,40,41,42,43,44,46,48,49,50,52,54,55,56,58,59")]
    [InlineData("Key", null,
        "0,1,6,7,12,13,18,19,24,25,30,31,36,37,42,43,48,49,54,55 / 2,3,4,8,9,10,14,15,16,20,21,22,26,27,28,32,33,34,38,39,40,"
        + "44,45,46,50,51,52,56,57,58")]
    [InlineData("Single", null,
        "0,1,2,3,4,5,6,7,8,10,11,12,13,14,15,16,17,18,20,21,22,23 / 24,25,26,27,28,30,31,32,33,34,35,36,37,38,40,41,42,43,44,"
        + "45,46,47,48,50,51,52,53,54,55,56,57,58")]
    [InlineData("Double", null,
        "0,1,2,3,4,5,6,7,8,9 / 10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,"
        + "41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59")]
    [InlineData("Constant", null,
        "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,"
        + "42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59 / ")]
    [InlineData("Flag", 2,
        "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,"
        + "42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59 / ")]
    [InlineData("Byte", 2,
        "0,1,7,8,11,13,14,20,21,24,26,27,33,34,37,39,40,46,47,50,52,53,59 / 2,3,4,5,6,9,10,12,15,16,17,18,19,22,23,25,28,29,"
        + "30,31,32,35,36,38,41,42,43,44,45,48,49,51,54,55,56,57,58")]
    [InlineData("SByte", 2,
        "0,2,6,7,13,15,19,20,26,28,32,33,39,41,45,46,52,54,58,59 / 1,3,4,5,8,9,10,11,12,14,16,17,18,21,22,23,24,25,27,29,30,"
        + "31,34,35,36,37,38,40,42,43,44,47,48,49,50,51,53,55,56,57")]
    [InlineData("Int16", 2,
        "2,4,5,6,7,11,19,20,23,26,28,29,32,34,37,39,43,46,48,50,53,59 / 0,1,3,8,9,10,12,13,14,15,16,17,18,21,22,24,25,27,30,"
        + "31,33,35,36,38,40,41,42,44,45,47,49,51,52,54,55,56,57,58")]
    [InlineData("Index", 2,
        "0,1,7,8,11,14,15,16,18,20,27,29,32,33,35,38,39,40,41,43,44,45,48,58 / 2,3,4,5,6,9,10,12,13,17,19,21,22,23,24,25,26,"
        + "28,30,31,34,36,37,42,46,47,49,50,51,52,53,54,55,56,57,59")]
    [InlineData("Int64", 2,
        "0,4,6,7,9,10,13,14,15,16,18,20,22,23,27,28,32,34,36,38,41,43,46,47,48,50,51,56 / 1,2,3,5,8,11,12,17,19,21,24,25,26,"
        + "29,30,31,33,35,37,39,40,42,44,45,49,52,53,54,55,57,58,59")]
    [InlineData("UInt64", 2,
        "10,12,13,14,15,18,20,22,26,27,28,31,33,34,35,41,42,45,46,47,50,51,52,55,56,57,58,59 / 0,1,2,3,4,5,6,7,8,9,11,16,17,"
        + "19,21,23,24,25,29,30,32,36,37,38,39,40,43,44,48,49,53,54")]
    [InlineData("Time", 2,
        "2,4,5,7,8,9,11,12,14,16,18,19,22,24,25,27,28,29,31,32,34,36,38,39,42,44,45,47,48,49,51,52,54,56,58,59 / 0,1,3,6,10,"
        + "13,15,17,20,21,23,26,30,33,35,37,40,41,43,46,50,53,55,57")]
    [InlineData("Span", 2,
        "1,2,3,5,7,8,10,12,13,15,18,19,20,22,24,25,27,29,30,32,35,36,37,39,41,42,44,46,47,49,52,53,54,56,58,59 / 0,4,6,9,11,"
        + "14,16,17,21,23,26,28,31,33,34,38,40,43,45,48,50,51,55,57")]
    [InlineData("Offset", 2,
        "7,12,13,14,18,19,27,32,33,34,38,39,47,52,53,54,58,59 / 0,1,2,3,4,5,6,8,9,10,11,15,16,17,20,21,22,23,24,25,26,28,29,"
        + "30,31,35,36,37,40,41,42,43,44,45,46,48,49,50,51,55,56,57")]
    [InlineData("Vector", 2,
        "3,9,10,11,15,17,20,21,23,25,27,29,33,39,41,45,47,50,51,53,57,59 / 0,1,2,4,5,6,7,8,12,13,14,16,18,19,22,24,26,28,30,"
        + "31,32,34,35,36,37,38,40,42,43,44,46,48,49,52,54,55,56,58")]
    [InlineData("Ints", 2,
        "2,6,10,14,18,22,26,30,34,38,42,46,50,54,58 / 0,1,3,4,5,7,8,9,11,12,13,15,16,17,19,20,21,23,24,25,27,28,29,31,32,33,"
        + "35,36,37,39,40,41,43,44,45,47,48,49,51,52,53,55,56,57,59")]
    [InlineData("Longs", 2,
        "1,2,4,7,9,10,12,15,17,18,20,23,25,26,28,31,33,34,36,39,41,42,44,47,49,50,52,55,57,58 / 0,3,5,6,8,11,13,14,16,19,21,"
        + "22,24,27,29,30,32,35,37,38,40,43,45,46,48,51,53,54,56,59")]
    [InlineData("Flags", 2,
        "0,6,12,18,24,30,36,42,48,54 / 1,2,3,4,5,7,8,9,10,11,13,14,15,16,17,19,20,21,22,23,25,26,27,28,29,31,32,33,34,35,37,"
        + "38,39,40,41,43,44,45,46,47,49,50,51,52,53,55,56,57,58,59")]
    [InlineData("Words", 2,
        "0,3,5,8,10,13,15,18,20,23,25,28,30,33,35,38,40,43,45,48,50,53,55,58 / 1,2,4,6,7,9,11,12,14,16,17,19,21,22,24,26,27,"
        + "29,31,32,34,36,37,39,41,42,44,46,47,49,51,52,54,56,57,59")]
    public void Rows_OfOneKey_StayTogether(string key, int? seed, string expected)
    {
        var ml = new MLContext();
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(AllRows), testFraction: 0.4, samplingKeyColumnName: key, seed: seed);

        Assert.Equal(expected, $"{Indices(split.TestSet)} / {Indices(split.TrainSet)}");
    }

    [Fact]
    public void Schema_IsThatOfTheData()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(AllRows);
        foreach (var split in new[] { ml.Data.TrainTestSplit(data), ml.Data.TrainTestSplit(data, samplingKeyColumnName: "Group") })
        {
            Assert.Equal(DataText.Schema(data), DataText.Schema(split.TrainSet));
            Assert.Equal(DataText.Schema(data), DataText.Schema(split.TestSet));
            Assert.Null(split.TestSet.GetRowCount());
        }
        Assert.False(ml.Data.TrainTestSplit(data).TrainSet.CanShuffle);
        Assert.True(ml.Data.TrainTestSplit(ml.Data.Cache(data), samplingKeyColumnName: "Group").TrainSet.CanShuffle);
        Assert.False(ml.Data.TrainTestSplit(ml.Data.Cache(data)).TrainSet.CanShuffle);
    }

    [Fact]
    public void Cursor_CountsItsOwnRows_AndKeepsIds()
    {
        var ml = new MLContext(1);
        var test = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(AllRows), 0.2).TestSet;
        using var cursor = test.GetRowCursor([test.Schema["Key"]]);
        var getId = cursor.GetIdGetter();
        var id = default(DataViewRowId);
        var seen = new List<string>();
        while (cursor.MoveNext())
        {
            getId(ref id);
            seen.Add($"{cursor.Position}:{id.Low}");
        }

        Assert.Equal("0:2 1:12 2:13 3:28 4:33 5:34 6:35 7:37 8:47 9:50 10:53 11:54 12:59", string.Join(" ", seen));
        Assert.False(test.GetRowCursor([test.Schema["Key"]]).IsColumnActive(test.Schema["Index"]));
    }

    [Theory]
    [InlineData(2, null, null,
        "2,3,9,10,12,13,14,15,17,18,19,21,25,28,31,33,34,35,37,39,41,42,47,49,50,51,53,54,57,58,59 / 0,1,4,5,6,7,8,11,16,20,"
        + "22,23,24,26,27,29,30,32,36,38,40,43,44,45,46,48,52,55,56",
        "29 / 31")]
    [InlineData(3, null, 9,
        "2,3,15,18,25,28,30,34,40,41,42,43,44,48,50,52,55,56 / 4,5,6,8,9,14,17,21,23,24,27,29,31,32,35,39,45,46,51,53,54,57 / "
        + "0,1,7,10,11,12,13,16,19,20,22,26,33,36,37,38,47,49,58,59",
        "42 / 38 / 40")]
    [InlineData(5, "Group", null,
        "1,3,12,23,25,34,36,45,47,58 / 2,13,18,24,29,40,46,51,57 / 5,11,16,22,27,33,38,44,55 / 4,9,10,15,20,26,31,32,37,43,48,"
        + "53,54,59 / 6,8,17,19,30,39,41,50,52",
        "41 / 42 / 42 / 37 / 42")]
    [InlineData(4, "Key", null,
        "0,6,12,18,24,30,36,42,48,54 / 1,2,7,8,13,14,19,20,25,26,31,32,37,38,43,44,49,50,55,56 / 2,3,8,9,14,15,20,21,26,27,32,"
        + "33,38,39,44,45,50,51,56,57 / 4,10,16,22,28,34,40,46,52,58",
        "40 / 30 / 30 / 40")]
    [InlineData(4, "Single", null,
        "0,1,2,3,4,5,6,7,8,10,11,12,13,14 / 15,16,17,18,20,21,22,23,24,25,26,27,28 / 30,31,32,33,34,35,36,37,38,40,41,42,43 / "
        + "44,45,46,47,48,50,51,52,53,54,55,56,57,58",
        "40 / 41 / 41 / 40")]
    public void Folds_IncludeBothTheirEnds(int folds, string? key, int? seed, string tested, string trained)
    {
        var ml = new MLContext(1);
        var splits = ml.Data.CrossValidationSplit(ml.Data.LoadFromEnumerable(AllRows), folds, key, seed);

        Assert.Equal(tested, string.Join(" / ", splits.Select(split => Indices(split.TestSet))));
        Assert.Equal(trained, string.Join(" / ", splits.Select(split => split.TrainSet.GetColumn<int>("Index").Count())));
    }

    [Fact]
    public void RandomNumbers_AreDrawnAsOftenAsInMLNet()
    {
        // Shuffling without a seed shows how many components were registered before it.
        var ml = new MLContext(5);
        var data = ml.Data.LoadFromEnumerable(AllRows);
        ml.Data.TrainTestSplit(data);
        ml.Data.TrainTestSplit(data, samplingKeyColumnName: "Key");
        ml.Data.CrossValidationSplit(data, 3);
        ml.Data.TakeRows(ml.Data.SkipRows(ml.Data.Cache(data), 1), 1);

        Assert.Equal(
            "23,28,31,47,50,30,9,6,42,52,26,46,27,54,0,49,44,12,41,36,11,24,51,7,40,13,16,3,59,34,2,39,10,1,35,48,15,21,33,8,"
            + "18,5,4,14,37,17,25,58,19,56,55,20,22,32,53,29,57,45,38,43",
            Indices(ml.Data.ShuffleRows(data)));
    }

    [Fact]
    public void Errors()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(AllRows);

        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'data')",
            DataText.Error(() => ml.Data.TrainTestSplit(null!)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be between 0 and 1 exclusive (Parameter 'testFraction')",
            DataText.Error(() => ml.Data.TrainTestSplit(data, 0)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be between 0 and 1 exclusive (Parameter 'testFraction')",
            DataText.Error(() => ml.Data.TrainTestSplit(data, 1)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be between 0 and 1 exclusive (Parameter 'testFraction')",
            DataText.Error(() => ml.Data.TrainTestSplit(data, double.NaN)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find SamplingKeyColumn column 'nope' (Parameter 'samplingKeyColumn')",
            DataText.Error(() => ml.Data.TrainTestSplit(data, samplingKeyColumnName: "nope")));
        Assert.Equal(
            "ArgumentNullException: Value cannot be null. (Parameter 'data')",
            DataText.Error(() => ml.Data.CrossValidationSplit(null!)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be more than 1 (Parameter 'numberOfFolds')",
            DataText.Error(() => ml.Data.CrossValidationSplit(data, 1)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find SamplingKeyColumn column 'nope' (Parameter 'samplingKeyColumn')",
            DataText.Error(() => ml.Data.CrossValidationSplit(data, samplingKeyColumnName: "nope")));
    }

    private static string Indices(IDataView data) => string.Join(",", data.GetColumn<int>("Index"));

    private sealed class One
    {
        public int Index { get; set; }
    }

    private sealed class Row
    {
        public int Index { get; set; }
        public string Group { get; set; } = "";
        public string Foreign { get; set; } = "";

        [KeyType(5)]
        public uint Key { get; set; }
        public float Single { get; set; }
        public double Double { get; set; }
        public float Constant { get; set; }
        public bool Flag { get; set; }
        public byte Byte { get; set; }
        public sbyte SByte { get; set; }
        public short Int16 { get; set; }
        public long Int64 { get; set; }
        public ulong UInt64 { get; set; }
        public DateTime Time { get; set; }
        public TimeSpan Span { get; set; }
        public DateTimeOffset Offset { get; set; }

        [VectorType(3)]
        public float[] Vector { get; set; } = [];

        [VectorType(2)]
        public int[] Ints { get; set; } = [];

        [VectorType(2)]
        public long[] Longs { get; set; } = [];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        [VectorType(2)]
        public string[] Words { get; set; } = [];
    }
}
