using Mlp.Reports.Content;

namespace Mlp.Reports.Findings;

/// <summary>What the model predicts on average when a column has one value in all rows. Source: Friedman 2001, section 8.2.</summary>
/// <param name="Column">A number, or a category.</param>
/// <param name="IsCategory">Whether <paramref name="Values"/> have names and no order.</param>
/// <param name="Values">Of a number its quantiles, ascending; of a category its most common values, the most common first.</param>
/// <param name="Means">[values x outputs], with the link applied.</param>
internal sealed record PartialDependence(
    FeatureGroup Column, bool IsCategory, IReadOnlyList<(double Value, string Name)> Values, double[] Means)
{
    // The most multiply-adds of all columns together: a second or two.
    private const double MaxWork = 1e10;
    private const int MaxColumnCount = 6, MaxValueCount = 20, MaxCategoryCount = 10, LeastRowCount = 20, MaxRowCount = 300;

    /// <summary>The dependences on the most important columns; texts and other vectors have no single values, and are left out.</summary>
    /// <param name="content">Has test rows.</param>
    /// <param name="importances">The most important column first.</param>
    public static IEnumerable<PartialDependence> Of(ReportContent content, IReadOnlyList<FeatureImportance> importances)
    {
        ReportRows test = content.Test!;
        RowBlocks<double> known = (content.Train is { RowCount: > 0 } train ? train : test).Features;
        double workOfRow = (double)MaxColumnCount * MaxValueCount * content.Model.Networks.Count
            * PermutationImportance.WorkOfNetwork(content.Model);
        int rowCount = (int)Math.Min(test.RowCount, Math.Clamp(MaxWork / workOfRow, LeastRowCount, MaxRowCount));
        int[] rows = [.. Enumerable.Range(0, rowCount).Select(row => (int)((long)row * test.RowCount / rowCount))];
        return importances.Where(each => each.Mean > 0)
            .Select(each => content.Columns.First(column => column.FirstFeature == each.FirstFeature))
            .Select(column => Compute(content, column, known, rows)).OfType<PartialDependence>().Take(MaxColumnCount);
    }

    private static PartialDependence? Compute(ReportContent content, FeatureGroup column, RowBlocks<double> known, int[] rows)
    {
        content.Settings.CancellationToken.ThrowIfCancellationRequested();
        bool isCategory = content.IsKey(column) || column.FeatureCount > 1;
        (double Value, string Name)[]? values = content.IsKey(column) ? ValuesOfKey(content, column, known)
            : isCategory ? ValuesOfFlags(content, column, known) : ValuesOfNumber(column, known);
        return values is not { Length: > 1 } ? null
            : new PartialDependence(column, isCategory, values, [.. values.SelectMany(each => MeanOf(content, column, each.Value, rows))]);
    }

    private static (double, string)[] ValuesOfNumber(FeatureGroup column, RowBlocks<double> known)
    {
        double[] sorted = [.. Enumerable.Range(0, known.RowCount).Select(row => known[row][column.FirstFeature])
            .Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(0, MaxValueCount)
            .Select(part => sorted[(int)((long)part * (sorted.Length - 1) / (MaxValueCount - 1))]).Distinct().Select(value => (value, ""))];
    }

    private static (double, string)[] ValuesOfKey(ReportContent content, FeatureGroup column, RowBlocks<double> known) =>
        [.. Enumerable.Range(0, known.RowCount).Select(row => known[row][column.FirstFeature]).CountBy(value => value)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MaxCategoryCount)
            .Select(pair => (pair.Key, content.KeyName(column, pair.Key)))];

    /// <summary>Null where a row has several of the features, or another value than 0 and 1: then they are no category.</summary>
    private static (double, string)[]? ValuesOfFlags(ReportContent content, FeatureGroup column, RowBlocks<double> known)
    {
        var counts = new int[column.FeatureCount];
        for (int row = 0; row < known.RowCount; row++)
        {
            ReadOnlySpan<double> flags = known[row].Slice(column.FirstFeature, column.FeatureCount);
            int set = flags.IndexOfAnyExcept(0.0);
            if (set < 0)
                continue;
            if (flags[set] != 1 || flags[(set + 1)..].ContainsAnyExcept(0.0))
                return null;
            counts[set]++;
        }
        return [.. Enumerable.Range(0, counts.Length).Where(value => counts[value] > 0).OrderByDescending(value => counts[value])
            .ThenBy(value => value).Take(MaxCategoryCount).Select(value => ((double)value, NameOf(content, column, value)))];
    }

    private static string NameOf(ReportContent content, FeatureGroup column, int value)
    {
        var features = new double[content.FeatureNames.Count];
        features[column.FirstFeature + value] = 1;
        return FeatureSlots.ValueOf(column, features, content.FeatureNames);
    }

    private static double[] MeanOf(ReportContent content, FeatureGroup column, double value, int[] rows)
    {
        RowBlocks<double> features = content.Test!.Features;
        var changed = new RowBlocks<double>(features.RowLength, rows.Length);
        foreach (int row in rows)
        {
            Span<double> values = changed.Add();
            features[row].CopyTo(values);
            if (column.FeatureCount == 1)
                values[column.FirstFeature] = value;
            else
            {
                values.Slice(column.FirstFeature, column.FeatureCount).Clear();
                values[column.FirstFeature + (int)value] = 1;
            }
        }
        double[] predictions = TestPredictions.Predict(content, changed);
        int outputCount = predictions.Length / rows.Length;
        return [.. Enumerable.Range(0, outputCount).Select(
            output => Enumerable.Range(0, rows.Length).Average(row => predictions[row * outputCount + output]))];
    }
}
