using Mlp.Reports.Content;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Findings;

/// <summary>Two models on the same rows: what differs, and whether that is more than chance.</summary>
internal sealed class ModelComparison
{
    /// <summary>Fewer rows say little, and a bootstrap of them less than it seems to.</summary>
    public const int FewRows = 30;

    /// <param name="firstName">Of the first model.</param>
    /// <param name="first">Its predictions.</param>
    /// <param name="secondName">Of the second model.</param>
    /// <param name="second">Its predictions of the same rows, in the same order.</param>
    /// <param name="seed">Of the bootstrap samples.</param>
    /// <param name="cancellationToken">Checked for each sample.</param>
    public ModelComparison(
        string firstName, ScoredRows first, string secondName, ScoredRows second, int seed, CancellationToken cancellationToken)
    {
        (FirstName, First, SecondName, Second, Seed) = (firstName, first, secondName, second, seed);
        (MetricDefinition First, MetricDefinition Second)[] pairs = [.. first.Task.Metrics(first).Zip(second.Task.Metrics(second))];
        int[] once = [.. Enumerable.Repeat(1, RowCount)];
        var spreads = ConfidenceIntervals.PairedBootstrap(
            RowCount, [.. pairs.Select(pair => (pair.First.Compute, pair.Second.Compute))], seed, cancellationToken);
        Differences = [.. pairs.Zip(spreads, (pair, spread) => new MetricDifference(
            pair.First, pair.First.Compute(once), pair.Second.Compute(once), spread.StandardError, spread.Low, spread.High))];
    }

    public string FirstName { get; }

    public ScoredRows First { get; }

    public string SecondName { get; }

    public ScoredRows Second { get; }

    public int Seed { get; }

    public int RowCount => First.Predictions.RowCount;

    /// <summary>The metrics of the task, most important first.</summary>
    public IReadOnlyList<MetricDifference> Differences { get; }

    /// <summary>The metric that decides: the loss of the task, which sees every row and not only whether it is on the right side.</summary>
    public MetricDifference Decisive => Differences.First(each => each.Metric is { HigherIsBetter: false, IsShare: false });

    /// <summary>Which model is better, in words, with the error of the difference.</summary>
    public string Verdict
    {
        get
        {
            MetricDifference decisive = Decisive;
            string metric = char.ToLowerInvariant(decisive.Metric.Name[0]) + decisive.Metric.Name[1..];
            string size = $"{Texts.Short(Math.Abs(decisive.Difference))} ± {Texts.Short(decisive.StandardError)}";
            if (decisive.IsBeyondNoise)
            {
                string better = decisive.IsSecondBetter ? SecondName : FirstName;
                return $"{better} is better: its {metric} is lower by {size} (the difference and its standard error).";
            }
            return decisive.Difference == 0
                ? $"No difference: the {metric} of both models is {Texts.Short(decisive.First)}."
                : $"No difference beyond noise: the {metric} of {(decisive.IsSecondBetter ? SecondName : FirstName)} is lower by {size} "
                    + "(the difference and its standard error), and the 95 % interval of the difference, "
                    + $"{Texts.Short(decisive.Low)} to {Texts.Short(decisive.High)}, holds 0.";
        }
    }

    /// <summary>How many rows each model is right about, or nearer to: a name and a count.</summary>
    public IReadOnlyList<(string Name, int Count)> RowByRow()
    {
        if (First.ClassCount > 0)
        {
            bool[] first = RightRows(First.Predictions), second = RightRows(Second.Predictions);
            return
            [
                ("Both are right", first.Zip(second).Count(each => each is (true, true))),
                ($"Only {FirstName} is right", first.Zip(second).Count(each => each is (true, false))),
                ($"Only {SecondName} is right", first.Zip(second).Count(each => each is (false, true))),
                ("Neither is right", first.Zip(second).Count(each => each is (false, false))),
            ];
        }
        double[] losses = First.Predictions.RowLosses(First.Predictions.Values);
        double[] others = Second.Predictions.RowLosses(Second.Predictions.Values);
        return
        [
            ($"{FirstName} is nearer", losses.Zip(others).Count(each => each.First < each.Second)),
            ($"{SecondName} is nearer", losses.Zip(others).Count(each => each.First > each.Second)),
            ("Both are as near", losses.Zip(others).Count(each => each.First == each.Second)),
        ];
    }

    private static bool[] RightRows(TestPredictions predictions) =>
        [.. predictions.Actual.Zip(predictions.Predicted, (actual, predicted) => actual == predicted)];
}
