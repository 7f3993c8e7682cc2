namespace Mlp.MLNet.Training;

/// <summary>How far the networks of a model go on in an update.</summary>
/// <param name="NumberOfEpochs">Passes over the new rows and the old ones.</param>
/// <param name="LabelPart">What the labels of old rows count beside what the networks said of them, in [0, 1].</param>
internal sealed record UpdatePlan(int NumberOfEpochs, double LabelPart)
{
    // An update takes a tenth of the time of a training.
    private const double PartOfTraining = 0.1;

    // Networks whose best epoch comes earlier have learnt what there is to learn, and begin to overfit when they see them again
    // and again. docs/learning-on.md has what either way brings.
    private const double LatePart = 0.5;

    private const double LabelPartOfEarly = 0.3;

    /// <param name="settings">Of the update.</param>
    /// <param name="memory">Of the model; null for none.</param>
    /// <param name="numberOfEpochs">Of a training.</param>
    public static UpdatePlan For(MlpUpdateSettings settings, MlpReplayMemory? memory, int numberOfEpochs)
    {
        // Without a memory there are no old rows, and nobody knows when the networks were best.
        double bestEpoch = memory?.FirstBestEpoch ?? numberOfEpochs;
        return new UpdatePlan(
            settings.NumberOfEpochs ?? Math.Max(1, (int)Math.Round(PartOfTraining * bestEpoch)),
            bestEpoch >= LatePart * numberOfEpochs ? 1 : LabelPartOfEarly);
    }
}
