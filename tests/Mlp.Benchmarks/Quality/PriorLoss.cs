using System.Globalization;

namespace Mlp.Benchmarks.Quality;

/// <summary>How well one does without looking at the features.</summary>
internal static class PriorLoss
{
    /// <summary>Mean log-loss in nats of the training classes' shares, on other labels.</summary>
    public static double OfClasses(IReadOnlyCollection<string> train, IReadOnlyCollection<string> judged)
    {
        var shares = train.CountBy(label => label).ToDictionary(pair => pair.Key, pair => (double)pair.Value / train.Count);
        return judged.Average(label => ClippedLogLoss.Of(shares.GetValueOrDefault(label)));
    }

    /// <summary>Root mean square error of the training labels' mean, on other labels.</summary>
    public static double OfNumbers(IReadOnlyCollection<string> train, IReadOnlyCollection<string> judged)
    {
        double mean = train.Average(Parse);
        return Math.Sqrt(judged.Average(label => (Parse(label) - mean) * (Parse(label) - mean)));
    }

    private static double Parse(string label) => double.Parse(label, CultureInfo.InvariantCulture);
}
