using Mlp.Explanations;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Findings;

/// <summary>A test row and what each column added to its score.</summary>
/// <param name="Why">Why it was chosen.</param>
/// <param name="Outcome">What is true and what was predicted, in words.</param>
/// <param name="OutputName">Of the output that is explained.</param>
/// <param name="Explanation">Feature by feature.</param>
/// <param name="Contributions">Column by column, the largest first, with its value in words.</param>
internal sealed record ExplainedRow(
    string Why, string Outcome, string OutputName, Explanation Explanation,
    IReadOnlyList<(FeatureGroup Column, string Value, double Contribution)> Contributions)
{
    // The most multiply-adds of one explanation: it limits the points of large networks that are not smooth.
    private const double MaxWork = 1e10;

    // Those of rows that are explained in a table alone, at so many points each, which smooth networks need: a second or two.
    private const double MaxWorkOfTable = 1e10, UsualPointCount = 256;
    private const int MaxRowsOfTable = 40;

    /// <summary>Whether it is one of those that stand for all: the worst, the median, the best.</summary>
    public bool IsExample { get; private init; }

    /// <summary>Among all rows by their losses, the largest first; zero-based.</summary>
    public int Rank { get; private init; }

    /// <summary>Two rows with the largest losses, two in the middle and two with the smallest, fewer if there are not enough rows; then
    /// others, from large losses to small ones, as many as can be explained in a moment.</summary>
    /// <param name="content">Has predictions.</param>
    public static IEnumerable<ExplainedRow> Choose(ReportContent content)
    {
        TestPredictions predictions = content.Predictions!;
        double[] losses = predictions.RowLosses(predictions.Values);
        int[] order = [.. Enumerable.Range(0, losses.Length).OrderByDescending(row => losses[row])];
        (string Why, int Rank)[] chosen =
        [
            ("Largest error", 0), ("Second largest error", 1), ("Median", order.Length / 2), ("Next to the median", order.Length / 2 + 1),
            ("Second smallest error", order.Length - 2), ("Smallest error", order.Length - 1),
        ];
        RowBlocks<double> known = content.Train is { RowCount: > 0 } train ? train.Features : content.Test!.Features;
        double workOfPoint = 3.0 * content.Model.Networks.Count * PermutationImportance.WorkOfNetwork(content.Model);
        using var gradients = new IntegratedGradients<double>(content.Model, MeanOf(content, known))
        {
            PointLimit = (int)Math.Clamp(MaxWork / workOfPoint, 512, IntegratedGradients<double>.MaxPointCount),
        };
        var taken = new HashSet<int>();
        int half = (int)Math.Min(MaxRowsOfTable, MaxWorkOfTable / (workOfPoint * UsualPointCount)) / 2;
        // Half of them those with the largest losses, which a reader looks for; the others all through.
        IEnumerable<int> others = Enumerable.Range(0, half).Concat(
            Enumerable.Range(1, half).Select(part => (int)((long)part * (order.Length - 1) / half)));
        foreach ((string why, int rank) in chosen.Concat(others.Order().Select(rank => ("", rank))))
        {
            content.Settings.CancellationToken.ThrowIfCancellationRequested();
            if (rank < 0 || rank >= order.Length || !taken.Add(order[rank]))
                continue;
            string name = why.Length > 0 ? why : $"Error {rank + 1} of {Texts.Count(order.Length)}";
            ExplainedRow explained = Explain(content, gradients, order[rank], name);
            yield return explained with { IsExample = why.Length > 0, Rank = rank };
        }
    }

    private static ExplainedRow Explain(ReportContent content, IntegratedGradients<double> gradients, int row, string why)
    {
        double[] values = content.Test!.Features[row].ToArray();
        (double[] features, int[] keys) = ReportKeys.Split<double>(values, content.Model.FeatureCount, content.KeyCounts.Length);
        int output = content.Task.OutputToExplain(content.Predictions!, row);
        Explanation explanation = gradients.Explain(features, keys, output);
        string name = content.OutputNames[content.Task.NameIndexOf(output)];
        var contributions = content.Columns
            .Select(column => (column, ValueOf(content, column, values), SumOf(explanation, column)))
            .OrderByDescending(each => Math.Abs(each.Item3)).ToArray();
        return new ExplainedRow(why, content.Task.OutcomeOf(content, row, output), name, explanation, contributions);
    }

    private static Baseline<double> MeanOf(ReportContent content, RowBlocks<double> rows)
    {
        (int featureCount, int keyCount) = (content.Model.FeatureCount, content.KeyCounts.Length);
        if (keyCount == 0)
            return Baseline<double>.MeanOf(rows, keys: null, []);
        var (features, keys) = (new RowBlocks<double>(featureCount, rows.RowCount), new RowBlocks<int>(keyCount, rows.RowCount));
        for (int row = 0; row < rows.RowCount; row++)
        {
            rows[row][..featureCount].CopyTo(features.Add());
            ReportKeys.Split<double>(rows[row], featureCount, keyCount).Keys.CopyTo(keys.Add());
        }
        return Baseline<double>.MeanOf(features, keys, content.KeyCounts);
    }

    private static double SumOf(Explanation explanation, FeatureGroup column) =>
        Enumerable.Range(column.FirstFeature, column.FeatureCount).Sum(feature => explanation.Contributions[feature]);

    private static string ValueOf(ReportContent content, FeatureGroup column, double[] values) => content.IsKey(column)
        ? content.KeyName(column, values[column.FirstFeature]) : FeatureSlots.ValueOf(column, values, content.FeatureNames);
}
