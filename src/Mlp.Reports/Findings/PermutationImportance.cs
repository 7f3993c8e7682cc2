using Mlp.Reports.Content;
using Mlp.State;

namespace Mlp.Reports.Findings;

/// <summary>How much worse the predictions get when a column is shuffled. Source: Breiman 2001, section 10; Fisher et al. 2019.</summary>
internal static class PermutationImportance
{
    // The most multiply-adds of the whole computation: some seconds.
    private const double MaxWork = 2e10;

    private const int LeastRowCount = 50, MaxRowCount = 2000;

    /// <summary>The number of test rows used: fewer for large networks and many columns.</summary>
    public static int RowCountOf(ReportContent content)
    {
        double workOfRow = (double)content.Columns.Count * content.Settings.NumberOfPermutations * content.Model.Networks.Count
            * WorkOfNetwork(content.Model);
        return (int)Math.Min(content.Test!.RowCount, Math.Clamp(MaxWork / workOfRow, LeastRowCount, MaxRowCount));
    }

    /// <summary>Multiply-adds of a row in one network: of tables a row needs a few entries.</summary>
    public static double WorkOfNetwork(Model<double> model) =>
        Math.Max(1, model.Network.Parameters.Tensors.Where(tensor => !tensor.IsTable).Sum(tensor => (double)tensor.Length));

    /// <summary>All columns, most important first.</summary>
    /// <param name="content">Has predictions.</param>
    public static IReadOnlyList<FeatureImportance> Compute(ReportContent content)
    {
        ReportRows test = content.Test!;
        var random = new RandomSource(content.Settings.Seed);
        ReportRows sample = Sample(test, RowCountOf(content), random);
        var unchanged = TestPredictions.Compute(content, sample);
        double loss = LossOf(unchanged.Values);
        var importances = new List<FeatureImportance>();
        int[] order = [.. Enumerable.Range(0, sample.RowCount)];
        foreach (FeatureGroup column in content.Columns)
        {
            var rises = new double[content.Settings.NumberOfPermutations];
            for (int permutation = 0; permutation < rises.Length; permutation++)
            {
                content.Settings.CancellationToken.ThrowIfCancellationRequested();
                random.Shuffle(order);
                rises[permutation] = LossOf(TestPredictions.Predict(content, Shuffle(sample.Features, column, order))) - loss;
            }
            double mean = rises.Average();
            double deviation = Math.Sqrt(rises.Sum(rise => (rise - mean) * (rise - mean)) / (rises.Length - 1));
            importances.Add(new FeatureImportance(column.Name, column.FirstFeature, column.FeatureCount, mean, deviation));
        }
        return [.. importances.OrderByDescending(importance => importance.Mean)];

        double LossOf(double[] values) =>
            content.Task.ImportanceLoss(unchanged.RowLosses(values).Average(), unchanged.OutputCount);
    }

    private static ReportRows Sample(ReportRows rows, int rowCount, RandomSource random)
    {
        var sample = new ReportRows(rows.Features.RowLength, rows.Targets.RowLength, rowCount, (int)random.NextUInt64())
        {
            KeepsMissing = rows.KeepsMissing,
        };
        for (int row = 0; row < rows.RowCount; row++)
            sample.Add<double>(rows.Features[row], rows.Targets[row]);
        return sample;
    }

    /// <summary>The rows with one column's values from other rows; those of a group stay together.</summary>
    private static RowBlocks<double> Shuffle(RowBlocks<double> features, FeatureGroup column, int[] order)
    {
        var shuffled = new RowBlocks<double>(features.RowLength, features.RowCount);
        for (int row = 0; row < features.RowCount; row++)
        {
            Span<double> values = shuffled.Add();
            features[row].CopyTo(values);
            features[order[row]].Slice(column.FirstFeature, column.FeatureCount).CopyTo(values[column.FirstFeature..]);
        }
        return shuffled;
    }
}
