namespace Mlp.MLNet.Options;

/// <summary>What the presets but <see cref="MlpPreset.Plain"/> take from the number of training rows; docs/quality.md tells how it was
/// chosen.</summary>
/// <param name="HiddenLayerSizes">Units of the hidden layers.</param>
/// <param name="BatchSize">Rows per step.</param>
/// <param name="LearningRate">Before the schedule: larger batches allow larger steps.</param>
/// <param name="NumberOfEpochs">Passes over the rows: a large table has seen as many steps after fewer of them.</param>
/// <param name="HasTrials">Whether the first frequencies of an ensemble, and pairs of columns, are found by trials.</param>
/// <param name="RefitsContinue">Whether refits begin with the networks that they join, where these differ.</param>
internal sealed record RecipeBySize(
    int[] HiddenLayerSizes, int BatchSize, double LearningRate, int NumberOfEpochs, bool HasTrials, bool RefitsContinue)
{
    private const int LargeTableRowCount = 1000, LeastEpochs = 8;

    // Rows that the epochs of a very large table add up to.
    private const long MostRowsOfAllEpochs = 2_400_000;

    private static readonly RecipeBySize Small = new(
        [128], BatchSize: 16, LearningRate: 0.003, NumberOfEpochs: 80, HasTrials: false, RefitsContinue: false);

    private static readonly RecipeBySize Large = new(
        [128, 128], BatchSize: 64, LearningRate: 0.0045, NumberOfEpochs: 40, HasTrials: true, RefitsContinue: true);

    /// <param name="rowCount">Training rows.</param>
    public static RecipeBySize For(long rowCount) => rowCount < LargeTableRowCount ? Small : Large with
    {
        NumberOfEpochs = (int)Math.Clamp(MostRowsOfAllEpochs / rowCount, LeastEpochs, Large.NumberOfEpochs),
    };
}
