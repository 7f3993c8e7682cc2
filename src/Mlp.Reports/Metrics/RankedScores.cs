namespace Mlp.Reports.Metrics;

/// <summary>Rows in the order of a score, highest first, and whether each is of the class: the input of ROC and precision-recall
/// curves.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;
    private readonly bool[] _applies;

    // The positions in the order at which a new, lower score begins.
    private readonly int[] _ends;

    /// <param name="scores">One per row.</param>
    /// <param name="applies">One per row.</param>
    public RankedScores(double[] scores, bool[] applies)
    {
        _applies = applies;
        _order = [.. Enumerable.Range(0, scores.Length)];
        // Equal scores stay in the order of the rows.
        Array.Sort(_order, (left, right) => scores[right].CompareTo(scores[left]) is var order and not 0 ? order : left.CompareTo(right));
        _ends =
            [.. Enumerable.Range(1, scores.Length).Where(end => end == scores.Length || scores[_order[end]] != scores[_order[end - 1]])];
    }

    /// <summary>The area under the ROC curve: the probability that a row of the class has a higher score than another row (equal scores
    /// count half).</summary>
    /// <param name="counts">How often each row counts.</param>
    /// <returns>NaN when the rows that count are all of the class, or all of others.</returns>
    public double AreaUnderRoc(int[] counts)
    {
        double positives = 0, negatives = 0, area = 0;
        Walk(counts, (tiedPositives, tiedNegatives) =>
        {
            area += tiedNegatives * (positives + tiedPositives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
        });
        return positives == 0 || negatives == 0 ? double.NaN : area / (positives * negatives);
    }

    /// <summary>The area under precision and recall as ML.NET estimates it: trapezoids between one row of the class and the next, each from
    /// the lowest precision before it. Source: Boyd, Eng and Page 2013, "lower trapezoid". Rows of equal scores come in
    /// their order.</summary>
    /// <param name="counts">How often each row counts.</param>
    /// <returns>NaN when no row that counts is of the class.</returns>
    public double AreaUnderPrecisionRecall(int[] counts)
    {
        double positives = 0, rows = 0, sum = 0, lowest = 1;
        foreach (int row in _order)
        {
            for (int copy = 0; copy < counts[row]; copy++)
            {
                rows++;
                positives += _applies[row] ? 1 : 0;
                double precision = positives / rows;
                sum += _applies[row] ? (lowest + precision) / 2 : 0;
                lowest = precision;
            }
        }
        return positives == 0 ? double.NaN : sum / positives;
    }

    /// <summary>After each threshold, highest first: rows of the class at or above it, and others.</summary>
    public List<(double Positives, double Negatives)> Steps()
    {
        var steps = new List<(double, double)> { (0, 0) };
        double positives = 0, negatives = 0;
        Walk([.. _order.Select(_ => 1)], (tiedPositives, tiedNegatives) =>
            steps.Add((positives += tiedPositives, negatives += tiedNegatives)));
        return steps;
    }

    /// <summary>Recall and precision from the first threshold on that finds a row of the class; to the left of it the precision is taken as
    /// constant.</summary>
    /// <param name="steps">Some of <see cref="Steps"/>, the last one among them.</param>
    /// <param name="positiveCount">Rows of the class, at least 1.</param>
    public static List<(double Recall, double Precision)> PrecisionCurve(
        IEnumerable<(double Positives, double Negatives)> steps, double positiveCount)
    {
        var points = new List<(double, double Precision)>();
        foreach ((double positives, double negatives) in steps.Where(step => step.Positives > 0))
            points.Add((positives / positiveCount, positives / (positives + negatives)));
        points.Insert(0, (0, points[0].Precision));
        return points;
    }

    private void Walk(int[] counts, Action<double, double> addTied)
    {
        int start = 0;
        foreach (int end in _ends)
        {
            int positives = 0, negatives = 0;
            for (int place = start; place < end; place++)
            {
                int row = _order[place];
                if (_applies[row])
                    positives += counts[row];
                else
                    negatives += counts[row];
            }
            addTied(positives, negatives);
            start = end;
        }
    }
}
