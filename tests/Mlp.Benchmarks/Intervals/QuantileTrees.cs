using System.Globalization;

namespace Mlp.Benchmarks.Intervals;

/// <summary>Intervals from LightGBM's quantiles, conformalised on rows that folds hold out: Romano, Patterson and Candès 2019.</summary>
internal static class QuantileTrees
{
    private const int FoldCount = 5, TreeCount = 100;

    /// <summary>Fits two quantiles in each of five folds, widens them so that they hold the asked part of the rows that the folds hold out,
    /// and gives their means for other rows, within the range of the labels.</summary>
    /// <param name="features">Of the training rows, row-major.</param>
    /// <param name="labels">Theirs.</param>
    /// <param name="test">Features of the other rows.</param>
    /// <param name="level">The asked part.</param>
    /// <param name="seed">Of the folds.</param>
    public static (double Lower, double Upper)[] Fit(float[] features, float[] labels, float[] test, double level, int seed)
    {
        int columnCount = features.Length / labels.Length, testCount = test.Length / columnCount;
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new Random(seed).Shuffle(order);
        var excesses = new List<double>();
        var (lower, upper) = (new double[testCount], new double[testCount]);
        for (int fold = 0; fold < FoldCount; fold++)
        {
            int[] heldOut = [.. order.Where((_, place) => place % FoldCount == fold)],
                own = [.. order.Where((_, place) => place % FoldCount != fold)];
            float[] ownFeatures = Rows(own), heldOutFeatures = Rows(heldOut), ownLabels = [.. own.Select(row => labels[row])];
            double[][] low = Quantile((1 - level) / 2), high = Quantile((1 + level) / 2);
            excesses.AddRange(heldOut.Select((row, place) =>
                Math.Max(Math.Min(low[0][place], high[0][place]) - labels[row], labels[row] - Math.Max(low[0][place], high[0][place]))));
            for (int row = 0; row < testCount; row++)
            {
                lower[row] += Math.Min(low[1][row], high[1][row]) / FoldCount;
                upper[row] += Math.Max(low[1][row], high[1][row]) / FoldCount;
            }

            double[][] Quantile(double quantile) => NativeLightGbm.FitAndPredict(
                ownFeatures, ownLabels, [heldOutFeatures, test], columnCount,
                string.Create(CultureInfo.InvariantCulture,
                    $"objective=quantile alpha={quantile} verbosity=-1 deterministic=true seed={seed} num_threads=2"), TreeCount);
        }
        excesses.Sort();
        int rank = Math.Min(excesses.Count, (int)Math.Ceiling(level * (excesses.Count + 1)));
        (double wider, float least, float largest) = (excesses[rank - 1], labels.Min(), labels.Max());
        return [.. lower.Zip(upper, (low, high) => (Math.Clamp(low - wider, least, largest), Math.Clamp(high + wider, least, largest)))];

        float[] Rows(int[] rows)
        {
            var values = new float[rows.Length * columnCount];
            for (int place = 0; place < rows.Length; place++)
                features.AsSpan(rows[place] * columnCount, columnCount).CopyTo(values.AsSpan(place * columnCount));
            return values;
        }
    }
}
