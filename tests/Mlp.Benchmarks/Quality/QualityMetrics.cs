namespace Mlp.Benchmarks.Quality;

/// <summary>What the metrics' names mean.</summary>
internal static class QualityMetrics
{
    public static bool HigherIsBetter(string metric) => metric is "accuracy" or "auc" or "r2";

    public static bool IsReported(QualityTask task, string metric) => metric switch
    {
        "auc" => task == QualityTask.Binary,
        "accuracy" or "log_loss" => task != QualityTask.Regression,
        "rmse" => task == QualityTask.Regression,
        _ => false,
    };

    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
