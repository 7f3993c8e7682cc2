using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>What a cached view computes, and how often.</summary>
public class CacheTests
{
    private readonly MLContext _ml = new(seed: 1);
    private int _passes;

    [Fact]
    public void Rows_AreComputedOnce()
    {
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(CountedRows()));
        Assert.Equal(0, _passes);

        string first = DataText.Rows(cached);
        string second = DataText.Rows(cached);

        Assert.Equal(
            """
            0 [0 0] 'n0'
            1 [1 -1] 'n1'
            2 [0 0] 'n2'
            3 [3 -3] 'n3'
            """,
            first);
        Assert.Equal(first, second);
        Assert.Equal(1, _passes);
        Assert.Equal(4, cached.GetRowCount());
    }

    [Fact]
    public void OnlyColumnsThatAreNeeded_AreRead()
    {
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(CountedRows()));
        Assert.Equal([0, 1, 2, 3], cached.GetColumn<int>("Index"));
        Assert.Equal([0, 1, 2, 3], cached.GetColumn<int>("Index"));
        Assert.Equal(1, _passes);
        Assert.Equal(["n0", "n1", "n2", "n3"], cached.GetColumn<string>("Name"));
        Assert.Equal(2, _passes);
    }

    [Fact]
    public void Cursor_WithAGenerator_GoesThroughAPermutation()
    {
        var rows = Enumerable.Range(0, 20).Select(i => new Row { Index = i });
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(rows));
        using var cursor = cached.GetRowCursor(cached.Schema, new Random(7));
        var getter = cursor.GetGetter<int>(cached.Schema["Index"]);
        var getId = cursor.GetIdGetter();
        var seen = new List<string>();
        int index = 0;
        var id = default(DataViewRowId);
        while (cursor.MoveNext())
        {
            getter(ref index);
            getId(ref id);
            seen.Add($"{index}:{id.Low}");
        }

        Assert.Equal(
            "7:7 17:17 13:13 3:3 9:9 15:15 6:6 19:19 18:18 8:8 14:14 0:0 5:5 2:2 11:11 1:1 10:10 4:4 16:16 12:12",
            string.Join(" ", seen));
        Assert.True(cached.CanShuffle);
    }

    [Fact]
    public void ManyReaders_AtOnce()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => new Row { Index = i, Name = $"{i}" }).ToArray();
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(rows));
        Parallel.For(0, 8, i =>
        {
            if (i % 2 == 0)
                Assert.Equal(Enumerable.Range(0, 1000), cached.GetColumn<int>("Index"));
            else
                Assert.Equal(Enumerable.Range(0, 1000).Select(n => $"{n}"), cached.GetColumn<string>("Name"));
        });
    }

    [Fact]
    public void SchemaAndRowCount_AreThoseOfTheSource()
    {
        var source = _ml.Data.LoadFromEnumerable(new[] { new Row(), new Row() });
        var cached = _ml.Data.Cache(source, "Name");

        Assert.Equal(DataText.Schema(source), DataText.Schema(cached));
        Assert.Equal(2, cached.GetRowCount());
        Assert.Null(_ml.Data.Cache(_ml.Data.LoadFromEnumerable(CountedRows())).GetRowCount());
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find prefetch column 'nope' (Parameter 'columnsToPrefetch')",
            DataText.Error(() => _ml.Data.Cache(source, "nope")));
        Assert.Equal("ArgumentNullException: Value cannot be null. (Parameter 'input')", DataText.Error(() => _ml.Data.Cache(null!)));
    }

    [Fact]
    public void AnErrorOfTheSource_ReachesTheReader()
    {
        using var file = new TextFile("1", "x");
        var cached = _ml.Data.Cache(_ml.Data.LoadFromTextFile(file.Path, [new TextLoader.Column("A", DataKind.Int32, 0)]));

        Assert.NotNull(Record.Exception(() => cached.GetColumn<int>("A").ToList()));
    }

    private IEnumerable<Row> CountedRows()
    {
        _passes++;
        for (int i = 0; i < 4; i++)
            yield return new Row { Index = i, Pair = i == 2 ? [0, 0] : [i, -i], Name = $"n{i}" };
    }

    private sealed class Row
    {
        public int Index { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [0, 0];

        public string Name { get; set; } = "";
    }
}
