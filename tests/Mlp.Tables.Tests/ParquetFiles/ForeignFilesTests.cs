using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tables.Tests;

/// <summary>Files of Arrow, Spark, Impala and others: Files/README.md says which.</summary>
public class ForeignFilesTests
{
    private static readonly string[] Cities = ["Köln", "Bonn", "Aachen"];

    public static TheoryData<string> ArrowFiles =>
        [.. Directory.GetFiles(PathOf(""), "arrow-*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Every way of compression, encoding and page, several groups, many pages, missing values alone and among others.</summary>
    [Theory]
    [MemberData(nameof(ArrowFiles))]
    public void ArrowFiles_GiveWhatWasWritten(string name)
    {
        TableDescription table = TableFile.Inspect(PathOf(name));
        string[][] rows = [.. TableFile.ReadRows(table)];
        Assert.Equal(230, rows.Length);
        bool isOfSpark = name.Contains("spark", StringComparison.Ordinal);
        string[] names = [.. table.Columns.Select(column => column.Name)];
        Assert.Equal(
            ["d", "f", "i", "l", "price", "flag", "city", "day", "ms", "at", .. isOfSpark ? Array.Empty<string>() : ["ns"]], names);
        for (int row = 0; row < rows.Length; row++)
        {
            DateTime time = new DateTime(2020, 2, 1, 12, 30, 0).AddHours(row * 7).AddMilliseconds(row % 4 * 5);
            string stamp = time.ToString(row % 4 == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.FFF", CultureInfo.InvariantCulture);
            string optional = row % 17 == 9 ? "" : stamp;
            string[] expected =
            [
                Text(Double(row)), Text(Single(row)), Text(Integer(row)), Text(100_000_000_003L + row),
                row % 13 == 1 ? "" : Text(-9.99m + row), row % 5 == 4 ? "" : row % 3 == 0 ? "true" : "false",
                row % 9 == 8 ? "" : Cities[row % 3], row % 6 == 2 ? "" : DateOnly.FromDayNumber(719_162 + 18_000 + row).ToString("O"),
                optional, isOfSpark ? stamp : optional, .. isOfSpark ? Array.Empty<string>() : [optional],
            ];
            Assert.Equal(expected, rows[row]);
        }
        IDataView view = TableFile.Load(table, [.. new[] { "d", "f", "i", "l", "price" }.Select(column => TableColumn.Number(column))]);
        Assert.Equal(Enumerable.Range(0, 230).Select(row => (float)(Double(row) ?? double.NaN)), view.GetColumn<float>("d"));
        Assert.Equal(Enumerable.Range(0, 230).Select(row => Single(row) ?? float.NaN), view.GetColumn<float>("f"));
        Assert.Equal(Enumerable.Range(0, 230).Select(row => Integer(row) ?? float.NaN), view.GetColumn<float>("i"));
        Assert.Equal(Enumerable.Range(0, 230).Select(row => (float)(100_000_000_003L + row)), view.GetColumn<float>("l"));
        Assert.Equal(
            Enumerable.Range(0, 230).Select(row => row % 13 == 1 ? float.NaN : (float)(-9.99 + row)), view.GetColumn<float>("price"));
    }

    [Theory]
    [InlineData("int32_decimal.parquet")]
    [InlineData("int64_decimal.parquet")]
    [InlineData("byte_array_decimal.parquet")]
    [InlineData("fixed_length_decimal.parquet")]
    public void Decimals_AreNumbers(string name) =>
        Assert.Equal(Enumerable.Range(1, 24).Select(row => (float)row), TableFile.Load(PathOf(name)).GetColumn<float>("value"));

    /// <summary>What parquet-testing says that its file holds; the year 290000 is beyond what can be read, and missing.</summary>
    [Fact]
    public void TimesOfSpark_AreReadToTheMicrosecond()
    {
        Assert.Equal(
            ["2024-01-01T20:34:56.123456", "2024-01-01T01:00:00", "9999-12-31T03:00:00", "2024-12-30T23:00:00", "", ""],
            Rows("int96_from_spark.parquet").Select(row => row[0]));
    }

    [Fact]
    public void SparkAndImpala_WriteTheSame()
    {
        string[] first = ["0", "true", "0", "0", "0", "0", "0", "0", "", "", "2009-01-01T00:00:00"];
        string[] second = ["1", "false", "1", "1", "1", "10", "1.1", "10.1", "", "", "2009-01-01T00:01:00"];
        Assert.Equal([first, second], Rows("alltypes_dictionary.plain-spark21.parquet"));
        Assert.Equal(
            [["6", .. first[1..10], "2009-04-01T00:00:00"], ["7", .. second[1..10], "2009-04-01T00:01:00"]],
            Rows("alltypes_plain.snappy.parquet"));
        Assert.Equal(
            new[] { "one", "two", "", "three" }.SelectMany(word => Enumerable.Repeat(word, 100)),
            Rows("string_dictionary_by_spark.parquet").Select(row => row[0]));
    }

    [Fact]
    public void UnusualPages_AreRead()
    {
        Assert.Equal(
            Enumerable.Range(1, 513).Select(row => (float)row),
            TableFile.Load(PathOf("concatenated_gzip_members.parquet")).GetColumn<float>("long_col"));
        // Truths in runs: 68 rows, of which some are missing.
        Assert.Equal(
            ["", "false", "true"],
            Rows("rle_boolean_encoding.parquet").Select(row => row[0]).Distinct().Order(StringComparer.Ordinal));
        // A page without a value, compressed to nothing.
        Assert.Equal([""], Rows("datapage_v2_empty_datapage.snappy.parquet").Select(row => row[0]));
        var options = new TableOptions { Kinds = TableFolder.Kinds(("e", ColumnKind.Ignored)) };
        Assert.Equal(
            ["abc|1|2|true", "abc|2|3|true", "abc|3|4|true", "|4|5|false", "abc|5|2|true"],
            TableFile.ReadRows(TableFile.Inspect(PathOf("datapage_v2.snappy.parquet"), options)).Select(row => string.Join('|', row[..4])));
    }

    [Theory]
    [InlineData("nested_lists.snappy.parquet", "column 'a' is a list of values in each row")]
    [InlineData("nested_maps.snappy.parquet", "column 'a' is a map in each row")]
    [InlineData("nulls.snappy.parquet", "column 'b_struct' is a structure of several values in each row")]
    [InlineData("encrypt_columns_and_footer.parquet.encrypted", "is an encrypted Parquet file")]
    public void WhatIsNoTable_IsNamed(string name, string what) =>
        Assert.Contains(what, Assert.Throws<TableException>(() => TableFile.Inspect(PathOf(name))).Message, StringComparison.Ordinal);

    /// <summary>Whatever the damage, a message about the file is all that comes of it.</summary>
    [Theory]
    [InlineData("arrow-snappy-overflow.parquet")]
    [InlineData("arrow-gzip-pages-2.parquet")]
    public void DamagedFiles_EndInAMessage(string name)
    {
        using var folder = new TemporaryFolder();
        string damaged = folder.PathOf(name);
        byte[] file = File.ReadAllBytes(PathOf(name));
        var random = new Random(1);
        int refusedCount = 0;
        for (int turn = 0; turn < 25; turn++)
        {
            byte[] bytes = ByteDamage.Some(file, file, random);
            if (!bytes.AsSpan().StartsWith("PAR1"u8))
                continue;
            File.WriteAllBytes(damaged, bytes);
            try
            {
                IDataView view = TableFile.Load(damaged);
                foreach (DataViewSchema.Column column in view.Schema.Where(column => column.Type is NumberDataViewType))
                    Assert.NotEmpty(view.GetColumn<float>(column));
            }
            catch (TableException exception)
            {
                Assert.StartsWith(damaged, exception.Message);
                refusedCount++;
            }
        }
        Assert.InRange(refusedCount, 2, 25);
    }

    private static double? Double(int row) => row % 7 == 3 || row % 50 == 6 ? null : row * 0.37;

    private static float? Single(int row) => row is >= 90 and < 180 ? null : row % 20 / 4f;

    private static int? Integer(int row) => row % 11 == 5 ? null : row * 1009 % 251 - 100;

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static string[][] Rows(string name) => [.. TableFile.ReadRows(TableFile.Inspect(PathOf(name)))];

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "ParquetFiles", "Files", name);
}
