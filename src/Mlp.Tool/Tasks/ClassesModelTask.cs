using Mlp.Tool.Output;

namespace Mlp.Tool.Tasks;

/// <summary>What tasks with classes have in common.</summary>
internal abstract class ClassesModelTask : ModelTask
{
    // From here on a model is more likely to have been told the label than to have learnt it.
    private const double PerfectAccuracy = 0.9995;

    /// <summary>ML.NET's log-loss takes a smaller probability for this one.</summary>
    private const double LeastProbability = 1e-15;

    public override string NameOfGuess(LabelSummary train, IReadOnlyList<string> classes) =>
        $"always {classes[Guesses.MostFrequent(train)]}";

    /// <summary>Log-loss in nats, and wrong answers.</summary>
    /// <inheritdoc/>
    public override (double? First, double Second) GainOverGuess(float label, RowPrediction row, LabelSummary train)
    {
        int index = (int)label;
        // Of a class that training did not see, the guess knows nothing.
        double? logLoss = train.Counts![index] > 0
            ? LogLoss((double)train.Counts[index] / train.RowCount) - LogLoss(row.Values[index]) : null;
        return (logLoss, (index != Guesses.MostFrequent(train) ? 1 : 0) - (index != row.ClassIndex ? 1 : 0));
    }

    public override bool IsTooGood(IReadOnlyList<Metric> metrics) => Metric.Find(metrics, LeadingMetric).Value >= PerfectAccuracy;

    private static double LogLoss(double probability) => -Math.Log(Math.Max(probability, LeastProbability));
}
