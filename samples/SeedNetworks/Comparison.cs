using System.Globalization;

/// <summary>Prints our numbers beside the article's and counts those that differ.</summary>
internal static class Comparison
{
    public static int Compared { get; private set; }

    public static int Different { get; private set; }

    /// <summary>One number: |ours − article's| ≤ tolerance · max(1, |article's|).</summary>
    public static void Print(string label, double ours, double articles, double tolerance)
    {
        bool same = Count(ours, articles, tolerance);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"  {label,-34} {ours,18:G12} {articles,18:G12}  {(same ? "" : "DIFFERENT")}"));
    }

    /// <summary>Many numbers: their largest deviation.</summary>
    public static void PrintAll(string label, ReadOnlySpan<double> ours, ReadOnlySpan<double> articles, double tolerance)
    {
        double worst = 0;
        bool same = ours.Length == articles.Length;
        for (int index = 0; same && index < ours.Length; index++)
        {
            same &= Count(ours[index], articles[index], tolerance);
            worst = Math.Max(worst, Math.Abs(ours[index] - articles[index]));
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {label,-34} {ours.Length,11:N0} numbers, largest difference {worst:E1}  {(same ? "" : "DIFFERENT")}"));
    }

    /// <summary>Something that must hold.</summary>
    public static void Require(string label, bool holds)
    {
        Compared++;
        Different += holds ? 0 : 1;
        Console.WriteLine($"  {label}{(holds ? "" : "  FAILED")}");
    }

    public static void Title(string text) => Console.WriteLine(
        $"{Environment.NewLine}{text}{Environment.NewLine}{"",-36} {"ours",18} {"the article's",18}");

    private static bool Count(double ours, double articles, double tolerance)
    {
        bool same = Math.Abs(ours - articles) <= tolerance * Math.Max(1, Math.Abs(articles));
        Compared++;
        Different += same ? 0 : 1;
        return same;
    }
}
