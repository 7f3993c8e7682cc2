using System.Text;
using Mlp.Tables;
using Mlp.Tool.Serving;

namespace Mlp.Tool.Tests.Serving;

public class RowParserTests
{
    private static readonly ServedField[] Fields =
    [
        new("n", FieldKind.Number, "kg", TextForm.AsWritten), new("c", FieldKind.Category, "", TextForm.AsWritten),
        new("d", FieldKind.Date, "", TextForm.AsWritten), new("t", FieldKind.Text, "", TextForm.AsWritten),
    ];

    [Theory]
    [InlineData("""{"n":1.5,"c":"a","d":"2020-01-31","t":"x"}""", 1.5, "a", "2020-01-31")]
    [InlineData("""{"t":"","d":" 2020-01-31T23:59:01Z ","c":17,"n":-1e3}""", -1000, "17", "2020-01-31T23:59:01Z")]
    [InlineData("""{"n":null,"c":null,"d":null,"t":null}""", double.NaN, null, null)]
    [InlineData("""{"n":0,"c":true,"d":"","t":"x"}""", 0, "true", "")]
    public void Parse_ReadsValuesOfEveryKind(string json, double number, string? category, string? date)
    {
        RowBatch batch = Parse(json);
        Assert.True(batch.IsSingle);
        Assert.True(batch.Columns[0].TryNumber(0, out double found));
        Assert.Equal(number, found);
        Assert.Equal((category, date), (batch.Texts[1]![0], batch.Texts[2]![0]));
    }

    [Theory]
    [InlineData("""{"n":"1","c":"a","d":null,"t":null}""", "Column 'n' is \"1\"; expected is a number in kg, or null for a missing value.")]
    [InlineData("""{"n":1e39,"c":"a","d":null,"t":null}""", "Column 'n' is 1e39; expected is a number")]
    [InlineData("""{"n":1,"c":1.5,"d":null,"t":null}""", "Column 'c' is 1.5; expected is a text")]
    [InlineData("""{"n":1,"c":["a"],"d":null,"t":null}""", "Column 'c' is [\"a\"]; expected is a text")]
    [InlineData("""{"n":1,"c":"a","d":"31.01.2020","t":null}""", "Column 'd' is \"31.01.2020\"; expected is a date such as \"2020-01-31\"")]
    [InlineData("""{"n":1,"c":"a","d":"2020-02-30","t":null}""", "Column 'd' is \"2020-02-30\"; expected is a date")]
    [InlineData("""{"n":1,"c":"a","d":20200131,"t":null}""", "Column 'd' is 20200131; expected is a date")]
    [InlineData("""{"n":1,"c":"a","d":null,"t":true}""", "Column 't' is true; expected is a text")]
    [InlineData("""{"n":1,"c":"a","d":null}""", "Column 't' is not there; expected is a text")]
    [InlineData("""{"n":1,"n":2,"c":"a","d":null,"t":null}""", "Column 'n' is given twice. Leave one out.")]
    [InlineData("""{"n":1,"c":"a","d":null,"t":null,"y":1}""", "Column 'y' is what the model predicts. Leave it out.")]
    [InlineData("""{"n":1,"c":"a","d":null,"t":null,"N":1}""", "Column 'N' is none that the model takes; it takes n, c, d, t.")]
    [InlineData("""[{"n":1,"c":"a","d":null,"t":null},5]""", "Row 2 is a number; expected is {\"n\": 1, ...}.")]
    [InlineData("[]", "The array has no rows. Send one at least.")]
    [InlineData("7", "The body is a number; expected is an object")]
    [InlineData("null", "The body is null; expected is an object")]
    [InlineData("", "The body is no JSON")]
    [InlineData("""{"n":1""", "The body is no JSON")]
    [InlineData("""{"n":NaN,"c":"a","d":null,"t":null}""", "The body is no JSON")]
    [InlineData("""{"n":1,"c":"\uD800","d":null,"t":null}""", "The body has a text that is no Unicode")]
    [InlineData("""{"\uD800":1}""", "The body has a text that is no Unicode")]
    public void Parse_WhatDoesNotFit_IsRefusedWithAReason(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<RowException>(() => Parse(json)).Message);

    [Fact]
    public void Parse_BytesThatAreNoUtf8_AreRefused()
    {
        byte[] json = [.. "{\"c\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Contains("no Unicode", Assert.Throws<RowException>(() => new RowParser(Fields, "y", 10).Parse(json)).Message);
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        string json = string.Concat(Enumerable.Repeat("[", 100_000));
        Assert.StartsWith("The body is no JSON", Assert.Throws<RowException>(() => Parse(json)).Message);
    }

    [Fact]
    public void Parse_ManyErrors_AreCounted_AndTheFirstOnesListed()
    {
        var exception = Assert.Throws<RowException>(() => Parse($"[{string.Join(",", Enumerable.Repeat("{\"x/~y\":0}", 10))}]"));
        Assert.EndsWith("There are 49 more errors.", exception.Message);
        Assert.Equal(20, exception.Errors.Count);
        Assert.Equal("/0/x~1~0y", exception.Errors[0].Pointer);
    }

    [Fact]
    public void Parse_ManyRows_AreRefused() =>
        Assert.StartsWith(
            "The array has 11 rows; a request may have 10.",
            Assert.Throws<RowException>(() => Parse($"[{string.Join(",", Enumerable.Repeat("{}", 11))}]")).Message);

    private static RowBatch Parse(string json) => new RowParser(Fields, "y", mostRows: 10).Parse(Encoding.UTF8.GetBytes(json));
}
