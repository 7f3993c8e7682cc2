using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>The order of shuffled rows, and the rows that are skipped and taken.</summary>
public class ShuffleTests
{
    private static readonly Row[] AllRows = [.. Enumerable.Range(0, 60).Select(i => new Row { Index = i, Pair = [i, -i], Name = $"n{i}" })];

    [Theory]
    [InlineData(5, 1000, true,
        "55,48,34,59,3,53,21,19,22,12,56,51,57,13,47,32,10,27,49,58,35,30,0,41,20,31,18,14,33,29,37,39,8,11,23,16,5,36,42,44,"
        + "46,45,2,43,25,28,26,6,4,54,52,1,7,24,17,15,38,40,50,9")]
    [InlineData(5, 1000, false,
        "54,14,7,43,34,36,52,20,56,49,37,59,11,0,27,25,28,19,57,53,18,21,9,10,2,33,51,12,40,5,8,45,41,38,6,50,16,23,3,31,30,"
        + "17,47,24,55,44,48,35,4,26,22,42,46,39,32,15,1,58,13,29")]
    [InlineData(5, 10, true,
        "9,8,7,12,13,4,1,0,10,2,19,6,21,5,3,18,25,11,16,28,23,20,30,17,27,26,32,33,29,14,15,34,40,39,36,43,35,44,24,41,31,22,"
        + "38,42,37,49,48,51,57,54,52,59,58,56,53,55,47,45,50,46")]
    [InlineData(5, 10, false,
        "9,3,2,10,0,1,14,4,17,16,15,20,21,12,7,8,18,5,27,6,29,13,11,26,33,19,24,36,31,28,38,25,35,34,40,41,37,22,23,42,48,47,"
        + "44,51,43,52,32,49,39,30,46,50,45,55,53,57,59,58,54,56")]
    [InlineData(5, 1, true,
        "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,"
        + "42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59")]
    [InlineData(-8, 17, true,
        "9,3,0,14,17,10,16,22,8,2,12,13,26,15,29,11,28,5,18,7,19,21,31,32,25,24,20,4,44,38,35,46,41,34,30,49,1,39,40,55,51,33,"
        + "23,45,43,59,37,56,36,52,57,50,53,6,58,48,47,54,42,27")]
    [InlineData(null, 1000, true,
        "45,35,39,47,3,26,37,22,28,46,17,50,55,31,27,33,0,43,1,58,19,34,41,14,16,29,2,53,7,12,11,8,42,54,56,23,4,51,13,44,6,"
        + "32,21,57,25,5,30,36,48,24,15,38,40,10,52,18,49,20,59,9")]
    public void Order_FollowsFromTheSeed(int? seed, int pool, bool shuffleSource, string expected)
    {
        var ml = new MLContext(1);
        var shuffled = ml.Data.ShuffleRows(ml.Data.LoadFromEnumerable(AllRows), seed, pool, shuffleSource);

        Assert.Equal(expected, string.Join(",", shuffled.GetColumn<int>("Index")));
        Assert.Equal(shuffled.GetColumn<int>("Index"), shuffled.GetColumn<int>("Index"));
    }

    [Theory]
    [InlineData(1000, true,
        "42,54,39,10,53,28,3,0,51,24,40,26,49,17,15,27,6,59,19,32,30,58,37,44,33,31,38,25,57,46,5,43,21,29,48,13,56,23,35,2,"
        + "14,22,16,52,1,7,55,4,9,50,11,18,47,8,45,34,12,41,20,36")]
    [InlineData(1, true,
        "37,18,16,53,9,56,4,47,21,36,6,29,24,17,25,34,13,45,38,0,33,3,51,48,8,1,55,59,7,46,58,31,27,57,39,30,23,5,12,43,41,44,"
        + "35,52,2,22,14,15,54,19,20,26,11,28,50,42,40,49,32,10")]
    [InlineData(10, false,
        "9,3,2,10,0,1,14,4,17,16,15,20,21,12,7,8,18,5,27,6,29,13,11,26,33,19,24,36,31,28,38,25,35,34,40,41,37,22,23,42,48,47,"
        + "44,51,43,52,32,49,39,30,46,50,45,55,53,57,59,58,54,56")]
    public void ACachedSource_IsShuffledItself(int pool, bool shuffleSource, string expected)
    {
        var ml = new MLContext(1);
        var shuffled = ml.Data.ShuffleRows(ml.Data.Cache(ml.Data.LoadFromEnumerable(AllRows)), 5, pool, shuffleSource);

        Assert.Equal(expected, string.Join(",", shuffled.GetColumn<int>("Index")));
    }

    [Fact]
    public void ManyRows_MoreThanThePool()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5000).Select(i => new Row { Index = i }));
        var shuffled = ml.Data.ShuffleRows(data, 3).GetColumn<int>("Index").ToList();

        Assert.Equal(
            "807836870 593,867,77,409,923,332,919,225,828,6",
            $"{shuffled.Aggregate(0, (hash, i) => hash * 31 + i)} {string.Join(",", shuffled.Take(10))}");
        Assert.Equal(Enumerable.Range(0, 5000), shuffled.Order());
    }

    [Fact]
    public void AGivenGenerator_DecidesTheOrder()
    {
        var ml = new MLContext(1);
        var shuffled = ml.Data.ShuffleRows(ml.Data.LoadFromEnumerable(AllRows), 5);
        var order = new List<int>();
        using var cursor = shuffled.GetRowCursor(shuffled.Schema, new Random(4));
        var getter = cursor.GetGetter<int>(shuffled.Schema["Index"]);
        int index = 0;
        while (cursor.MoveNext())
        {
            getter(ref index);
            order.Add(index);
        }

        Assert.Equal(
            "28,45,15,36,25,35,48,5,3,33,49,53,0,51,44,34,20,21,9,4,46,32,47,41,56,12,27,57,39,17,30,37,6,55,14,11,8,2,7,10,"
            + "50,18,26,13,52,19,59,16,43,40,38,22,42,24,58,23,1,29,31,54",
            string.Join(",", order));
        Assert.True(shuffled.CanShuffle);
    }

    [Fact]
    public void EveryColumn_MovesAlong()
    {
        var ml = new MLContext(1);
        var shuffled = ml.Data.ShuffleRows(ml.Data.LoadFromEnumerable(AllRows.Take(8).ToArray()), 2, shufflePoolSize: 3);

        Assert.Equal(
            """
            2 [2 -2] 'n2'
            1 [1 -1] 'n1'
            3 [3 -3] 'n3'
            0 [0 0] 'n0'
            5 [5 -5] 'n5'
            6 [6 -6] 'n6'
            4 [4 -4] 'n4'
            7 [7 -7] 'n7'
            """,
            DataText.Rows(shuffled));
        Assert.Equal(8, shuffled.GetRowCount());
        Assert.Equal("2,1,3,0,5,6,4,7", Ids(shuffled));
    }

    [Fact]
    public void TakeAndSkip()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(AllRows);

        Assert.Equal("3: 0,1,2 ids 0,1,2", Indices(ml.Data.TakeRows(data, 3)));
        Assert.Equal("3: 57,58,59 ids 57,58,59", Indices(ml.Data.SkipRows(data, 57)));
        Assert.Equal("2: 10,11 ids 10,11", Indices(ml.Data.TakeRows(ml.Data.SkipRows(data, 10), 2)));
        Assert.Equal("0:  ids ", Indices(ml.Data.SkipRows(data, 100)));
        Assert.Equal("0:  ids ", Indices(ml.Data.SkipRows(data, long.MaxValue)));
        Assert.Equal("345", Indices(ml.Data.TakeRows(ml.Data.LoadFromEnumerable(AllRows.Where(_ => true)), 100)).Length.ToString());
        Assert.False(ml.Data.TakeRows(ml.Data.Cache(data), 3).CanShuffle);

        string Indices(IDataView view) => $"{view.GetRowCount()}: {string.Join(",", view.GetColumn<int>("Index"))} ids {Ids(view)}";
    }

    [Fact]
    public void Errors()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(AllRows);

        Assert.Equal("ArgumentNullException: Value cannot be null. (Parameter 'input')", DataText.Error(() => ml.Data.ShuffleRows(null!)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be positive (Parameter 'shufflePoolSize')",
            DataText.Error(() => ml.Data.ShuffleRows(data, shufflePoolSize: 0)));
        Assert.Equal("ArgumentNullException: Value cannot be null. (Parameter 'input')", DataText.Error(() => ml.Data.TakeRows(null!, 1)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be greater than zero. (Parameter 'count')",
            DataText.Error(() => ml.Data.TakeRows(data, 0)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be greater than zero. (Parameter 'count')",
            DataText.Error(() => ml.Data.SkipRows(data, 0)));
    }

    private static string Ids(IDataView data)
    {
        using var cursor = data.GetRowCursor([]);
        var getter = cursor.GetIdGetter();
        var ids = new List<ulong>();
        var id = default(DataViewRowId);
        while (cursor.MoveNext())
        {
            getter(ref id);
            ids.Add(id.Low);
        }
        return string.Join(",", ids);
    }

    private sealed class Row
    {
        public int Index { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [0, 0];

        public string Name { get; set; } = "";
    }
}
