using System.Text.Json.Serialization;

namespace Mlp.Benchmarks.Quality;

/// <summary>One fit and what it was worth.</summary>
/// <param name="Set">The table.</param>
/// <param name="Recipe">Our options, or the name of the peer.</param>
/// <param name="Seed">Of the MLContext, and of the inner split.</param>
/// <param name="FitSeconds">The pipeline's Fit, rows in memory before.</param>
/// <param name="ProcessorSeconds">
/// Of that, by all threads of the process together: what else the machine does shows less in it than in <paramref name="FitSeconds"/>.
/// </param>
/// <param name="PriorLoss">What the training labels alone reach on the judged rows: log-loss in nats, or root mean square error.</param>
/// <param name="Metrics">
/// accuracy, auc, log_loss (nats, clipped as the peers'), log_loss_evaluate (nats, ML.NET's own); rmse, rmse_se (its standard error), r2.
/// Empty when the training diverged.
/// </param>
/// <param name="Failure">The message of a training that diverged, or what is wrong with the model; null when all is well.</param>
internal sealed record Measurement(
    string Set, string Recipe, int Seed, double FitSeconds, double ProcessorSeconds, double PriorLoss,
        IReadOnlyDictionary<string, double> Metrics,
    string? Failure)
{
    /// <summary>The loss of each row that was judged, in their order: log-loss, or the squared error. Not kept in files; empty then, and
    /// where the training diverged.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> RowLosses { get; init; } = [];
}
