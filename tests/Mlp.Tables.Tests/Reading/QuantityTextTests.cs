using System.Text;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Tests.Reading;

public class QuantityTextTests
{
    [Theory]
    [InlineData("$3,820.21", 3820.21, "$")]
    [InlineData("£ 12", 12, "£")]
    [InlineData("-$5.50", -5.5, "$")]
    [InlineData("$-5.50", -5.5, "$")]
    [InlineData("($5.50)", -5.5, "$")]
    [InlineData("$(5.50)", -5.5, "$")]
    [InlineData("($ 1,200)", -1200, "$")]
    [InlineData("$.50", 0.5, "$")]
    [InlineData("US$ 1,250,000", 1250000, "US$")]
    [InlineData("R$ 10.50", 10.5, "R$")]
    [InlineData("CHF 1'234.50", 1234.5, "CHF")]
    [InlineData("CHF 1’234.50", 1234.5, "CHF")]
    [InlineData("Rs. 5,00,000", 500000, "Rs.")]
    [InlineData("Rs.50", 50, "Rs.")]
    [InlineData("₹12,34,567.50", 1234567.5, "₹")]
    [InlineData("1,500 kr.", 1500, "kr.")]
    [InlineData("¥1,200", 1200, "¥")]
    [InlineData("1,200円", 1200, "円")]
    [InlineData("$3.8M", 3800000, "$")]
    [InlineData("$3.8 m", 3800000, "$")]
    [InlineData("€565K", 565000, "€")]
    [InlineData("$1.2 bn", 1200000000, "$")]
    [InlineData("3.4 Mio. €", 3400000, "€")]
    [InlineData("2 crore", 20000000, "")]
    [InlineData("3.5万", 35000, "")]
    [InlineData("20%", 20, "%")]
    [InlineData("15.5 %", 15.5, "%")]
    [InlineData("-3%", -3, "%")]
    [InlineData("(14.44)", -14.44, "")]
    [InlineData("(1,016.07) €", -1016.07, "€")]
    [InlineData("( 5.5 )%", -5.5, "%")]
    [InlineData("(1,200) kr.", -1200, "kr.")]
    [InlineData("−5", -5, "")]
    [InlineData("–5.5", -5.5, "")]
    [InlineData("- 5", -5, "")]
    [InlineData("12.50-", -12.5, "")]
    [InlineData("1'234'567", 1234567, "")]
    [InlineData("1 234 567", 1234567, "")]
    [InlineData("1\u00A0234.5", 1234.5, "")]
    [InlineData("1\u202F234.5", 1234.5, "")]
    [InlineData("1_000", 1000, "")]
    [InlineData("٣٫٥", 3.5, "")]
    [InlineData("１２３", 123, "")]
    [InlineData("19.67 kmpl", 19.67, "kmpl")]
    [InlineData("1582 CC", 1582, "CC")]
    [InlineData("74m²", 74, "m²")]
    [InlineData("74 m2", 74, "m2")]
    [InlineData("5.4 l/100km", 5.4, "l/100km")]
    [InlineData("21.5°C", 21.5, "°C")]
    [InlineData("15.6\"", 15.6, "\"")]
    [InlineData("36 months", 36, "months")]
    [InlineData("950 sq ft", 950, "sq ft")]
    [InlineData("12.-", 12, "")]
    public void TryParse_WithPoint_GivesValueAndUnit(string text, double value, string unit)
    {
        Assert.Equal((value, unit), Read(text, isComma: false));
    }

    [Theory]
    [InlineData("2.013,15 €", 2013.15, "€")]
    [InlineData("15,0 %", 15, "%")]
    [InlineData("1 234,5", 1234.5, "")]
    [InlineData("1\u202F234,50\u00A0€", 1234.5, "€")]
    [InlineData("1'234,5", 1234.5, "")]
    [InlineData("1.234.567", 1234567, "")]
    [InlineData("(1.234,56 €)", -1234.56, "€")]
    [InlineData("EUR 12,-", 12, "EUR")]
    [InlineData("12,– €", 12, "€")]
    [InlineData("49,90 zł", 49.9, "zł")]
    [InlineData("5,2 тыс. руб.", 5200, "руб.")]
    public void TryParse_WithComma_GivesValueAndUnit(string text, double value, string unit)
    {
        Assert.Equal((value, unit), Read(text, isComma: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("$")]
    [InlineData("()")]
    [InlineData("3rd")]
    [InlineData("10 am")]
    [InlineData("CAD5")]
    [InlineData("A12")]
    [InlineData("Room 12")]
    [InlineData("007 kg")]
    [InlineData("12:3")]
    [InlineData("12:60")]
    [InlineData("16:9")]
    [InlineData("13:05 PM")]
    [InlineData("12:30:61")]
    [InlineData("12:30:")]
    [InlineData("12:30:15.")]
    [InlineData("a:30")]
    [InlineData("10:20:30:40")]
    [InlineData("3/5")]
    [InlineData("1-2")]
    [InlineData("12-")]
    [InlineData("10+")]
    [InlineData("< 5")]
    [InlineData("192.168.0.1")]
    [InlineData("1.2.3")]
    [InlineData("1,2,3")]
    [InlineData("1,23,45")]
    [InlineData("1,234.567,8")]
    [InlineData("555-1234")]
    [InlineData("31.01.2020")]
    [InlineData("2020-01-31")]
    [InlineData("5 m 2 kg")]
    [InlineData("2m 3h")]
    [InlineData("PT")]
    [InlineData("PT5")]
    [InlineData("1h65")]
    [InlineData("--5")]
    [InlineData("(-5)")]
    [InlineData("(1) first")]
    [InlineData("(5")]
    [InlineData("$(5) €")]
    [InlineData("$5 €")]
    [InlineData("5 of 10")]
    [InlineData("12 very long words behind it")]
    [InlineData("M5")]
    public void TryParse_OtherTexts_AreNoQuantities(string text)
    {
        Assert.False(QuantityText.TryParse(Encoding.UTF8.GetBytes(text), new char[QuantityText.LongestText], out _));
    }

    [Theory]
    [InlineData("1,234", ',')]
    [InlineData("$1.234", '.')]
    [InlineData("1,234.5", '\0')]
    [InlineData("$12.50", '\0')]
    [InlineData("0,123 kg", '\0')]
    public void TryParse_SaysWhichMarkIsAmbiguous(string text, char mark)
    {
        Assert.True(QuantityText.TryParse(Encoding.UTF8.GetBytes(text), new char[QuantityText.LongestText], out Quantity quantity));
        Assert.Equal(mark, quantity.AmbiguousMark);
    }

    [Theory]
    [InlineData("kg", "KG", true)]
    [InlineData("year", "years", true)]
    [InlineData("Monate", "Monat", true)]
    [InlineData("kr", "kr.", true)]
    [InlineData("m", "M", false)]
    [InlineData("m", "min", false)]
    [InlineData("km", "km/h", false)]
    [InlineData("g", "kg", false)]
    [InlineData("$", "€", false)]
    [InlineData("", "kg", false)]
    public void AreSame_JoinsPluralsAndCapitals(string one, string other, bool expected)
    {
        Assert.Equal((expected, expected), (QuantityUnits.AreSame(one, other), QuantityUnits.AreSame(other, one)));
    }

    private static (double Value, string Unit) Read(string text, bool isComma)
    {
        Assert.True(QuantityText.TryParse(Encoding.UTF8.GetBytes(text), new char[QuantityText.LongestText], out Quantity quantity));
        return (isComma ? quantity.WithComma : quantity.WithPoint, quantity.Unit.ToString());
    }
}
