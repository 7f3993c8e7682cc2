using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables.Reading;
using Mlp.TestSupport;

namespace Mlp.Tables.Tests.Reading;

public class NumberTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-12.5", -12.5)]
    [InlineData("+3", 3)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1,25", 1.25)]
    [InlineData("1e3", 1000)]
    [InlineData("1E-3", 0.001)]
    [InlineData("12345678901234567890123", 12345678901234567890123d)]
    [InlineData("0.00000000000000000000000000000000000000000001", 1e-44)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-1e99999999999", double.NegativeInfinity)]
    [InlineData("1e-99999999999", 0)]
    [InlineData("0e999", 0)]
    public void TryParse_GivesTheValue(string text, double expected)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out var number));

        if (double.IsFinite(expected) && expected != 0)
            Assert.Equal(1, number.Value / expected, 1e-14);
        else
            Assert.Equal(expected, number.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,234.5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("e5")]
    [InlineData("0x1F")]
    [InlineData("12 ")]
    [InlineData("1_000")]
    [InlineData("--1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void TryParse_NoNumber_IsRefused(string text) => Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("1,234", 1234, 1.234)]
    [InlineData("-12.345", -12.345, -12345)]
    [InlineData("0,123", double.NaN, 0.123)]
    [InlineData("1234,567", double.NaN, 1234.567)]
    [InlineData("1,2345", double.NaN, 1.2345)]
    [InlineData("12.5", 12.5, double.NaN)]
    [InlineData("12", 12, 12)]
    public void WithPointAndWithComma_TellThousands(string text, double withPoint, double withComma)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out var number));

        Assert.Equal((withPoint, withComma), (number.WithPoint, number.WithComma));
    }

    [Theory]
    [InlineData('.')]
    [InlineData(',')]
    public void TryParse_TakesForNumbersWhatTheLoaderDoes(char decimalMark)
    {
        var random = new Random(7);
        string letters = $"0123456789{decimalMark}{decimalMark}--+eE1020";
        var texts = Enumerable.Range(0, 20_000)
            .Select(_ => new string([.. Enumerable.Range(0, 1 + random.Next(8))
                .Select(_ => letters[random.Next(letters.Length)])])).ToList();
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.PathOf("numbers.txt"), texts);

        var options = new TextLoader.Options
        {
            Separators = ['\t'],
            DecimalMarker = decimalMark,
            Columns = [new TextLoader.Column("n", DataKind.Single, 0)],
        };
        float[] loaded = [.. new MLContext().Data.LoadFromTextFile(folder.PathOf("numbers.txt"), options).GetColumn<float>("n")];

        int numbers = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            bool isNumber = NumberText.TryParse(Encoding.UTF8.GetBytes(texts[i]), out var number);
            Assert.True(isNumber == !float.IsNaN(loaded[i]), $"{texts[i]} is {loaded[i]}");
            if (!isNumber)
                continue;
            numbers++;
            Assert.True(float.IsInfinity((float)number.Value) == float.IsInfinity(loaded[i]), $"{texts[i]} is {loaded[i]}");
            if (float.IsFinite((float)number.Value))
                Assert.Equal(loaded[i].ToString("G6", CultureInfo.InvariantCulture),
                    ((float)number.Value).ToString("G6", CultureInfo.InvariantCulture));
        }
        Assert.InRange(numbers, 1000, 19_000);
    }
}
