using System.Globalization;
using System.Text;

namespace Mlp.Tool.Tests;

/// <summary>Tables made by a rule and written as people do.</summary>
internal static class EverydayTables
{
    /// <summary>Totals in euros, from a price, a rebate in percent and a balance of which brackets are minus.</summary>
    public static string Invoices(int rowCount = 300)
    {
        var random = new Random(5);
        var text = new StringBuilder("price;rebate;balance;weight;total\n");
        for (int row = 0; row < rowCount; row++)
        {
            double price = random.Next(1000, 500_000) / 100.0, balance = random.Next(-5000, 5000) / 100.0;
            int rebate = 5 * random.Next(1, 5);
            string written = balance < 0 ? $"({German(-balance)})" : German(balance);
            double total = price * (100 - rebate) / 100 + balance;
            text.Append(CultureInfo.InvariantCulture, $"{German(price)} €;{rebate},0 %;{written};{row % 9},5 kg;{German(total)} €\n");
        }
        return text.ToString();
    }

    /// <summary>Who leaves: by age and whether they smoke, in several spellings of yes and no.</summary>
    public static string Leavers(int rowCount = 300)
    {
        string[] yes = ["TRUE", "true", "Y", "yes", "ja", "oui", "1"], no = ["nein", "no", "FALSE", "0"];
        var random = new Random(6);
        var text = new StringBuilder("age,smoker,leaves\n");
        for (int row = 0; row < rowCount; row++)
        {
            int age = random.Next(18, 80);
            bool smokes = random.NextDouble() < 0.4, leaves = age > 50 ^ smokes;
            string[] left = leaves ? yes : no, smoked = smokes ? ["Y", "yes"] : ["N", "no"];
            text.Append(CultureInfo.InvariantCulture, $"{age},{smoked[row % 2]},{left[random.Next(left.Length)]}\n");
        }
        return text.ToString();
    }

    /// <summary>Riders: many on weekdays in the morning, few in January; how long a ride takes does not depend on the day.</summary>
    public static string Riders(int rowCount = 600)
    {
        var random = new Random(7);
        var text = new StringBuilder("booked,rides,riders\n");
        for (int row = 0; row < rowCount; row++)
        {
            DateTime rides = new DateTime(2020, 1, 1).AddDays(random.Next(700)).AddHours(random.Next(24));
            DateTime booked = rides.AddDays(-random.Next(10));
            bool isWeekend = rides.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            double morning = rides.Hour is > 5 and < 10 ? 60 : 0;
            double riders = (isWeekend ? 20 : 100) + morning + 5 * (rides - booked).Days + random.Next(5) + 0.5;
            text.Append(CultureInfo.InvariantCulture, $"{booked:yyyyMMdd}T000000,{rides:M/d/yy h:mm tt},{riders}\n");
        }
        return text.ToString();
    }

    private static string German(double value) =>
        value.ToString("N2", new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." });
}
