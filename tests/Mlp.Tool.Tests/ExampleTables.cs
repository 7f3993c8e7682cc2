using System.Globalization;
using System.Text;

namespace Mlp.Tool.Tests;

/// <summary>Tables made by a rule, with what a table of people has: categories, missing values, names that are no identifiers.</summary>
internal static class ExampleTables
{
    /// <summary>Who buys: decided by age, country and the number of visits, with a few errors.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="seed">Of the values.</param>
    public static string Buyers(int rowCount = 240, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder("age,home country,\"visits, last year\",class,buys?\n");
        string[] countries = ["Austria", "Côte d'Ivoire", "Peru", "\"Congo, Rep.\""];
        for (int row = 0; row < rowCount; row++)
        {
            int age = random.Next(18, 80), country = random.Next(countries.Length), visits = random.Next(0, 30);
            bool buys = (age > 45) ^ (country == 2) || visits > 24;
            if (random.NextDouble() < 0.05)
                buys = !buys;
            string ageText = row % 11 == 3 ? "" : age.ToString(CultureInfo.InvariantCulture);
            string countryText = row % 17 == 5 ? "" : countries[country];
            text.Append(
                CultureInfo.InvariantCulture, $"{ageText},{countryText},{visits}.5,{(row % 3 == 0 ? "a" : "b")},{(buys ? "yes" : "no")}\n");
        }
        return text.ToString();
    }

    /// <summary>Three kinds of flowers, of which one is rare, told apart by ten numbered measurements.</summary>
    public static string Flowers(int rowCount = 210, int seed = 2)
    {
        var random = new Random(seed);
        var text = new StringBuilder(string.Join(",", Enumerable.Range(1, 10).Select(index => $"m{index}")) + ",kind\n");
        for (int row = 0; row < rowCount; row++)
        {
            int kind = row % 7 == 0 ? 2 : row % 2;
            for (int index = 0; index < 10; index++)
                text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble() + (index % 3 == kind ? 0.8 : 0):F3},");
            text.Append(((string[])["rose", "tulip", "iris"])[kind]).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Flights that are late: decided by the distance, the aircraft and what a remark says. Temperatures and aircraft are missing
    /// now and then, and every flight has a code of its own.</summary>
    public static string Flights(int rowCount = 400, int seed = 4)
    {
        string[] words = ["crew", "gate", "fuel", "queue", "fog", "snow", "storm", "crowd"];
        var random = new Random(seed);
        var text = new StringBuilder("code,distance,temperature,tail,remark,late\n");
        for (int row = 0; row < rowCount; row++)
        {
            int distance = random.Next(100, 3000), tail = random.Next(rowCount / 4);
            string[] remark = [.. Enumerable.Range(0, 4).Select(_ => words[random.Next(words.Length)])];
            bool isLate = (distance > 1500 ? 1 : 0) + (tail % 2) + (remark.Contains("snow") ? 2 : 0) > 1;
            string temperature = row % 7 == 3 ? "" : $"{random.Next(-9, 35)}";
            text.Append(
                CultureInfo.InvariantCulture,
                $"F{row},{distance},{temperature},{(row % 13 == 5 ? "" : $"N{tail}")},{string.Join(' ', remark)} {row % 3},{isLate}\n");
        }
        return text.ToString();
    }

    /// <summary>Prices that depend on an area, a district and the date of sale.</summary>
    public static string Prices(int rowCount = 200, int seed = 3)
    {
        var random = new Random(seed);
        var text = new StringBuilder("area;district;sold on;price\n");
        for (int row = 0; row < rowCount; row++)
        {
            int area = random.Next(20, 200), district = random.Next(3);
            DateTime sold = new DateTime(2015, 1, 1).AddDays(random.Next(3000));
            double price = area * (1.5 + district) + sold.Year - 2000 + random.NextDouble() * 5;
            string text1 = string.Create(
                CultureInfo.InvariantCulture, $"{area},{random.Next(10)};{(char)('A' + district)};{sold:yyyy-MM-dd};{price:F1}\n");
            text.Append(text1.Replace('.', ','));
        }
        return text.ToString();
    }
}
