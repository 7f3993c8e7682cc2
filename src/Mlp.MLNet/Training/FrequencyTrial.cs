using Mlp.MLNet.Options;

namespace Mlp.MLNet.Training;

/// <summary>Finds out whether steep periodic functions do harm to a table, by a network of each kind that is trained on some of the
/// rows.</summary>
/// <remarks>
/// An average of networks gains by steep ones even where a steep one alone is a little worse; but for some tables (letters and digits,
/// described by a few levels of many features) it is worse by far. Only that is looked for, and a few thousand rows show it.
/// docs/quality.md has the figures.
/// </remarks>
/// <param name="trial">Trains them.</param>
/// <param name="rows">To train on, scaled.</param>
/// <param name="create">A network with the first values of a seed, given the deviation of its first frequencies.</param>
internal sealed class FrequencyTrial(RecipeTrial trial, IRowSource<float> rows, Func<double, Network<float>> create)
{
    // In the middle of the wide range, as a ratio.
    private const double SteepDeviation = 1;

    // On a thousand held-out rows harm is far above this (1.5 times and more), and anything else below (up to 1.07). The loss of fewer rows
    // is noisier: then harm may look smaller than it is, and less is taken for none.
    private const double MostLoss = 0.15;
    private const int EnoughRows = 1_000;

    /// <summary>The range for the networks of the ensemble.</summary>
    /// <param name="smoothLoss">That of a smooth network where it is known; null to train one.</param>
    /// <param name="log">Is told what was found.</param>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public FrequencyRange Run(double? smoothLoss, TrainingLog log)
    {
        double ratio;
        string found = "";
        try
        {
            Func<Network<float>> smooth = () => create(FrequencyRange.DefaultDeviation), steep = () => create(SteepDeviation);
            double[] losses = smoothLoss is double known ? [known, .. trial.LossesOf(rows, steep)] : trial.LossesOf(rows, smooth, steep);
            ratio = losses[1] / losses[0];
        }
        catch (TrainingDivergedException exception)
        {
            (ratio, found) = (double.PositiveInfinity, $" ({exception.Message})");
        }
        double most = 1 + MostLoss * Math.Min(1, trial.HeldOutCount / (double)EnoughRows);
        FrequencyRange range = ratio <= most ? FrequencyRange.Wide : FrequencyRange.Smooth;
        log.Info(
            $"A trial on {trial.RowCount:N0} rows: with frequencies of a deviation of {SteepDeviation} the held-out loss is {ratio:G3} "
                + $"times that of {FrequencyRange.DefaultDeviation}{found}, so the networks begin with {range.Least:G3} to "
                + $"{range.Most:G3}.");
        return range;
    }
}
