namespace Mlp.Soak.RandomTrainings;

/// <summary>What became of a case.</summary>
public enum CaseOutcome
{
    /// <summary>It gave a model of finite parameters, which scores.</summary>
    Trained,

    /// <summary>Training ended with <see cref="TrainingDivergedException"/>.</summary>
    Diverged,

    /// <summary>The trainer refused the options or the rows, with a message of its own.</summary>
    Refused,

    /// <summary>The pipeline before the trainer refused the rows.</summary>
    PipelineRefused,
}
