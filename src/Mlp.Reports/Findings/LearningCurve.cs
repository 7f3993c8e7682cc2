namespace Mlp.Reports.Findings;

/// <summary>How the training of one network went.</summary>
/// <param name="NetworkIndex">In the order in which the trainings began.</param>
/// <param name="Epochs">Its reports, first epoch first.</param>
internal sealed record LearningCurve(int NetworkIndex, IReadOnlyList<EpochResult> Epochs)
{
    private const int MaxPoints = 240;

    public bool HasValidation => Epochs.Any(epoch => epoch.ValidationLoss is not null);

    /// <summary>The epoch of the lowest validation loss; the last one where there is none.</summary>
    public EpochResult Chosen => HasValidation
        ? Epochs.Where(epoch => epoch.ValidationLoss is not null).MinBy(epoch => epoch.ValidationLoss)! : Epochs[^1];

    /// <summary>A subset of the epochs, small enough to draw, with the first, the best and the last.</summary>
    public IEnumerable<EpochResult> Drawn
    {
        get
        {
            int stride = 1 + (Epochs.Count - 1) / MaxPoints;
            return Epochs.Where((epoch, index) => index % stride == 0 || index == Epochs.Count - 1 || epoch == Chosen);
        }
    }

    public static IReadOnlyList<LearningCurve> Of(IReadOnlyList<EpochResult> history) =>
        [.. history.GroupBy(report => report.NetworkIndex).OrderBy(group => group.Key).Select(
            group => new LearningCurve(group.Key, [.. group]))];
}
