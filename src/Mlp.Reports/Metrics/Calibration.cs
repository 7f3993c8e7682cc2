namespace Mlp.Reports.Metrics;

/// <summary>How often a predicted event happened, by its predicted probability, in bins of equal width.</summary>
internal sealed class Calibration
{
    private const int BinCount = 10;

    private readonly double[] _probabilities;
    private readonly bool[] _happened;

    /// <param name="probabilities">One per row, in [0, 1].</param>
    /// <param name="happened">One per row.</param>
    public Calibration(double[] probabilities, bool[] happened) => (_probabilities, _happened) = (probabilities, happened);

    /// <summary>The bins that have rows, lowest first.</summary>
    public IReadOnlyList<CalibrationBin> Bins() => [.. Fill([.. _probabilities.Select(_ => 1)]).Where(bin => bin.Count > 0)];

    /// <summary>Σ over the bins of rows / all rows · |share that happened − mean probability|. Source: Guo et al. 2017,
    /// equation 3.</summary>
    /// <param name="counts">How often each row counts.</param>
    public double ExpectedError(int[] counts)
    {
        CalibrationBin[] bins = Fill(counts);
        double all = bins.Sum(bin => bin.Count);
        return all == 0 ? double.NaN : bins.Where(bin => bin.Count > 0).Sum(
            bin => bin.Count / all * Math.Abs(bin.Share - bin.MeanProbability));
    }

    private CalibrationBin[] Fill(int[] counts)
    {
        var rows = new double[BinCount];
        var sums = new double[BinCount];
        var happened = new double[BinCount];
        for (int row = 0; row < counts.Length; row++)
        {
            int bin = Math.Clamp((int)(_probabilities[row] * BinCount), 0, BinCount - 1);
            rows[bin] += counts[row];
            sums[bin] += counts[row] * _probabilities[row];
            happened[bin] += _happened[row] ? counts[row] : 0;
        }
        return [.. Enumerable.Range(0, BinCount).Select(bin => new CalibrationBin(
            bin / (double)BinCount, (bin + 1) / (double)BinCount, rows[bin], sums[bin] / rows[bin], happened[bin] / rows[bin]))];
    }
}

/// <summary>Rows whose probability lies between two bounds.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
/// <param name="Count">Rows.</param>
/// <param name="MeanProbability">Of these; NaN for none.</param>
/// <param name="Share">Of these in which it happened; NaN for none.</param>
internal sealed record CalibrationBin(double Low, double High, double Count, double MeanProbability, double Share);
