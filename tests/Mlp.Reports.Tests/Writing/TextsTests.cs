using Mlp.Reports.Writing;

namespace Mlp.Reports.Tests.Writing;

public class TextsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.12346, "0.1235")]
    [InlineData(-12.3456, "−12.35")]
    [InlineData(1234.6, "1,235")]
    [InlineData(1234567, "1.235e6")]
    [InlineData(0.000012345, "1.235e−5")]
    [InlineData(1e-300, "1e−300")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Short_HasFourDigits(double value, string expected) => Assert.Equal(expected, Texts.Short(value));

    [Fact]
    public void Short_OfNegativeZero_HasNoSign() => Assert.Equal("0", Texts.Short(-0.0));

    [Theory]
    [InlineData(0.012345, "+0.0123")]
    [InlineData(-1.005, "−1")]
    [InlineData(0, "0")]
    public void Signed_HasThreeDigits(double value, string expected) => Assert.Equal(expected, Texts.Signed(value));

    [Fact]
    public void Fit_ShortensToTheWidth()
    {
        Assert.Equal("short", Texts.Fit("short", 100, 10));
        string shortened = Texts.Fit("a very long name indeed", 60, 10);
        Assert.EndsWith("…", shortened);
        Assert.InRange(Texts.Width(shortened, 10), 50, 60);
        // No half of a pair of surrogates.
        Assert.Equal("😀…", Texts.Fit("😀😀😀😀", 22, 10));
    }
}
