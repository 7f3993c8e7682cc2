namespace Mlp.Tool.Models;

/// <summary>A summary of the training of one network.</summary>
/// <param name="Index">From 0; with refits, these are the second half.</param>
/// <param name="EpochCount">Epochs it had.</param>
/// <param name="BestEpoch">The one with the lowest loss of held-out rows; null without such rows.</param>
/// <param name="Loss">Training loss of the last epoch.</param>
/// <param name="BestValidationLoss">Of the best epoch.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record TrainingHistory(int Index, int EpochCount, int? BestEpoch, double Loss, double? BestValidationLoss, double Seconds)
{
    public static TrainingHistory[] Of(IEnumerable<EpochResult> reports) =>
        [.. reports.GroupBy(report => report.NetworkIndex).OrderBy(group => group.Key).Select(group =>
        {
            EpochResult last = group.MaxBy(report => report.Epoch)!;
            EpochResult? best = group.Where(report => report.ValidationLoss is not null).MinBy(report => report.ValidationLoss);
            return new TrainingHistory(group.Key, last.Epoch, best?.Epoch, last.Loss, best?.ValidationLoss, last.Seconds);
        })];
}
