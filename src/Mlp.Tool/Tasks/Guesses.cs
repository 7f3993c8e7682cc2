namespace Mlp.Tool.Tasks;

/// <summary>The metrics of guesses without features: always the most frequent class, the shares of the classes, the mean or the
/// median.</summary>
internal static class Guesses
{
    public static double Accuracy(LabelSummary train, TestLabels test) =>
        (double)test.Summary.Counts![MostFrequent(train)] / test.Summary.RowCount;

    /// <summary>The recall of one class is 1, that of the others 0.</summary>
    public static double MeanClassAccuracy(LabelSummary train, TestLabels test) =>
        test.Summary.Counts![MostFrequent(train)] == 0 ? 0 : 1.0 / test.Summary.Counts.Count(count => count > 0);

    public static double PositiveShare(LabelSummary train, TestLabels test) => (double)test.Summary.Counts![1] / test.Summary.RowCount;

    /// <summary>2 · precision · recall / (precision + recall) of always predicting the most frequent class; NaN when that is the negative
    /// one.</summary>
    public static double F1Score(LabelSummary train, TestLabels test)
    {
        if (MostFrequent(train) == 0)
            return double.NaN;
        double precision = PositiveShare(train, test);
        return 2 * precision / (1 + precision);
    }

    /// <summary>Cross-entropy of the training rows' shares, in nats.</summary>
    public static double LogLoss(LabelSummary train, TestLabels test)
    {
        double sum = 0;
        for (int index = 0; index < train.Counts!.Count; index++)
        {
            if (test.Summary.Counts![index] > 0)
                sum -= test.Summary.Counts[index] * Math.Log((double)train.Counts[index] / train.RowCount);
        }
        return sum / test.Summary.RowCount;
    }

    public static double RootMeanSquaredError(LabelSummary train, TestLabels test) => Math.Sqrt(MeanSquare(test, train.Mean!.Value));

    public static double MeanAbsoluteError(LabelSummary train, TestLabels test) =>
        test.Values.Where(label => !float.IsNaN(label)).Average(label => Math.Abs(label - train.Median!.Value));

    public static double RSquared(LabelSummary train, TestLabels test) =>
        1 - MeanSquare(test, train.Mean!.Value) / MeanSquare(test, test.Summary.Mean!.Value);

    /// <summary>The class that the guess always is.</summary>
    public static int MostFrequent(LabelSummary train) =>
        Enumerable.Range(0, train.Counts!.Count).MaxBy(index => train.Counts[index]);

    private static double MeanSquare(TestLabels test, double guess) =>
        test.Values.Where(label => !float.IsNaN(label)).Average(label => (label - guess) * (label - guess));
}
