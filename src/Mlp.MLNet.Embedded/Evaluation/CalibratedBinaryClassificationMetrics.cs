namespace Microsoft.ML.Data;

/// <summary>How well two classes are told apart, judged by scores and probabilities.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(
        BinaryCounts counts, double areaUnderRocCurve, double areaUnderPrecisionRecallCurve, ConfusionMatrix confusionMatrix)
        : base(counts, areaUnderRocCurve, areaUnderPrecisionRecallCurve, confusionMatrix)
    {
        LogLoss = counts.LogLoss;
        LogLossReduction = counts.LogLossReduction;
        Entropy = counts.Entropy;
    }

    /// <summary>In bits per row.</summary>
    public double LogLoss { get; }

    /// <summary>At most 1; negative when the prediction is worse than the share of the positive labels.</summary>
    public double LogLossReduction { get; }

    /// <summary>Of the labels alone, in bits.</summary>
    public double Entropy { get; }
}
