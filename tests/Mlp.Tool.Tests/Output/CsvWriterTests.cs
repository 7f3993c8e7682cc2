using System.Text;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Output;

public class CsvWriterTests
{
    [Fact]
    public void Write_QuotesWhatAReaderNeedsInQuotes()
    {
        string text = Write(["a", "b,c", "d\"e", " f", "g ", "#h", "//i", "", "j\nk", "é"]);

        Assert.Equal("a,\"b,c\",\"d\"\"e\",\" f\",\"g \",\"#h\",\"//i\",,\"j\nk\",é\n", text);
    }

    [Fact]
    public void Write_OneEmptyField_IsNoEmptyLine() => Assert.Equal("\"\"\n,\n\"\"\n", Write([""], ["", ""], [""]));

    [Fact]
    public void Write_LongRows_AreWhole()
    {
        string[] row = [new('a', 100_000), new('"', 70_000), new('b', 30_000)];

        Assert.Equal($"{row[0]},\"{row[1]}{row[1]}\",{row[2]}\n", Write(row));
    }

    private static string Write(params string[][] rows)
    {
        var stream = new MemoryStream();
        using (var writer = new CsvWriter(stream))
        {
            foreach (string[] row in rows)
            {
                foreach (string field in row)
                    writer.Write(field);
                writer.EndRow();
            }
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
