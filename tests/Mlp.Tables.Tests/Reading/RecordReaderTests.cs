using System.Text;
using Mlp.Tables.Reading;
using Mlp.TestSupport;

namespace Mlp.Tables.Tests.Reading;

public class RecordReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "1:a|b 2:c|d")]
    [InlineData("a,b\nc,d", "1:a|b 2:c|d")]
    [InlineData("a,b\r\nc,d\r\n", "1:a|b 2:c|d")]
    [InlineData("a,b\rc,d\r", "1:a|b 2:c|d")]
    [InlineData("\n\na\n\n\nb\n", "3:a 6:b")]
    [InlineData("\r\n\r\na\r\n", "3:a")]
    [InlineData(",\n,,\n", "1:| 2:||")]
    [InlineData(" a , b \n", "1:a|b")]
    [InlineData("\"a,b\",\"c\"\"d\"\n", "1:a,b|c\"d")]
    [InlineData("\"\",\"\"\"\"\n", "1:|\"")]
    [InlineData(" \"a\" , \" b \" \n", "1:a|b")]
    [InlineData("\"a\nb\",c\nd\n", "1:a b|c 3:d")]
    [InlineData("\"a\r\nb\r\n\",c\r\nd\r\n", "1:a b|c 4:d")]
    [InlineData("a\"b,c\"\n", "1:a\"b|c\"")]
    [InlineData("\"\"\n", "1:")]
    [InlineData("  \na\n", "2:a")]
    [InlineData("é,日本\n", "1:é|日本")]
    public void Read_GivesLinesAndFields(string text, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        // However the stream hands out its bytes.
        Assert.Equal(expected, Read(new MemoryStream(bytes), ','));
        Assert.Equal(expected, Read(new DripStream(bytes, 1), ','));
        Assert.Equal(expected, Read(new DripStream(bytes, 3), ','));
    }

    [Fact]
    public void Read_TabSeparated_KeepsEmptyFields() =>
        Assert.Equal("1:a|b|c 2:||", Read(new MemoryStream("a\t\" b\"\tc\n\t\t\n"u8.ToArray()), '\t'));

    [Fact]
    public void Read_RecordsLongerThanTheBuffer_AreWhole()
    {
        var text = new StringBuilder();
        var random = new Random(3);
        var expected = new List<string>();
        for (int line = 1; line <= 8; line++)
        {
            string[] fields = [.. Enumerable.Range(0, 1 + random.Next(4))
                .Select(_ => new string((char)('a' + line), 1 + random.Next(400_000)))];
            bool isQuoted = line % 2 == 0;
            text.AppendJoin(',', fields.Select(field => isQuoted ? $"\"{field}\"\"\"" : field)).Append('\n');
            expected.Add($"{line}:{string.Join('|', fields.Select(field => isQuoted ? field + "\"" : field))}");
        }

        Assert.Equal(string.Join(' ', expected), Read(new DripStream(Encoding.UTF8.GetBytes(text.ToString()), 10_007), ','));
    }

    [Fact]
    public void Read_Anything_AgreesWithAPlainReader()
    {
        // Texts of few characters, so that quotes, separators and line ends meet in every order.
        var random = new Random(11);
        int good = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(14)).Select(_ => "a ,\"\n\r\t"[random.Next(7)])]);
            string? expected = PlainCsv.Read(text);
            string? found = null;
            try
            {
                found = Read(new DripStream(Encoding.UTF8.GetBytes(text), 1 + random.Next(5)), ',');
            }
            catch (TableException)
            {
            }
            Assert.True(expected == found, $"{text.Replace("\n", "\\n").Replace("\r", "\\r")}: {expected} and {found}");
            good += found == null ? 0 : 1;
        }
        Assert.InRange(good, 5000, 19_000);
    }

    [Fact]
    public void Read_TextThatIsNotUtf8_IsFound()
    {
        var reader = new RecordReader(new MemoryStream([.. "a,é\nb,"u8, 0xC3, .. "\nc,d\n"u8]), ',', "x");

        Assert.True(reader.Read());
        Assert.Null(reader.Invalid);
        Assert.True(reader.Read());
        Assert.Equal(new InvalidText(2, 1, 0xC3), reader.Invalid);
        Assert.Equal(1, reader.FirstNonAsciiLine);
        Assert.True(reader.Read());
        Assert.Null(reader.Invalid);
        Assert.False(reader.Read());
        Assert.False(reader.Read());
    }

    [Fact]
    public void Read_LongStream_KeepsNothing()
    {
        // 60 MB: the memory that is allocated is that of the buffer.
        var reader = new RecordReader(new RepeatedStream("1.5,some text,\"quoted \"\"text\"\"\",7\n"u8.ToArray(), count: 2_000_000), ',',
            "x");
        long before = GC.GetAllocatedBytesForCurrentThread();
        long rows = 0;
        while (reader.Read())
            rows += reader.FieldCount == 4 ? 1 : 0;

        Assert.Equal(2_000_000, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static string Read(Stream stream, char separator)
    {
        var reader = new RecordReader(stream, separator, "x");
        var records = new List<string>();
        while (reader.Read())
            records.Add($"{reader.Line}:{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.Text))}");
        return string.Join(' ', records);
    }

    /// <summary>The same bytes again and again.</summary>
    private sealed class RepeatedStream(byte[] bytes, int count) : ReadOnlyStream
    {
        private int _left = count;

        public override int Read(Span<byte> buffer)
        {
            int length = 0;
            while (_left > 0 && buffer.Length - length >= bytes.Length)
            {
                bytes.CopyTo(buffer[length..]);
                length += bytes.Length;
                _left--;
            }
            return length;
        }
    }
}
