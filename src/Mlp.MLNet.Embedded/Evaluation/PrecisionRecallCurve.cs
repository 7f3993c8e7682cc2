namespace Microsoft.ML.Data;

/// <summary>The area under the precision-recall curve.</summary>
internal static class PrecisionRecallCurve
{
    /// <summary>Trapezoids between the points where recall grows, going down the scores.</summary>
    /// <remarks>Rows of equal score are taken one by one in their order, so this depends on the order of the rows.</remarks>
    public static double Area(IReadOnlyList<(float Score, bool IsPositive)> rows)
    {
        int positiveCount = rows.Count(row => row.IsPositive);
        double area = 0;
        double recall = 0;
        double precision = 1;
        int truePositives = 0;
        int predicted = 0;
        foreach (var (_, isPositive) in rows.OrderByDescending(row => row.Score))
        {
            predicted++;
            double previousPrecision = precision;
            if (isPositive)
                truePositives++;
            precision = (double)truePositives / predicted;
            if (!isPositive)
                continue;
            double previousRecall = recall;
            recall = (double)truePositives / positiveCount;
            area += (recall - previousRecall) * (previousPrecision + precision) / 2;
        }
        return area;
    }
}
