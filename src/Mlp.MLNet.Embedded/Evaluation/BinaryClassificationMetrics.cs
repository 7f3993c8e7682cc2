namespace Microsoft.ML.Data;

/// <summary>How well two classes are told apart, judged by the scores.</summary>
public class BinaryClassificationMetrics
{
    private protected BinaryClassificationMetrics(
        BinaryCounts counts, double areaUnderRocCurve, double areaUnderPrecisionRecallCurve, ConfusionMatrix confusionMatrix)
    {
        AreaUnderRocCurve = areaUnderRocCurve;
        Accuracy = counts.Accuracy;
        PositivePrecision = counts.PositivePrecision;
        PositiveRecall = counts.PositiveRecall;
        NegativePrecision = counts.NegativePrecision;
        NegativeRecall = counts.NegativeRecall;
        F1Score = counts.F1Score;
        AreaUnderPrecisionRecallCurve = areaUnderPrecisionRecallCurve;
        ConfusionMatrix = confusionMatrix;
    }

    /// <summary>Takes over what does not need a probability.</summary>
    internal BinaryClassificationMetrics(BinaryClassificationMetrics other)
    {
        AreaUnderRocCurve = other.AreaUnderRocCurve;
        Accuracy = other.Accuracy;
        PositivePrecision = other.PositivePrecision;
        PositiveRecall = other.PositiveRecall;
        NegativePrecision = other.NegativePrecision;
        NegativeRecall = other.NegativeRecall;
        F1Score = other.F1Score;
        AreaUnderPrecisionRecallCurve = other.AreaUnderPrecisionRecallCurve;
        ConfusionMatrix = other.ConfusionMatrix;
    }

    /// <summary>In [0, 1]; 0.5 for scores that have nothing to do with the labels.</summary>
    public double AreaUnderRocCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
