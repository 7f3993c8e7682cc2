using Mlp.Tool.Output;

namespace Mlp.Tool.Tasks;

/// <summary>One of ML.NET's metrics: its name here, the property as C# code, and a function that reads it.</summary>
/// <typeparam name="TMetrics">ML.NET's class.</typeparam>
/// <param name="Name">For programs.</param>
/// <param name="Title">For people.</param>
/// <param name="Property">Of ML.NET's class.</param>
/// <param name="Read">Reads that property.</param>
/// <param name="Format">Of the number.</param>
/// <param name="Guess">The same metric of the best guess without features, from the labels of the training rows and of the test
/// rows.</param>
internal sealed record MetricDefinition<TMetrics>(
    string Name, string Title, string Property, Func<TMetrics, double> Read, string Format, Func<LabelSummary, TestLabels, double> Guess)
{
    private const int TitleWidth = 28;

    public Metric Of(TMetrics metrics, LabelSummary train, TestLabels test) => new(Name, Title, Read(metrics), Guess(train, test), Format);

    /// <summary>A statement that prints the metric, of the variable <c>metrics</c>.</summary>
    public string ToCode() =>
        $"Console.WriteLine(FormattableString.Invariant($\"{Title,-TitleWidth} {{metrics.{Property}:{Format}}}\"));";
}
