using Mlp.Reports.Content;

namespace Mlp.Reports.Metrics;

/// <summary>The metrics of a task on the test rows.</summary>
internal static class MetricTable
{
    /// <param name="content">Has predictions.</param>
    public static IReadOnlyList<ReportMetric> Create(ReportContent content)
    {
        TestPredictions predictions = content.Predictions!;
        var figures = new List<Figure>();
        switch (content.Task)
        {
            case PredictionTask.Binary:
                AddBinary(figures, predictions, TrainingShares(content));
                break;
            case PredictionTask.Multiclass:
                AddMulticlass(figures, predictions, TrainingShares(content));
                break;
            case PredictionTask.MultiLabel:
                AddLabels(figures, predictions);
                break;
            default:
                for (int target = 0; target < predictions.OutputCount; target++)
                    AddNumber(figures, content, target);
                break;
        }
        int[] all = [.. Enumerable.Repeat(1, predictions.RowCount)];
        Figure[] bootstrapped = [.. figures.Where(figure => figure.RowsOfShare is null)];
        (double, double)[] intervals = ConfidenceIntervals.Bootstrap(
            predictions.RowCount, [.. bootstrapped.Select(figure => figure.Compute)], content.Settings.Seed,
            content.Settings.CancellationToken);
        return [.. figures.Select(figure =>
        {
            double value = figure.Compute(all);
            (double low, double high) = figure.RowsOfShare is { } rows
                ? ConfidenceIntervals.Wilson(value * rows, rows) : intervals[Array.IndexOf(bootstrapped, figure)];
            return new ReportMetric(
                figure.Name, value, low, high, figure.RowsOfShare is null ? "bootstrap" : "Wilson", figure.Baseline, figure.IsShare,
                figure.HigherIsBetter);
        })];
    }

    /// <summary>The share of each class among the training rows or, without any, among the test rows.</summary>
    private static double[] TrainingShares(ReportContent content)
    {
        ReportRows rows = content.Train is { RowCount: > 0 } train ? train : content.Test!;
        var shares = new double[content.ClassCount];
        for (int row = 0; row < rows.RowCount; row++)
            shares[ReportContent.ClassOf(rows.Targets[row])] += 1.0 / rows.RowCount;
        return shares;
    }

    private static void AddBinary(List<Figure> figures, TestPredictions predictions, double[] shares)
    {
        int rowCount = predictions.RowCount;
        bool[] actual = [.. predictions.Actual.Select(each => each == 1)], predicted = [.. predictions.Predicted.Select(each => each == 1)];
        double[] probabilities = predictions.Values;
        var ranked = new RankedScores(probabilities, actual);
        var calibration = new Calibration(probabilities, actual);
        int majority = shares[1] > shares[0] ? 1 : 0;
        AddAccuracy(figures, predictions, majority);
        figures.Add(new("Area under ROC", ranked.AreaUnderRoc) { Baseline = 0.5 });
        figures.Add(new("Average precision", ranked.AveragePrecision) { Baseline = actual.Count(each => each) / (double)rowCount });
        figures.Add(new("F1", counts => F1(counts, actual, predicted)));
        figures.Add(new("Precision", counts => Share(counts, row => predicted[row], row => actual[row]))
        {
            RowsOfShare = predicted.Count(each => each),
        });
        figures.Add(new("Recall", counts => Share(counts, row => actual[row], row => predicted[row]))
        {
            RowsOfShare = actual.Count(each => each),
        });
        AddLogLoss(figures, predictions, shares);
        double[] squares = [.. probabilities.Select((p, row) => Math.Pow(p - (actual[row] ? 1 : 0), 2))];
        figures.Add(new("Brier score", counts => Mean(counts, squares))
        {
            HigherIsBetter = false,
            IsShare = false,
            Baseline = actual.Average(each => Math.Pow(shares[1] - (each ? 1 : 0), 2)),
        });
        figures.Add(new("Expected calibration error", calibration.ExpectedError) { HigherIsBetter = false });
    }

    private static void AddMulticlass(List<Figure> figures, TestPredictions predictions, double[] shares)
    {
        int majority = Array.IndexOf(shares, shares.Max());
        AddAccuracy(figures, predictions, majority);
        figures.Add(new(
            "Balanced accuracy", counts => MeanOfClasses(counts, predictions, shares.Length, (both, actual, _) => both / actual))
        {
            Baseline = 1.0 / shares.Length,
        });
        figures.Add(new("Macro F1", counts => MeanOfClasses(
            counts, predictions, shares.Length, (both, actual, predicted) => actual == 0 ? double.NaN : 2 * both / (actual + predicted))));
        AddLogLoss(figures, predictions, shares);
        var calibration = new Calibration(
            [.. predictions.Predicted.Select((each, row) => predictions.Probability(row, each))],
            [.. predictions.Predicted.Select((each, row) => each == predictions.Actual[row])]);
        figures.Add(new("Expected calibration error", calibration.ExpectedError) { HigherIsBetter = false });
    }

    private static void AddLabels(List<Figure> figures, TestPredictions predictions)
    {
        int outputCount = predictions.OutputCount, rowCount = predictions.RowCount;
        bool[] actual = [.. Enumerable.Range(0, rowCount * outputCount).Select(
            index => predictions.Target(index / outputCount, index % outputCount) > 0)];
        bool[] predicted = [.. predictions.Values.Select(value => value > 0.5)];
        double[] wrong = [.. Enumerable.Range(0, rowCount).Select(row =>
            Enumerable.Range(row * outputCount, outputCount).Count(index => actual[index] != predicted[index]) / (double)outputCount)];
        figures.Add(
            new("All labels right", counts => Mean(counts, [.. wrong.Select(each => each == 0 ? 1.0 : 0)])) { RowsOfShare = rowCount });
        figures.Add(new("Hamming loss", counts => Mean(counts, wrong)) { HigherIsBetter = false });
        figures.Add(new("Micro F1", counts => F1(counts, actual, predicted, outputCount)));
        double[] losses = predictions.RowLosses(predictions.Values);
        figures.Add(new("Log-loss (nats per label)", counts => Mean(counts, losses)) { HigherIsBetter = false, IsShare = false });
    }

    private static void AddNumber(List<Figure> figures, ReportContent content, int target)
    {
        TestPredictions predictions = content.Predictions!;
        ReportRows known = content.Train is { RowCount: > 0 } train ? train : content.Test!;
        double mean = Enumerable.Range(0, known.RowCount).Average(row => known.Targets[row][target]);
        double[] actual = [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Target(row, target))];
        double[] squares = [.. actual.Select((each, row) => Math.Pow(predictions.Value(row, target) - each, 2))];
        double[] absolutes = [.. squares.Select(Math.Sqrt)];
        string suffix = predictions.OutputCount == 1 ? "" : $" · {content.OutputNames[target]}";
        figures.Add(new("R²" + suffix, counts => 1 - Mean(counts, squares) / Variance(counts, actual)) { IsShare = false, Baseline = 0 });
        figures.Add(new("Root mean squared error" + suffix, counts => Math.Sqrt(Mean(counts, squares)))
        {
            HigherIsBetter = false,
            IsShare = false,
            Baseline = Math.Sqrt(actual.Average(each => Math.Pow(each - mean, 2))),
        });
        figures.Add(new("Mean absolute error" + suffix, counts => Mean(counts, absolutes))
        {
            HigherIsBetter = false,
            IsShare = false,
            Baseline = actual.Average(each => Math.Abs(each - mean)),
        });
    }

    private static void AddAccuracy(List<Figure> figures, TestPredictions predictions, int majority) =>
        figures.Add(new("Accuracy", counts => Share(counts, _ => true, row => predictions.Actual[row] == predictions.Predicted[row]))
        {
            RowsOfShare = predictions.RowCount,
            Baseline = predictions.Actual.Count(each => each == majority) / (double)predictions.RowCount,
        });

    private static void AddLogLoss(List<Figure> figures, TestPredictions predictions, double[] shares)
    {
        double[] losses = predictions.RowLosses(predictions.Values);
        figures.Add(new("Log-loss (nats)", counts => Mean(counts, losses))
        {
            HigherIsBetter = false,
            IsShare = false,
            Baseline = predictions.Actual.Average(each => TestPredictions.LogLoss(shares[each], applies: true)),
        });
    }

    private static double Mean(int[] counts, double[] values)
    {
        double sum = 0, rows = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            sum += counts[row] * values[row];
            rows += counts[row];
        }
        return sum / rows;
    }

    private static double Variance(int[] counts, double[] values)
    {
        double mean = Mean(counts, values), sum = 0, rows = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            sum += counts[row] * (values[row] - mean) * (values[row] - mean);
            rows += counts[row];
        }
        return sum / rows;
    }

    /// <summary>The share of the meant rows for which something is true; NaN when no row is meant.</summary>
    private static double Share(int[] counts, Func<int, bool> isMeant, Func<int, bool> isTrue)
    {
        double meant = 0, both = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            if (!isMeant(row))
                continue;
            meant += counts[row];
            both += isTrue(row) ? counts[row] : 0;
        }
        return both / meant;
    }

    private static double F1(int[] counts, bool[] actual, bool[] predicted, int labelCount = 1)
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

    /// <summary>The mean of a figure over the classes that occur. It is given three counts of rows: of the class and predicted as it, of
    /// the class, predicted as it.</summary>
    private static double MeanOfClasses(
        int[] counts, TestPredictions predictions, int classCount, Func<double, double, double, double> figure)
    {
        double[] both = new double[classCount], actual = new double[classCount], predicted = new double[classCount];
        for (int row = 0; row < counts.Length; row++)
        {
            actual[predictions.Actual[row]] += counts[row];
            predicted[predictions.Predicted[row]] += counts[row];
            if (predictions.Actual[row] == predictions.Predicted[row])
                both[predictions.Actual[row]] += counts[row];
        }
        return Enumerable.Range(0, classCount).Select(each => figure(both[each], actual[each], predicted[each]))
            .Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>A metric before it has a value.</summary>
    private sealed record Figure(string Name, Func<int[], double> Compute)
    {
        public double? Baseline { get; init; }

        public bool IsShare { get; init; } = true;

        public bool HigherIsBetter { get; init; } = true;

        /// <summary>The number of rows it is a share of, for which Wilson's interval holds; null where it is no share of independent
        /// rows.</summary>
        public int? RowsOfShare { get; init; }
    }
}
