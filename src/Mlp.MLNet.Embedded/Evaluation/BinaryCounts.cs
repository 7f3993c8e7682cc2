namespace Microsoft.ML.Data;

/// <summary>The confusion table of two classes and the log-loss, summed up row by row.</summary>
internal sealed class BinaryCounts
{
    private double _truePositives;
    private double _trueNegatives;
    private double _falsePositives;
    private double _falseNegatives;
    private double _positivesWithProbability;
    private double _negativesWithProbability;
    private double _logLossSum;

    /// <summary>Rows: true class, columns: predicted class; the positive class first.</summary>
    public double[][] ConfusionTable => [[_truePositives, _falseNegatives], [_falsePositives, _trueNegatives]];

    public double Accuracy => (_trueNegatives + _truePositives) / Count;

    public double PositivePrecision => Ratio(_truePositives, _falsePositives);

    public double PositiveRecall => Ratio(_truePositives, _falseNegatives);

    public double NegativePrecision => Ratio(_trueNegatives, _falseNegatives);

    public double NegativeRecall => Ratio(_trueNegatives, _falsePositives);

    public double F1Score => PositivePrecision + PositiveRecall is var sum && sum == 0 ? 0 : 2 * PositivePrecision * PositiveRecall / sum;

    /// <summary>Of the share of positive labels, in bits.</summary>
    public double Entropy => EntropyOf((_truePositives + _falseNegatives) / Count);

    /// <summary>Mean of -log2 of the probability given to the true class; NaN as soon as one probability is missing.</summary>
    public double LogLoss => double.IsNaN(_logLossSum) ? double.NaN : WithProbability > 0 ? _logLossSum / WithProbability : 0;

    /// <summary>1 for a perfect prediction, 0 for one as good as the share of the positive labels.</summary>
    public double LogLossReduction
    {
        get
        {
            if (WithProbability == 0)
                return 0;
            double prior = EntropyOf(_positivesWithProbability / WithProbability);
            return (prior - _logLossSum / WithProbability) / prior;
        }
    }

    private double Count => _truePositives + _trueNegatives + _falseNegatives + _falsePositives;

    private double WithProbability => _positivesWithProbability + _negativesWithProbability;

    public void Add(bool isPositive, float score, float probability)
    {
        bool predictsPositive = score > 0;
        if (isPositive)
            _ = predictsPositive ? _truePositives++ : _falseNegatives++;
        else
            _ = predictsPositive ? _falsePositives++ : _trueNegatives++;
        if (float.IsNaN(probability))
        {
            _logLossSum = double.NaN;
            return;
        }
        if (isPositive)
            _positivesWithProbability++;
        else
            _negativesWithProbability++;
        _logLossSum += isPositive ? -Math.Log(probability, 2) : -Math.Log(1.0 - probability, 2);
    }

    private static double Ratio(double hits, double misses) => hits + misses > 0 ? hits / (hits + misses) : 0;

    private static double EntropyOf(double share)
        => share is 0 or 1 ? 0 : -share * Math.Log(share, 2) - (1 - share) * Math.Log(1 - share, 2);
}
