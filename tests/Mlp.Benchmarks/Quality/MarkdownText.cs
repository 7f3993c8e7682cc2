using System.Globalization;
using System.Text;

namespace Mlp.Benchmarks.Quality;

/// <summary>Markdown in the making.</summary>
internal sealed class MarkdownText
{
    private readonly StringBuilder _text = new();

    public void Line(string text) => _text.Append(text).Append('\n');

    public void Title(string text) => Line($"\n### {text}\n");

    public void Header(string[] names)
    {
        Row(names);
        Line(string.Concat(Enumerable.Repeat("|---", names.Length)) + "|");
    }

    public void Row(string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    /// <summary>A value of a metric: four decimals where it is around 1 by nature, else about as many digits.</summary>
    public static string Metric(double value) =>
        value.ToString(Math.Abs(value) >= 1000 ? "N0" : Math.Abs(value) >= 10 ? "F2" : "F4", CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();
}
