using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Benchmarks.Quality;

/// <summary>
/// Log-loss in nats with probabilities kept within [1e-7, 1 - 1e-7], as the peers' figures are. ML.NET's Evaluate clips differently:
/// for two classes not at all, so that one sure and wrong row makes it infinite.
/// </summary>
internal static class ClippedLogLoss
{
    public const double SmallestProbability = 1e-7;

    /// <summary>Of the column Probability, for two classes.</summary>
    public static double OfTwoClasses(IDataView scored) => RowsOfTwoClasses(scored).Average();

    /// <summary>Of each row; see <see cref="OfTwoClasses"/>.</summary>
    public static IEnumerable<double> RowsOfTwoClasses(IDataView scored) =>
        scored.GetColumn<float>("Probability")
        .Zip(scored.GetColumn<bool>(QualityRows.Label), (probability, label) => Of(label ? probability : 1.0 - probability));

    /// <summary>Of the column Score, for several classes. A label that training did not see has probability 0.</summary>
    public static double OfClasses(IDataView scored) => RowsOfClasses(scored).Average();

    /// <summary>Of each row; see <see cref="OfClasses"/>.</summary>
    public static IEnumerable<double> RowsOfClasses(IDataView scored) =>
        scored.GetColumn<float[]>("Score")
        .Zip(scored.GetColumn<uint>(QualityRows.Label), (score, label) => Of(label == 0 ? 0 : score[label - 1]));

    /// <summary>Of one row whose own class has this probability.</summary>
    public static double Of(double probability) => -Math.Log(Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability));
}
