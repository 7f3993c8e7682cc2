namespace Microsoft.ML.Data;

/// <summary>The area under the ROC curve.</summary>
internal static class RocCurve
{
    /// <summary>The share of pairs whose positive row has the higher score; pairs with equal scores count half.</summary>
    public static double Area(List<float> positives, List<float> negatives)
    {
        if (positives.Count == 0)
            throw Undefined("PosSample", "positive");
        if (negatives.Count == 0)
            throw Undefined("NegSample", "negative");
        positives.Sort();
        negatives.Sort();
        // Counts of pairs stay exact in a Double up to 2^53, so that the order of summation does not matter.
        double pairs = 0;
        int lower = 0;
        int notHigher = 0;
        foreach (float score in positives)
        {
            while (lower < negatives.Count && negatives[lower] < score)
                lower++;
            while (notHigher < negatives.Count && negatives[notHigher] <= score)
                notHigher++;
            pairs += 0.5 * (lower + notHigher);
        }
        return pairs / ((double)positives.Count * negatives.Count);
    }

    private static Exception Undefined(string parameter, string side)
        => Runtime.Contracts.ExceptParam(parameter, $"AUC is not defined when there is no {side} class in the data");
}
