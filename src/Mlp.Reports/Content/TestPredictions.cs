using Mlp.Losses;

namespace Mlp.Reports.Content;

/// <summary>A model's predictions of the test rows, with their targets.</summary>
internal sealed class TestPredictions
{
    // Smaller probabilities are raised to this one: one confident error must not make the mean infinite.
    private const double LeastProbability = 1e-15;

    private readonly PredictionTask _task;

    private TestPredictions(PredictionTask task, double[] predictions, RowBlocks<double> targets, int outputCount, double threshold)
    {
        (_task, Values, Targets, OutputCount) = (task, predictions, targets, outputCount);
        if (task.CountClasses(outputCount) > 0)
        {
            Actual = [.. Enumerable.Range(0, RowCount).Select(row => ReportContent.ClassOf(targets[row]))];
            Predicted = [.. Enumerable.Range(0, RowCount).Select(row => PredictedClass(row, threshold))];
        }
    }

    public int RowCount => Targets.RowCount;

    /// <summary>Outputs of a row.</summary>
    public int OutputCount { get; }

    /// <summary>[rows x outputs], with the link applied: probabilities, or values.</summary>
    public double[] Values { get; }

    /// <summary>As the rows have them.</summary>
    public RowBlocks<double> Targets { get; }

    /// <summary>The class of each row; empty for other tasks.</summary>
    public int[] Actual { get; } = [];

    /// <summary>The class that is predicted for each row; empty for other tasks.</summary>
    public int[] Predicted { get; } = [];

    public static TestPredictions Compute(ReportContent content, ReportRows rows) =>
        new(content.Task, Predict(content, rows.Features), rows.Targets, content.Model.Network.OutputCount, content.Settings.Threshold);

    /// <summary>Predictions that were computed elsewhere.</summary>
    /// <param name="task">What is predicted.</param>
    /// <param name="values">[rows x outputs], with the link applied.</param>
    /// <param name="targets">As many rows.</param>
    /// <param name="threshold">With two classes, the second is predicted above it.</param>
    public static TestPredictions Of(PredictionTask task, double[] values, RowBlocks<double> targets, double threshold) =>
        new(task, values, targets, values.Length / targets.RowCount, threshold);

    /// <summary>Predictions of any rows, [rows x outputs], with the link applied.</summary>
    public static double[] Predict(ReportContent content, RowBlocks<double> features)
    {
        int outputCount = content.Model.Network.OutputCount, keyCount = content.KeyCounts.Length;
        var values = new double[features.RowCount * outputCount];
        using var predictor = new Predictor<double>(content.Model, threadCount: content.Settings.NumberOfThreads);
        int start = 0;
        foreach (Memory<double> block in features.Blocks)
        {
            int count = block.Length / features.RowLength * outputCount;
            if (keyCount == 0)
                predictor.Predict(block.Span, values.AsSpan(start, count));
            else
            {
                (double[] slots, int[] keys) = ReportKeys.Split<double>(block.Span, content.Model.FeatureCount, keyCount);
                predictor.Predict(slots, keys, values.AsSpan(start, count));
            }
            start += count;
        }
        content.Model.Link.Apply<double>(values, outputCount);
        return values;
    }

    /// <summary>The probability of a class; with two classes the model's output is that of the second.</summary>
    public double Probability(int row, int classIndex) => OutputCount > 1 ? Values[row * OutputCount + classIndex]
        : classIndex == 1 ? Values[row] : 1 - Values[row];

    /// <summary>A target of a number or label.</summary>
    public double Target(int row, int output) => Targets[row][output];

    /// <summary>A prediction of a number or label.</summary>
    public double Value(int row, int output) => Values[row * OutputCount + output];

    /// <summary>How wrong each row's prediction is: log-loss in nats for classes (of labels their mean), squared error for numbers (of
    /// several their sum, each divided by its variance among the targets).</summary>
    /// <param name="values">Other predictions of the same rows, or <see cref="Values"/>.</param>
    public double[] RowLosses(double[] values) => _task.RowLosses(this, values);

    /// <summary>The number or label whose prediction is farthest from its target.</summary>
    public int WorstOutput(int row) =>
        Enumerable.Range(0, OutputCount).MaxBy(output => Math.Abs(Value(row, output) - Target(row, output)));

    /// <summary>−ln of the probability that was predicted for the true outcome.</summary>
    public static double LogLoss(double probability, bool applies) =>
        -Math.Log(Math.Max(applies ? probability : 1 - probability, LeastProbability));

    private int PredictedClass(int row, double threshold)
    {
        if (OutputCount == 1)
            return Values[row] > threshold ? 1 : 0;
        int largest = 0;
        for (int index = 1; index < OutputCount; index++)
        {
            if (Value(row, index) > Value(row, largest))
                largest = index;
        }
        return largest;
    }
}
