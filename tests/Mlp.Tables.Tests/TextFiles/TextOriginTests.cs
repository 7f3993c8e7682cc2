using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.TestSupport;

namespace Mlp.Tables.Tests;

/// <summary>Several files of text as one table.</summary>
public sealed class TextOriginTests : IDisposable
{
    private const int RowCount = 90;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A file as it is, one with other separators and another order, one that is packed, one in Windows-1252, one in
    /// UTF-16.</summary>
    [Fact]
    public void Inspect_ReadsEachFileAsItIs_AndFindsWhatOneFileHas()
    {
        string[] rows = [.. Enumerable.Range(0, RowCount).Select(Row)];
        TableDescription whole = TableFile.Inspect(Write("whole.csv", Encoding.UTF8, ["x,city,label", .. rows]), Options());
        string[] paths =
        [
            Write("1.csv", Encoding.UTF8, ["x,city,label", .. rows[..20]]),
            Write("2.csv", Encoding.UTF8, [
                .. rows[20..40].Prepend("x,city,label").Select(row => string.Join(';', row.Split(',').Reverse()))]),
            Write("3.csv", Encoding.UTF8, ["# a comment", "x,city,label", .. rows[40..55]]) + ".gz",
            // Its first letters beyond ASCII are in the last rows.
            Write("4.csv", Encoding.Latin1, ["x,city,label", .. rows[55..70]]),
            Write("5.csv", Encoding.Unicode, ["x,city,label", .. rows[70..]]),
        ];
        Pack(paths[2]);
        TableDescription several = TableFile.Inspect(paths, Options());

        Assert.Equal($"{paths[0]} and 4 more", several.Path);
        Assert.Equal(
            whole.Columns.Select(column => (column.Name, column.Kind, column.MissingCount, column.DistinctCount)),
            several.Columns.Select(column => (column.Name, column.Kind, column.MissingCount, column.DistinctCount)));
        Assert.Equal((TableFormat.Text, RowCount, TableTask.Binary), (several.Format, several.RowCount, several.Label!.Task));
        Assert.Equal(TableFile.ReadRows(whole), TableFile.ReadRows(several));
        // Cursors begin anew, each with files of its own.
        IDataView view = TableFile.Load(several);
        using DataViewRowCursor other = view.GetRowCursor(view.Schema);
        Assert.True(other.MoveNext());
        Assert.Equal(TableFile.Load(whole).GetColumn<float>("x"), view.GetColumn<float>("x"));
        Assert.Equal(TableFile.Load(whole).GetColumn<string>("city"), view.GetColumn<string>("city"));
    }

    [Fact]
    public void WithoutHeaders_ThePlaceOfAColumnCounts()
    {
        string[] paths = [Write("1.csv", Encoding.UTF8, ["1,a", "2,b"]), Write("2.csv", Encoding.UTF8, ["3,c", "4,d", "5,e"])];
        TableDescription table = TableFile.Inspect(paths, new TableOptions { HasHeader = false });
        Assert.False(table.HasHeader);
        Assert.Equal(["column1", "column2"], table.Columns.Select(column => column.Name));
        Assert.Equal(["1a", "2b", "3c", "4d", "5e"], TableFile.ReadRows(table).Select(row => string.Concat(row)));
    }

    [Fact]
    public void OtherColumns_AreNamed_WithTheFile()
    {
        string one = Write("one.csv", Encoding.UTF8, ["a,b,y", "1,2,3"]), other = Write("other.csv", Encoding.UTF8, ["a,c,y", "1,2,3"]);
        var exception = Assert.Throws<TableException>(() => TableFile.Inspect([one, other]));
        Assert.Equal(
            $"{other} has other columns than {one}: it lacks b; it has besides c. Files that are read as one table have the same.",
            exception.Message);
        Assert.Equal((other, "b"), (exception.Path, exception.Column));
        string parquet = _folder.PathOf("rows.parquet");
        ParquetSample.Write(parquet);
        Assert.StartsWith(
            $"{parquet} is a Parquet file, and {one} is none;",
            Assert.Throws<TableException>(() => TableFile.Inspect([one, parquet])).Message);
        string empty = Write("empty.csv", Encoding.UTF8, []);
        Assert.StartsWith($"{empty} is empty.", Assert.Throws<TableException>(() => TableFile.Inspect([one, empty])).Message);
    }

    [Fact]
    public void BadRows_AreNamed_WithFileAndLine()
    {
        string one = Write("one.csv", Encoding.UTF8, ["a,b", "1,2"]), ragged = Write("ragged.csv", Encoding.UTF8, ["a,b", "1,2", "1,2,3"]);
        Assert.StartsWith(
            $"{ragged}, line 3: 3 fields, but the table has 2 columns (separated by a comma).",
            Assert.Throws<TableException>(() => TableFile.Inspect([one, ragged])).Message);
        string mixed = _folder.PathOf("mixed.csv");
        File.WriteAllBytes(mixed, [.. "a,b\n1,é\n1,"u8, 0xE9, .. "\n"u8]);
        Assert.StartsWith(
            $"{mixed}, line 3, field 2: byte 0xE9 is no text in this encoding.",
            Assert.Throws<TableException>(() => TableFile.Inspect([one, mixed])).Message);
        TableDescription table = TableFile.Inspect([one, one]);
        File.AppendAllText(one, "3,4\n");
        Assert.Contains("has 4 rows, and had 2 when it was inspected", Assert.Throws<TableException>(
            () => TableFile.ReadRows(table).Count()).Message);
    }

    private static TableOptions Options() => new() { Label = "label" };

    private static string Row(int row) =>
        $"{(row % 8 == 3 ? "" : $"{row * 37 % 50}.5")},{((string[])["Bonn", "Aachen", row % 70 > 60 ? "Köln" : "Ulm"])[row % 3]},"
            + (row % 4 == 1 ? "yes" : "no");

    private static void Pack(string path)
    {
        using FileStream packed = File.Create(path);
        using var gzip = new GZipStream(packed, CompressionLevel.Fastest);
        gzip.Write(File.ReadAllBytes(path[..^3]));
    }

    private string Write(string name, Encoding encoding, string[] lines)
    {
        string path = _folder.PathOf(name);
        File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")), encoding);
        return path;
    }
}
