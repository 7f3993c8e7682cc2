namespace Mlp.Tool.Output;

/// <summary>A measure of the quality of predictions.</summary>
/// <param name="Name">For programs: "accuracy".</param>
/// <param name="Title">For people: "accuracy".</param>
/// <param name="Value">NaN where it is not defined.</param>
/// <param name="Baseline">The same metric of the best guess from the training labels alone; NaN where it is not defined.</param>
/// <param name="Format">Of the number, as C# writes it.</param>
internal sealed record Metric(string Name, string Title, double Value, double Baseline, string Format)
{
    /// <summary>The metric of a name, which is there.</summary>
    public static Metric Find(IReadOnlyList<Metric> metrics, string name) => metrics.First(metric => metric.Name == name);
}
