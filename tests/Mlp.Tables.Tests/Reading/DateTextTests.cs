using System.Globalization;
using System.Text;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Tests.Reading;

public class DateTextTests
{
    [Theory]
    [InlineData("2020-01-31", "YearFirst", "2020-01-31")]
    [InlineData("2020/1/3", "YearFirst", "2020-01-03")]
    [InlineData("1969-12-31", "YearFirst", "1969-12-31")]
    [InlineData("2020-01-31T06:00", "YearFirst", "2020-01-31 06:00")]
    [InlineData("2020-01-31 06:30:15", "YearFirst", "2020-01-31 06:30:15")]
    [InlineData("2020-01-31T06:30:15.25Z", "YearFirst", "2020-01-31 06:30:15.25")]
    [InlineData("2020-01-31T06:30:15+02:00", "YearFirst", "2020-01-31 04:30:15")]
    [InlineData("2020-01-31T23:30-0130", "YearFirst", "2020-02-01 01:00")]
    [InlineData("2020-01-31 06:00 UTC", "YearFirst", "2020-01-31 06:00")]
    [InlineData("31.1.2020", "DayDot", "2020-01-31")]
    [InlineData("31.01.2020 12:00", "DayDot", "2020-01-31 12:00")]
    [InlineData("31/01/2020", "DayFirst", "2020-01-31")]
    [InlineData("31-01-2020", "DayFirst", "2020-01-31")]
    [InlineData("01/31/2020", "MonthFirst", "2020-01-31")]
    [InlineData("31 Jan 2020", "MonthName", "2020-01-31")]
    [InlineData("31-JANUARY-2020", "MonthName", "2020-01-31")]
    [InlineData("Jan 31, 2020", "MonthName", "2020-01-31")]
    [InlineData("May 1 2020 08:00", "MonthName", "2020-05-01 08:00")]
    [InlineData("29.02.2020", "DayDot", "2020-02-29")]
    public void TryParse_GivesTheDay(string text, string form, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var only = Enum.Parse<DateForm>(form);

        Assert.Equal(only, DateText.FormsOf(bytes));
        Assert.True(DateText.TryParse(bytes, only, out double days));
        var date = DateTime.Parse(expected, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        Assert.Equal((date - DateTime.UnixEpoch).TotalDays, days, 1e-9);
    }

    [Fact]
    public void FormsOf_AmbiguousDate_AreTwo() => Assert.Equal(DateForm.DayFirst | DateForm.MonthFirst, DateText.FormsOf("05/06/2020"u8));

    [Theory]
    [InlineData("")]
    [InlineData("2020")]
    [InlineData("20200131")]
    [InlineData("2020-13-01")]
    [InlineData("2021-02-29")]
    [InlineData("2020-01-31x")]
    [InlineData("2020-01-31 25:00")]
    [InlineData("2020-01-31 06:00:61")]
    [InlineData("2020-01-31 06:00:")]
    [InlineData("2020-01-31 06:00:.")]
    [InlineData("2020-01-31 06:00+15:00")]
    [InlineData("2020-01/31")]
    [InlineData("31.01.20")]
    [InlineData("32/01/2020")]
    [InlineData("31 Foo 2020")]
    [InlineData("Janu 31, 2020")]
    [InlineData("0000-01-01")]
    [InlineData("12345-01-01")]
    [InlineData("a long text that begins like none 2020-01-31")]
    public void FormsOf_NoDate_AreNone(string text) => Assert.Equal(DateForm.None, DateText.FormsOf(Encoding.UTF8.GetBytes(text)));
}
