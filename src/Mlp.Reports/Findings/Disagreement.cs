using Mlp.Data;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Findings;

/// <summary>How far the networks of a model are apart, row by row.</summary>
/// <remarks>A row's spread is the standard deviation of what the networks predict: of the probability of the predicted class, of the mean
/// over labels, of the number (of several their mean, each divided by the standard deviation of its targets).</remarks>
internal sealed class Disagreement
{
    /// <summary>Below as many standard errors a difference between columns is not told.</summary>
    private const double LeastStrength = 3;
    private const int GroupCount = 5;

    private readonly ReportContent _content;

    // One array a network, [rows x outputs].
    private readonly double[][] _predictions;

    private Disagreement(ReportContent content)
    {
        _content = content;
        _predictions = [.. content.Model.Networks.Select(network => PredictionsOf(content, network))];
        double[] scales = content.Task.PredictsNumbers && content.Predictions!.OutputCount > 1
            ? [.. ColumnStatistics.Compute(content.Predictions.Targets).Deviations] : [];
        Spreads = [.. Enumerable.Range(0, content.Predictions!.RowCount).Select(row => SpreadOf(row, scales))];
        Order = [.. Enumerable.Range(0, Spreads.Length).OrderByDescending(row => Spreads[row])];
    }

    /// <summary>How far the networks are apart in each test row.</summary>
    public double[] Spreads { get; }

    /// <summary>The rows, those with the largest spread first.</summary>
    public int[] Order { get; }

    /// <summary>Null for a single network, or fewer rows than groups.</summary>
    public static Disagreement? Find(ReportContent content) =>
        content.Model.Networks.Count > 1 && content.Predictions is { RowCount: >= GroupCount } ? new Disagreement(content) : null;

    /// <summary>Fifths of the rows, the largest spread first, each with its mean spread and how wrong its predictions are.</summary>
    public IEnumerable<(int Count, double MeanSpread, double Error)> Groups()
    {
        TestPredictions predictions = _content.Predictions!;
        double[] losses = predictions.RowLosses(predictions.Values);
        for (int group = 0; group < GroupCount; group++)
        {
            int[] rows = Order[(int)((long)group * Order.Length / GroupCount)..(int)((long)(group + 1) * Order.Length / GroupCount)];
            double error = _content.ClassCount > 0
                ? rows.Count(row => predictions.Actual[row] != predictions.Predicted[row]) / (double)rows.Length
                : _content.Task.ImportanceLoss(rows.Average(row => losses[row]), predictions.OutputCount);
            yield return (rows.Length, rows.Average(row => Spreads[row]), error);
        }
    }

    /// <summary>The lowest and the highest prediction of any network: of the class that is predicted, or of the output that is
    /// explained.</summary>
    public (double Low, double High, int Output) RangeOf(int row)
    {
        int output = OutputOf(row);
        double[] values = [.. _predictions.Select(each => ValueOf(each, row, output))];
        return (values.Min(), values.Max(), output);
    }

    /// <summary>The columns in which the fifth with the largest spread differs most from the other rows, the clearest first.</summary>
    public IEnumerable<(string Column, string Here, string Elsewhere)> Columns()
    {
        int[] here = Order[..(Order.Length / GroupCount)], elsewhere = Order[here.Length..];
        return _content.Columns.Select(column => Compare(column, here, elsewhere))
            .Where(each => each.Strength > LeastStrength).OrderByDescending(each => each.Strength)
            .Select(each => (each.Name, each.Here, each.Elsewhere));
    }

    private (string Name, string Here, string Elsewhere, double Strength) Compare(FeatureGroup column, int[] here, int[] elsewhere)
    {
        RowBlocks<double> features = _content.Test!.Features;
        if (!_content.IsKey(column) && column.FeatureCount == 1)
        {
            double strength = StrengthOf(row => features[row][column.FirstFeature]);
            return (column.Name, $"mean {Texts.Short(MeanOf(here))}", $"mean {Texts.Short(MeanOf(elsewhere))}", strength);

            double MeanOf(int[] rows) => rows.Select(row => features[row][column.FirstFeature]).Where(value => !double.IsNaN(value))
                .DefaultIfEmpty(double.NaN).Average();
        }
        // Of a category: the value whose share differs most.
        string[] values = [.. Enumerable.Range(0, features.RowCount).Select(row => ValueOf(column, features[row]))];
        (string value, double largest) = values.Distinct().Select(each => (each, StrengthOf(row => values[row] == each ? 1 : 0)))
            .OrderByDescending(each => each.Item2).ThenBy(each => each.each, StringComparer.Ordinal).First();
        return ($"{column.Name} = {value}", ShareOf(here), ShareOf(elsewhere), largest);

        string ShareOf(int[] rows) => Texts.Percent(rows.Count(row => values[row] == value) / (double)rows.Length);

        double StrengthOf(Func<int, double> valueOf)
        {
            double[] first = [.. here.Select(valueOf).Where(each => !double.IsNaN(each))];
            double[] second = [.. elsewhere.Select(valueOf).Where(each => !double.IsNaN(each))];
            if (first.Length < 2 || second.Length < 2)
                return 0;
            double mean = first.Concat(second).Average();
            double variance = first.Concat(second).Average(each => (each - mean) * (each - mean));
            double error = Math.Sqrt(variance * (1.0 / first.Length + 1.0 / second.Length));
            return error == 0 ? 0 : Math.Abs(first.Average() - second.Average()) / error;
        }
    }

    private string ValueOf(FeatureGroup column, ReadOnlySpan<double> features) => _content.IsKey(column)
        ? _content.KeyName(column, features[column.FirstFeature]) : FeatureSlots.ValueOf(column, features, _content.FeatureNames);

    private int OutputOf(int row) =>
        _content.ClassCount > 0 ? _content.Predictions!.Predicted[row] : _content.Predictions!.WorstOutput(row);

    /// <summary>The probability of a class, or the output of a label or number.</summary>
    private double ValueOf(double[] predictions, int row, int output)
    {
        int outputCount = _content.Predictions!.OutputCount;
        if (_content.ClassCount <= outputCount)
            return predictions[row * outputCount + output];
        return output == 1 ? predictions[row] : 1 - predictions[row];
    }

    private double SpreadOf(int row, double[] scales)
    {
        if (_content.ClassCount > 0)
            return DeviationOf(row, OutputOf(row));
        return Enumerable.Range(0, _content.Predictions!.OutputCount).Average(
            output => scales.Length == 0 ? DeviationOf(row, output) : scales[output] == 0 ? 0 : DeviationOf(row, output) / scales[output]);
    }

    private double DeviationOf(int row, int output)
    {
        double[] values = [.. _predictions.Select(each => ValueOf(each, row, output))];
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static double[] PredictionsOf(ReportContent content, Network<double> network)
    {
        content.Settings.CancellationToken.ThrowIfCancellationRequested();
        Model<double> all = content.Model;
        var alone = new Model<double>(network, all.Scaling, all.Link)
        {
            Layout = all.Layout,
            Middles = all.Middles,
            SparseScaling = all.SparseScaling,
            Temperature = all.Temperature,
            Range = all.Range,
        };
        return new ReportContent(alone, [], train: null, content.Test, content.Task, content.Settings).Predictions!.Values;
    }
}
