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
/// <param name="create">A network, given the deviation of its first frequencies and a seed.</param>
internal sealed class FrequencyTrial(RecipeTrial trial, IRowSource<float> rows, Func<double, int, Network<float>> create)
{
    /// <summary>Rows that show harm.</summary>
    public const int MostRows = 5_000;

    // In the middle of the wide range, as a ratio.
    private const double SteepDeviation = 1;

    // On a thousand held-out rows harm is far above this (1.5 times and more), and anything else below (up to 1.07). The loss of fewer rows
    // is noisier: then harm may look smaller than it is, and less is taken for none.
    private const double MostLoss = 0.15;
    private const int EnoughRows = 1_000;

    /// <summary>The range for the networks of the ensemble.</summary>
    /// <param name="log">Receives a message about the result.</param>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public FrequencyRange Run(TrainingLog log)
    {
        double[] losses = trial.LossesOf(
            (rows, seed => create(FrequencyRange.DefaultDeviation, seed)), (rows, seed => create(SteepDeviation, seed)));
        double ratio = losses[1] / losses[0], most = 1 + MostLoss * Math.Min(1, trial.HeldOutCount / (double)EnoughRows);
        // One that diverged is no better than the other.
        FrequencyRange range = losses.All(double.IsFinite) && ratio <= most ? FrequencyRange.Wide : FrequencyRange.Smooth;
        log.Info(
            $"A trial on {trial.RowCount:N0} rows: with frequencies of a deviation of {SteepDeviation} the held-out loss is {ratio:G3} "
                + $"times that of {FrequencyRange.DefaultDeviation}, so the networks begin with {range.Least:G3} to {range.Most:G3}.");
        return range;
    }
}
