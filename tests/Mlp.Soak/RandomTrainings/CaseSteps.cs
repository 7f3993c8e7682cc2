namespace Mlp.Soak.RandomTrainings;

/// <summary>How a case steps downhill; names as in the options.</summary>
public sealed record CaseSteps(
    Loss Loss, Optimizer Optimizer, LearningRateSchedule Schedule, int? BatchSize, int NumberOfEpochs, bool Shuffle, int NumberOfThreads);
