namespace Microsoft.ML.Data;

/// <summary>How well several classes are told apart.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounts counts, int topKPredictionCount, ConfusionMatrix confusionMatrix)
    {
        LogLoss = counts.LogLoss;
        LogLossReduction = counts.LogLossReduction;
        MacroAccuracy = counts.MacroAccuracy;
        MicroAccuracy = counts.MicroAccuracy;
        PerClassLogLoss = counts.PerClassLogLoss;
        TopKPredictionCount = topKPredictionCount;
        TopKAccuracyForAllK = topKPredictionCount > 0 ? counts.GetTopKAccuracies(topKPredictionCount) : null!;
        ConfusionMatrix = confusionMatrix;
    }

    /// <summary>Mean of -ln of the probability given to the true class: unlike that of two classes not in bits.</summary>
    public double LogLoss { get; }

    /// <summary>At most 1; negative when the prediction is worse than the shares of the classes.</summary>
    public double LogLossReduction { get; }

    /// <summary>Mean over the classes that occur.</summary>
    public double MacroAccuracy { get; }

    /// <summary>Mean over the rows.</summary>
    public double MicroAccuracy { get; }

    public double TopKAccuracy => TopKAccuracyForAllK?.LastOrDefault() ?? 0;

    public int TopKPredictionCount { get; }

    /// <summary>For K = 1, 2 and so on; null unless asked for.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    /// <summary>0 for classes that do not occur.</summary>
    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
