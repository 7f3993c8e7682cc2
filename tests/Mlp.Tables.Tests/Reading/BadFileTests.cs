using System.Text;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Tests.Reading;

/// <summary>Every kind of file that is no table: the message names the line, the column, what was found and the next step.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int, string[]> WrongText => new()
    {
        { "", 0, ["is empty"] },
        { "\n\n  \n", 0, ["is empty"] },
        { "a,b,c\n", 0, ["has a header and no rows: a, b, c", "--no-header"] },
        { "a,b,c\n1,2,3\n4,5\n6,7,8\n", 3, ["2 fields, but the header has 3", "a comma", "an empty field"] },
        { "1,2,3\n4,5,6\n\n7,8,9,10\n", 4, ["4 fields, but the first row has 3", "in double quotes, or remove"] },
        { "a;b\n1;x\n2;y;z\n", 3, ["3 fields", "a semicolon"] },
        { "a,b\n1,x\n2,\"y\n3,x\n4,y\n", 3, ["the quote that opens field 2 is never closed", "double it"] },
        { "a,b\n1,x\n\"2\"3,y\n", 3, ["field 1 has text behind its closing quote", "Double a quote"] },
        { "a,b\n1,\"x\n\"y\n", 3, ["field 2 has text behind its closing quote"] },
        { "a,b\n1,x\n2,y\0\n", 3, ["byte of value 0", "no text file"] },
    };

    [Theory]
    [MemberData(nameof(WrongText))]
    public void Inspect_WrongText_NamesLineAndNextStep(string text, int line, string[] parts)
    {
        var exception = _folder.Fail(text);

        Assert.All(parts, part => Assert.Contains(part, exception.Message));
        Assert.Equal(line == 0 ? null : line, exception.Line);
        if (line > 0)
            Assert.Contains($"data.csv, line {line}: ", exception.Message);
    }

    [Fact]
    public void Inspect_MixedEncodings_NamesLineColumnAndByte()
    {
        var exception = _folder.Fail([.. "a,b\n1,é\n2,"u8, 0xE9, .. "\n"u8]);

        Assert.Contains("line 3, column 'b': byte 0xE9 is not UTF-8, as line 2 is", exception.Message);
        Assert.Equal((3, "column 'b'"), (exception.Line, exception.Column));
        // The other way round the file is taken for Windows-1252 until it shows that it is not.
        exception = _folder.Fail([.. "a,b\n1,"u8, 0xE9, .. "\n2,é\n"u8]);
        Assert.Contains("the bytes 0xC3 0xA9 are UTF-8, but other bytes of the file are not", exception.Message);
        exception = _folder.Fail([.. "a,b\n1,x\n2,"u8, 0x81, .. "\n"u8]);
        Assert.Contains("byte 0x81 is neither UTF-8 nor Windows-1252", exception.Message);
        exception = _folder.Fail([.. Encoding.UTF8.Preamble, .. "a,b\n1,x\n2,"u8, 0xE9, .. "\n"u8]);
        Assert.Contains("line 3, column 'b': byte 0xE9 is not UTF-8.", exception.Message);
    }

    [Fact]
    public void Inspect_HalfACharacterOfUtf16_IsAnError()
    {
        var exception = _folder.Fail([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a,b\n1,x\n2,"), 0x00, 0xD8,
            .. Encoding.Unicode.GetBytes("\n")]);

        Assert.Contains("Unable to translate bytes", exception.Message);
    }

    [Fact]
    public void Inspect_OtherFormats_AreNamed()
    {
        Assert.Contains("a zip archive, perhaps an Excel workbook", _folder.Fail([.. "PK"u8, 3, 4, 20, 0, 0, 0]).Message);
        Assert.Contains("a Parquet file", _folder.Fail("PAR1....").Message);
        Assert.Contains("a Parquet file", _folder.Fail(TableFolder.Gzip("PAR1...."u8.ToArray())).Message);
        var random = new Random(1);
        var bytes = new byte[5000];
        random.NextBytes(bytes);
        _folder.Fail(bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Inspect_DamagedCompression_IsAnError(bool isZstd)
    {
        byte[] text = File.ReadAllBytes(Path.Combine(SharedTables.Samples, "wine.csv"));
        byte[] good = isZstd ? TableFolder.Zstd(text) : TableFolder.Gzip(text);

        byte[] damaged = [.. good];
        damaged[good.Length / 2] ^= 0x55;
        _folder.Fail(damaged);
        _folder.Fail(good[..(good.Length / 2)]);
    }

    /// <summary>As a kill of the process that writes it leaves it, at every byte.</summary>
    [Fact]
    public void Inspect_ZstdThatIsCutOff_IsAnError()
    {
        byte[] good = TableFolder.Zstd("a,b\n1,x\n2,y\n3,x\n"u8.ToArray());
        for (int length = 4; length < good.Length; length++)
            _folder.Fail(good[..length]);
    }

    /// <summary>A header of 9 bytes that asks for 2 GB.</summary>
    [Fact]
    public void Inspect_ZstdThatAsksForMuchMemory_IsRefused() =>
        Assert.Contains("it is no zstd file, or a damaged one", _folder.Fail([0x28, 0xB5, 0x2F, 0xFD, 0, 0xA8, 1, 0, 0]).Message);

    [Fact]
    public void Inspect_NoSuchFile_NamesThePath()
    {
        var absent = Assert.Throws<TableException>(() => TableFile.Inspect("no such file.csv", new TableOptions()));
        Assert.Contains("no such file.csv does not exist. Check the path", absent.Message);

        var folder = Assert.Throws<TableException>(() => TableFile.Inspect(Path.GetTempPath(), new TableOptions()));
        Assert.Contains("is a folder", folder.Message);
    }

    [Fact]
    public void Inspect_FieldLongerThanTheLimit_NamesItsLine()
    {
        string tooLong = new('x', TableLimits.FieldBytes + 1);

        Assert.Contains("line 3: field 2 is longer than 1,048,576 bytes", _folder.Fail($"a,b\n1,x\n2,{tooLong}\n").Message);
        Assert.Contains("line 3: the quote that opens field 2 is not closed within 1,048,576 bytes",
            _folder.Fail($"a,b\n1,x\n2,\"{tooLong}\"\n").Message);
        Assert.Equal(2, _folder.Inspect($"a,b\n1,x\n2,{tooLong[2..]}\n").RowCount);
    }

    [Fact]
    public void Inspect_MoreColumnsThanTheLimit_NamesItsLine()
    {
        string header = string.Join(',', Enumerable.Range(0, TableLimits.Columns + 1));

        Assert.Contains("line 1: there are more than 100,000 fields", _folder.Fail(header + "\n" + header + "\n").Message);
    }

    [Fact]
    public void Inspect_RowLongerThanTheLimit_NamesItsLine()
    {
        string field = new('x', TableLimits.FieldBytes / 2);
        string row = string.Join(',', Enumerable.Repeat(field, TableLimits.RecordBytes / field.Length + 1));

        Assert.Contains("line 1: the row is longer than 16,777,216 bytes", _folder.Fail(row + "\n" + row + "\n").Message);
    }

    [Fact]
    public void Inspect_AbsentLabel_ListsTheColumnsAndThoseNearIt()
    {
        const string Text = "age,income,Income_class\n1,2,x\n3,4,y\n";

        var exception = _folder.Fail(Text, new TableOptions { Label = "incone" });
        Assert.Contains("has no column 'incone', which --label names. The columns are age, income, Income_class. Did you mean income?",
            exception.Message);
        exception = _folder.Fail(Text, new TableOptions { Label = "4" });
        Assert.Contains("has no column '4'", exception.Message);
        exception = _folder.Fail("1,2\n3,4\n", new TableOptions { Label = "income" });
        Assert.Contains("the 2 columns go by number", exception.Message);
        exception = _folder.Fail("x,X,z\n1,2,3\n", new TableOptions { Label = "Z", SplitColumn = "q" });
        Assert.Contains("which --split-column names", exception.Message);
        exception = _folder.Fail("x,x,z\n1,2,3\n", new TableOptions { Label = "x" });
        Assert.Contains("--label 'x' fits columns 1, 2. Give the number", exception.Message);
    }

    [Theory]
    [InlineData("y,x\na,1\na,2\n", "the label is 'a' in every row that has one")]
    [InlineData("y,x\n3,1\n3,2\n", "the label is '3' in every row that has one")]
    [InlineData("y,x\n,1\nNA,2\n", "the label is missing in every row")]
    [InlineData("y\n1\n2\n1\n", "the label is the only column between separators that are a comma. Give another --separator")]
    [InlineData(
        "y,x\n1,7\n2,7\n1,7\n", "no column is left to predict from; left out are x (constant). Give kinds with --number and --category")]
    [InlineData("y,x\n1,7\n2,8\n1,9\n", "has 3 rows with a label; training and testing need 10 at least")]
    [InlineData("y,x\na,7\nb,8\nc,9\n", "the label has another value in each of 3 rows")]
    public void Inspect_LabelOfNoUse_SaysWhy(string text, string message)
    {
        Assert.Contains(message, _folder.Fail(text, new TableOptions { Label = "y" }).Message);
    }

    [Fact]
    public void Inspect_OptionsThatContradict_SayWhich()
    {
        const string Text = "y,x,s\n1,7,train\n2,8,test\n";

        Assert.Contains("column 'y': both --label and --number name it",
            Fail(new() { Label = "y", Kinds = TableFolder.Kinds(("y", ColumnKind.Number)) }));
        Assert.Contains("column 's': both --split-column and --ignore name it",
            Fail(new() { SplitColumn = "s", Kinds = TableFolder.Kinds(("s", ColumnKind.Ignored)) }));
        Assert.Contains("column 'x': both --number and --category name it",
            Fail(new() { Kinds = TableFolder.Kinds(("x", ColumnKind.Number), ("2", ColumnKind.Category)) }));
        Assert.Contains("column 's': both --label and --split-column name it", Fail(new() { Label = "s", SplitColumn = "s" }));
        Assert.Contains("--ignore names", Fail(new() { Kinds = TableFolder.Kinds(("q", ColumnKind.Ignored)) }));
        Assert.Throws<ArgumentException>(() => _folder.Inspect(Text, new TableOptions { Separator = '"' }));
        Assert.Throws<ArgumentException>(
            () => _folder.Inspect(Text, new TableOptions { Kinds = TableFolder.Kinds(("x", ColumnKind.Label)) }));

        string Fail(TableOptions options) => _folder.Fail(Text, options).Message;
    }

    [Fact]
    public void Inspect_Cancelled_Stops()
    {
        string path = _folder.Write("a,b\n1,2\n");

        Assert.ThrowsAny<OperationCanceledException>(
            () => TableFile.Inspect(path, new TableOptions(), new CancellationToken(canceled: true)));
    }
}
