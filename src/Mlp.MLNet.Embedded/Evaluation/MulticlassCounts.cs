namespace Microsoft.ML.Data;

/// <summary>The confusion table of several classes, ranks and log-loss, summed up row by row.</summary>
internal sealed class MulticlassCounts(int classCount)
{
    /// <summary>Probabilities below count as this.</summary>
    private const float SmallestProbability = (float)1e-15;

    private readonly double[] _rowsOfClass = new double[classCount];
    private readonly double[] _logLossOfClass = new double[classCount];
    private readonly double[] _rowsOfRank = new double[classCount + 1];
    private double _rowCount;
    private double _correctCount;
    private double _logLossSum;

    /// <summary>Rows: true class, columns: predicted class.</summary>
    public double[][] ConfusionTable { get; } = [.. Enumerable.Range(0, classCount).Select(_ => new double[classCount])];

    public double MicroAccuracy => _rowCount > 0 ? _correctCount / _rowCount : 0;

    public double MacroAccuracy
    {
        get
        {
            double sum = 0;
            int occurring = 0;
            for (int i = 0; i < classCount; i++)
            {
                if (_rowsOfClass[i] == 0)
                    continue;
                sum += ConfusionTable[i][i] / _rowsOfClass[i];
                occurring++;
            }
            return occurring > 0 ? sum / occurring : 0;
        }
    }

    public double LogLoss => _rowCount > 0 ? _logLossSum / _rowCount : 0;

    public double LogLossReduction
    {
        get
        {
            double entropy = 0;
            foreach (double rows in _rowsOfClass)
            {
                if (rows != 0)
                    entropy += rows * Math.Log(rows / _rowCount);
            }
            entropy /= -_rowCount;
            return (entropy - LogLoss) / entropy;
        }
    }

    public double[] PerClassLogLoss
        => _logLossOfClass.Select((sum, i) => _rowsOfClass[i] > 0 ? sum / _rowsOfClass[i] : 0).ToArray();

    /// <summary>The shares of rows whose class is among the best 1, 2, ... k.</summary>
    public double[] GetTopKAccuracies(int k)
    {
        var accuracies = new double[k];
        double sum = 0;
        for (int i = 0; i < k; i++)
            accuracies[i] = sum += _rowsOfRank[i] / _rowCount;
        return accuracies;
    }

    /// <summary>A label beyond the scores is a class that was not seen in training: it is wrong in every respect.</summary>
    public void Add(int label, ReadOnlySpan<float> scores)
    {
        bool isKnown = label < classCount;
        float labelScore = isKnown ? scores[label] : 0;
        int rank = 0;
        int predicted = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            // Of equal scores the first counts as the better one.
            if (scores[i] > labelScore || scores[i] == labelScore && i < label)
                rank++;
            if (scores[i] > scores[predicted])
                predicted = i;
        }
        double logLoss = -Math.Log(isKnown ? Math.Min(1, Math.Max(SmallestProbability, labelScore)) : SmallestProbability);
        _rowCount++;
        _logLossSum += logLoss;
        _rowsOfRank[rank]++;
        if (rank == 0)
            _correctCount++;
        if (!isKnown)
            return;
        _rowsOfClass[label]++;
        _logLossOfClass[label] += logLoss;
        ConfusionTable[label][rank == 0 ? label : predicted]++;
    }
}
