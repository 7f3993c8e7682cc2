namespace Mlp.Evaluation;

/// <summary>How often a label was predicted rightly and wrongly, and what follows from it.</summary>
internal sealed class LabelCounts
{
    /// <summary>Rows in which the label applies and was predicted.</summary>
    public long TruePositives { get; private set; }

    /// <summary>Rows in which it was predicted and does not apply.</summary>
    public long FalsePositives { get; private set; }

    /// <summary>Rows in which it applies and was not predicted.</summary>
    public long FalseNegatives { get; private set; }

    /// <summary>Rows in which it neither applies nor was predicted.</summary>
    public long TrueNegatives { get; private set; }

    /// <summary>TP / (TP + FP); 0 when the label was never predicted.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>TP / (TP + FN); 0 when the label never applies.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall; 0 when both are.</summary>
    public double F1Score => Ratio(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>The share of rows that were predicted rightly; 0 without rows.</summary>
    public double Accuracy => Ratio(TruePositives + TrueNegatives, TruePositives + TrueNegatives + FalsePositives + FalseNegatives);

    /// <summary>The share of rows that were predicted wrongly; 0 without rows.</summary>
    public double ErrorRate => Ratio(FalsePositives + FalseNegatives, TruePositives + TrueNegatives + FalsePositives + FalseNegatives);

    /// <summary>The counts of all labels together: what micro-averages are made of.</summary>
    /// <param name="labels">Any number.</param>
    public static LabelCounts Sum(IEnumerable<LabelCounts> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var sum = new LabelCounts();
        foreach (LabelCounts label in labels)
        {
            sum.TruePositives += label.TruePositives;
            sum.FalsePositives += label.FalsePositives;
            sum.FalseNegatives += label.FalseNegatives;
            sum.TrueNegatives += label.TrueNegatives;
        }
        return sum;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="applies">Whether the label applies.</param>
    /// <param name="predicted">Whether it was predicted.</param>
    public void Add(bool applies, bool predicted)
    {
        switch (applies, predicted)
        {
            case (true, true):
                TruePositives++;
                break;
            case (false, true):
                FalsePositives++;
                break;
            case (true, false):
                FalseNegatives++;
                break;
            default:
                TrueNegatives++;
                break;
        }
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : part / (double)whole;
}
