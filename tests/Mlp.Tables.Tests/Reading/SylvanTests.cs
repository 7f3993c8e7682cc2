using System.Text;
using Mlp.Tables.Reading;
using Sylvan.Data.Csv;

namespace Mlp.Tables.Tests.Reading;

/// <summary>A reader that others keep is the judge of ours wherever no blank stands beside a quote, where the two differ on
/// purpose.</summary>
public class SylvanTests
{
    [Fact]
    public void Read_Anything_AgreesWithSylvan()
    {
        var random = new Random(12);
        int good = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(16)).Select(_ => "ab,,\"\"\n\r"[random.Next(8)])]);
            string? expected = BySylvan(text), found = ByOurs(text);
            Assert.True(expected == found, $"{text.Replace("\n", "\\n").Replace("\r", "\\r")}: {expected} and {found}");
            good += found == null ? 0 : 1;
        }
        Assert.InRange(good, 5000, 19_000);
    }

    /// <summary>Why it does not take the place of ours: tables with a blank behind each comma are common, and blanks before a comma are no
    /// error.</summary>
    [Theory]
    [InlineData("1, \"x, y\"\n", "1|x, y", "1|\"x|y\"")]
    [InlineData("1,\"x\" \n2,y\n", "1|x 2|y", null)]
    public void Read_BlanksBesideQuotes_DiffersFromSylvan(string text, string ours, string? theirs)
    {
        Assert.Equal(ours, ByOurs(text));
        Assert.Equal(theirs, BySylvan(text));
    }

    private static string? ByOurs(string text)
    {
        try
        {
            var reader = new RecordReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), ',', "x");
            var records = new List<string>();
            while (reader.Read())
                records.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.Text)));
            return string.Join(' ', records);
        }
        catch (TableException)
        {
            return null;
        }
    }

    private static string? BySylvan(string text)
    {
        try
        {
            // Comments are found elsewhere; no character begins one here.
            using var reader = CsvDataReader.Create(
                new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, Delimiter = ',', Comment = '\u0001' });
            var records = new List<string>();
            while (reader.Read())
            {
                string[] fields = [.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)];
                // An empty line is no row here, and a line break in a field is a blank.
                if (fields.Length > 1 || reader.GetRawRecordSpan().TrimEnd("\r\n").Length > 0)
                    records.Add(string.Join(
                        '|', fields.Select(field => field.Replace("\r\n", " ").Replace('\n', ' ').Replace('\r', ' ').Trim())));
            }
            return string.Join(' ', records);
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }
}
