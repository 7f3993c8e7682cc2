using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>How ML.NET's text loader goes through files: lines, cursors and errors.</summary>
public class TextLoaderTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void CommentsAndBlankLines_AreSkipped()
    {
        using var file = new TextFile("#a", "//b", "", "1", "#c", "// d", "", " ", "/2", "3 ");
        Assert.Equal(
            """
            '1'
            '#c'
            ''
            '/2'
            '3 '
            """,
            DataText.Rows(_ml.Data.LoadFromTextFile(file.Path, [Text("A", 0)])));
        Assert.Equal(
            """
            '1'
            '#c'
            ''
            '/2'
            '3'
            """,
            DataText.Rows(_ml.Data.LoadFromTextFile(file.Path, [Text("A", 0)], trimWhitespace: true)));
        Assert.Equal(
            """
            '#c'
            ''
            '/2'
            '3 '
            """,
            DataText.Rows(_ml.Data.LoadFromTextFile(file.Path, [Text("A", 0)], hasHeader: true)));
    }

    [Fact]
    public void LineBreaks_OfEveryKind()
    {
        using var file = new TextFile("1\r\n2\r3\n\r\n4");
        Assert.Equal(
            """
            '1'
            '2'
            '3'
            '4'
            """,
            DataText.Rows(_ml.Data.LoadFromTextFile(file.Path, [Text("A", 0)])));
    }

    [Fact]
    public void SeveralFiles_EachWithItsHeader_AndMaxRows()
    {
        using var first = new TextFile("h", "1", "2");
        using var second = new TextFile("h", "3", "4");
        var options = new TextLoader.Options { Columns = [Text("A", 0)], HasHeader = true };
        var source = new MultiFileSource(first.Path, second.Path);
        var loader = _ml.Data.CreateTextLoader(options);
        options.MaxRows = 3;
        var limited = _ml.Data.CreateTextLoader(options);

        Assert.Equal(
            """
            '1'
            '2'
            '3'
            '4'
            """,
            DataText.Rows(loader.Load(source)));
        Assert.Equal(
            """
            '1'
            '2'
            '3'
            '4'
            """,
            DataText.Rows(loader.Load(new MultiFileSource(first.Path + "+" + second.Path))));
        Assert.Equal(
            """
            '1'
            '2'
            '3'
            """,
            DataText.Rows(limited.Load(source)));
        Assert.Equal("", DataText.Rows(loader.Load(new MultiFileSource(null))));
        Assert.Equal("'3' '4' '1' '2'", string.Join(" ", DataText.RowList(loader.Load(second.Path, first.Path))));
        Assert.Equal("", DataText.Rows(loader.Load()));
    }

    [Fact]
    public void Cursor_HasPositionsAndIds_AndStartsAgain()
    {
        using var file = new TextFile("1", "2", "3");
        var data = _ml.Data.LoadFromTextFile(file.Path, [Text("A", 0)]);
        for (int pass = 0; pass < 2; pass++)
        {
            using var cursor = data.GetRowCursor(data.Schema);
            var getId = cursor.GetIdGetter();
            var id = default(DataViewRowId);
            Assert.Equal(-1, cursor.Position);
            for (int row = 0; row < 3; row++)
            {
                Assert.True(cursor.MoveNext());
                getId(ref id);
                Assert.Equal(row, cursor.Position);
                Assert.Equal((ulong)row, id.Low);
            }
            Assert.False(cursor.MoveNext());
            Assert.Equal(-1, cursor.Position);
        }
    }

    [Fact]
    public void OnlyActiveColumns_AreParsed()
    {
        using var file = new TextFile("1,x", "2,y");
        var data = _ml.Data.LoadFromTextFile(file.Path, [Text("A", 0), new TextLoader.Column("B", DataKind.Int32, 1)], ',');

        Assert.Equal(["1", "2"], data.GetColumn<string>("A"));
        Assert.Equal(
            "FormatException: Parsing failed with an exception: Could not parse value x in line 1, column B",
            DataText.Error(() => data.GetColumn<int>("B").ToList()));
        using var cursor = data.GetRowCursor([data.Schema["A"]]);
        Assert.False(cursor.IsColumnActive(data.Schema["B"]));
        Assert.IsType<InvalidOperationException>(Record.Exception(() => cursor.GetGetter<int>(data.Schema["B"])));
        Assert.IsType<InvalidOperationException>(Record.Exception(() => cursor.GetGetter<int>(data.Schema["A"])));
    }

    [Fact]
    public void AFileThatIsGone_IsAnErrorOfTheFirstRow()
    {
        IDataView data;
        using (var file = new TextFile("1"))
            data = _ml.Data.LoadFromTextFile(file.Path, [Text("A", 0)]);

        using var cursor = data.GetRowCursor(data.Schema);
        var exception = Assert.Throws<FormatException>(() => cursor.MoveNext());
        Assert.Equal("Parsing failed with an exception: Stream reading encountered exception", exception.Message);
    }

    [Fact]
    public void ABadNumber_IsNaNAndIsLogged()
    {
        using var file = new TextFile("1", "x", "3");
        var messages = new List<string>();
        _ml.Log += (_, message) =>
        {
            lock (messages)
                messages.Add($"{message.Kind} {message.RawMessage}");
        };
        var data = _ml.Data.LoadFromTextFile(file.Path, [new TextLoader.Column("A", DataKind.Single, 0)]);

        Assert.Equal([1, float.NaN, 3], data.GetColumn<float>("A"));
        Assert.Equal(
            """
            Info   Bad value at line 2 in column A
            Info Processed 3 rows with 1 bad values and 0 format errors
            """,
            string.Join("\n", messages.Where(message => message.Contains("bad", StringComparison.OrdinalIgnoreCase))));
    }

    private static TextLoader.Column Text(string name, int index) => new(name, DataKind.String, index);
}
