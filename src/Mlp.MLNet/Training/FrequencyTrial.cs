using Mlp.Data;
using Mlp.MLNet.Options;

namespace Mlp.MLNet.Training;

/// <summary>Finds out whether steep periodic functions do harm to a table, by a network of each kind that is trained on some of the
/// rows.</summary>
/// <remarks>
/// An average of networks gains by steep ones even where a steep one alone is a little worse; but for some tables (letters and digits,
/// described by a few levels of many features) it is worse by far. Only that is looked for, and a few thousand rows show it.
/// docs/quality.md has the figures.
/// </remarks>
/// <param name="rows">To train on, scaled.</param>
/// <param name="classIndices">One per row; empty where there are no classes.</param>
/// <param name="settings">Of the training, with the epochs for <see cref="MostRows"/> rows.</param>
/// <param name="create">A network with the first values of a seed, given the deviation of its first frequencies.</param>
internal sealed class FrequencyTrial(
    IRowSource<float> rows, int[] classIndices, TrainingSettings settings, Func<double, Network<float>> create)
{
    /// <summary>More are sampled.</summary>
    public const int MostRows = 5_000;

    private const double HeldOutPart = 0.2;

    // In the middle of the wide range, as a ratio.
    private const double SteepDeviation = 1;

    // The harm is either far above (1.3 to 1.8 times) or within the noise (up to 1.12).
    private const double MostLossRatio = 1.15;

    /// <summary>The range for the networks of the ensemble.</summary>
    /// <param name="log">Is told what was found.</param>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public FrequencyRange Run(TrainingLog log)
    {
        int[] sample = [.. Enumerable.Range(0, rows.RowCount)];
        int[] classes = classIndices.Length == 0 ? new int[rows.RowCount] : classIndices;
        if (sample.Length > MostRows)
            sample = RowSplit.HoldOutStratified(classes, (double)MostRows / sample.Length, settings.Seed).Validation;
        var split = RowSplit.HoldOutStratified([.. sample.Select(row => classes[row])], HeldOutPart, settings.Seed);
        (double[] deviations, string found) = ([FrequencyRange.DefaultDeviation, SteepDeviation], "");
        double ratio;
        try
        {
            EnsembleResult<float> result = EnsembleTraining.Fit(
                (index, _) => create(deviations[index]), Select(split.Training), Select(split.Validation), [],
                settings with
                {
                    Checkpoint = null,
                    // Each rank does the same.
                    Ranks = null,
                    EpochCallback = null,
                    ReturnBestOnCancellation = false,
                },
                new EnsembleSettings { NumberOfNetworks = deviations.Length });
            double[] losses = [.. result.History.GroupBy(report => report.NetworkIndex).OrderBy(reports => reports.Key)
                .Select(reports => reports.Min(report => report.ValidationLoss!.Value))];
            ratio = losses[1] / losses[0];
        }
        catch (TrainingDivergedException exception)
        {
            (ratio, found) = (double.PositiveInfinity, $" ({exception.Message})");
        }
        FrequencyRange range = ratio <= MostLossRatio ? FrequencyRange.Wide : FrequencyRange.Smooth;
        log.Info(
            $"A trial on {sample.Length:N0} rows: with frequencies of a deviation of {deviations[1]} the held-out loss is {ratio:G3} "
                + $"times that of {deviations[0]}{found}, so the networks begin with {range.Least:G3} to {range.Most:G3}.");
        return range;

        SelectedRows<float> Select(int[] indices) => new(rows, [.. indices.Select(index => sample[index])]);
    }
}
