namespace Mlp.Reports.Metrics;

/// <summary>Statistics of rows, given how often each counts.</summary>
internal static class RowStatistics
{
    public static double Mean(int[] counts, double[] values)
    {
        double sum = 0, rows = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            sum += counts[row] * values[row];
            rows += counts[row];
        }
        return sum / rows;
    }

    public static double Variance(int[] counts, double[] values)
    {
        double mean = Mean(counts, values), sum = 0, rows = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            sum += counts[row] * (values[row] - mean) * (values[row] - mean);
            rows += counts[row];
        }
        return sum / rows;
    }

    /// <summary>The share of the selected rows for which something is true; NaN when no row is selected.</summary>
    public static double Share(int[] counts, Func<int, bool> isSelected, Func<int, bool> isTrue)
    {
        double selected = 0, both = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            if (!isSelected(row))
                continue;
            selected += counts[row];
            both += isTrue(row) ? counts[row] : 0;
        }
        return both / selected;
    }

    /// <summary>F1 of all labels together; NaN when none applies and none is predicted.</summary>
    /// <param name="counts">One per row.</param>
    /// <param name="actual">[rows x labels].</param>
    /// <param name="predicted">[rows x labels].</param>
    /// <param name="labelCount">Of a row.</param>
    public static double F1(int[] counts, bool[] actual, bool[] predicted, int labelCount = 1)
    {
        double both = 0, either = 0;
        for (int index = 0; index < actual.Length; index++)
        {
            int count = counts[index / labelCount];
            both += actual[index] && predicted[index] ? 2 * count : 0;
            either += (actual[index] ? count : 0) + (predicted[index] ? count : 0);
        }
        return either == 0 ? double.NaN : both / either;
    }
}
