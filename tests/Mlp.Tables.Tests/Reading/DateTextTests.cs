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
    [InlineData("20141013T000000", "Compact", "2014-10-13")]
    [InlineData("20141013T233015", "Compact", "2014-10-13 23:30:15")]
    [InlineData("20141013", "Compact", "2014-10-13")]
    [InlineData("20141013 06:00", "Compact", "2014-10-13 06:00")]
    [InlineData("20141013233015", "Compact", "2014-10-13 23:30:15")]
    [InlineData("201410", "Compact", "2014-10-01")]
    [InlineData("Mar-2018", "MonthName", "2018-03-01")]
    [InlineData("March 2018", "MonthName", "2018-03-01")]
    [InlineData("Mar-18", "MonthName", "2018-03-01")]
    [InlineData("Mar '98", "MonthName", "1998-03-01")]
    [InlineData("31-Jan-18", "MonthName", "2018-01-31")]
    [InlineData("Q2 2018", "MonthName", "2018-04-01")]
    [InlineData("2018-Q3", "MonthName", "2018-07-01")]
    [InlineData("2018Q1", "MonthName", "2018-01-01")]
    [InlineData("2018-03", "YearFirst", "2018-03-01")]
    [InlineData("03/2018", "MonthYear", "2018-03-01")]
    [InlineData("31. März 2018", "MonthName", "2018-03-31")]
    [InlineData("31 mars 2018", "MonthName", "2018-03-31")]
    [InlineData("31 de mayo de 2018", "MonthName", "2018-05-31")]
    [InlineData("1st of May, 2018", "MonthName", "2018-05-01")]
    [InlineData("Mon, 31 Dec 2018 17:30:00 GMT", "MonthName", "2018-12-31 17:30")]
    [InlineData("Dec 31, 2018, 5:30 PM", "MonthName", "2018-12-31 17:30")]
    [InlineData("2018-Mar-31", "MonthName", "2018-03-31")]
    [InlineData("1/31/2020 5:30 PM", "MonthFirst", "2020-01-31 17:30")]
    [InlineData("1/31/2020 12:05:00 am", "MonthFirst", "2020-01-31 00:05")]
    [InlineData("1/31/20 5:30", "MonthFirst", "2020-01-31 05:30")]
    [InlineData("31.1.99", "DayDot", "1999-01-31")]
    [InlineData("2020年1月31日", "YearFirst", "2020-01-31")]
    public void TryParse_GivesTheDay(string text, string form, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var only = Enum.Parse<DateForm>(form);

        Assert.Equal(only, DateText.FormsOf(bytes));
        Assert.True(DateText.TryParse(bytes, only, out FoundDate found));
        var date = DateTime.Parse(expected, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        Assert.Equal((date - DateTime.UnixEpoch).TotalDays, found.Days, 1e-9);
    }

    [Fact]
    public void FormsOf_AmbiguousDate_AreTwo() => Assert.Equal(DateForm.DayFirst | DateForm.MonthFirst, DateText.FormsOf("05/06/2020"u8));

    [Theory]
    [InlineData("")]
    [InlineData("2020")]
    [InlineData("20201301")]
    [InlineData("18991231")]
    [InlineData("21010101")]
    [InlineData("2020013")]
    [InlineData("20200131T")]
    [InlineData("202013")]
    [InlineData("2020-Q5")]
    [InlineData("13/2020")]
    [InlineData("15-01-02")]
    [InlineData("1/2/345")]
    [InlineData("Mar 18")]
    [InlineData("18-Mar")]
    [InlineData("5 May")]
    [InlineData("May")]
    [InlineData("Mon")]
    [InlineData("Mar 2018 report")]
    [InlineData("Jan Feb 2020")]
    [InlineData("1/31/2020 13:30 PM")]
    [InlineData("2020-13-01")]
    [InlineData("2021-02-29")]
    [InlineData("2020-01-31x")]
    [InlineData("2020-01-31 25:00")]
    [InlineData("2020-01-31 06:00:61")]
    [InlineData("2020-01-31 06:00:")]
    [InlineData("2020-01-31 06:00:.")]
    [InlineData("2020-01-31 06:00+15:00")]
    [InlineData("2020-01/31")]
    [InlineData("32/01/2020")]
    [InlineData("31 Foo 2020")]
    [InlineData("Janu 31, 2020")]
    [InlineData("0000-01-01")]
    [InlineData("12345-01-01")]
    [InlineData("a long text that begins like none 2020-01-31")]
    public void FormsOf_NoDate_AreNone(string text) => Assert.Equal(DateForm.None, DateText.FormsOf(Encoding.UTF8.GetBytes(text)));
}
