namespace Mlp.MLNet;

/// <summary>One line of what a search has tried.</summary>
/// <param name="Number">From 1, in the order of the draws; 0 for the trainer's own settings.</param>
/// <param name="Values">By the names of <see cref="MlpSearchSpace.Dimensions"/>.</param>
public sealed record MlpTrial(int Number, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>1 for a trial that was looked at on one fold, 2 on three, 3 on all five.</summary>
    public required int Rung { get; init; }

    /// <summary>The loss on the rows of these folds, which the networks were not trained on: the mean over rows of the trainer's loss, for
    /// classes with the temperature that suits them best. NaN where a training diverged.</summary>
    public required double Loss { get; init; }

    /// <summary>The standard error of <see cref="Loss"/>, over rows.</summary>
    public required double LossStandardError { get; init; }

    /// <summary>What the trainer's own settings lose on the same rows, with as many networks.</summary>
    public required double DefaultLoss { get; init; }

    /// <summary>The standard error of the difference between both losses, row by row.</summary>
    public required double DifferenceStandardError { get; init; }

    /// <summary>That its trainings took together.</summary>
    public required double Seconds { get; init; }

    /// <summary>Places that it has in the model, of <see cref="MlpTuningResult{TTransformer}.NumberOfPlaces"/>; 0 for a trial that was not
    /// chosen.</summary>
    public int Places { get; init; }

    /// <summary>What was wrong; null for nothing.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it has a place in the model.</summary>
    public bool IsChosen => Places > 0;
}
