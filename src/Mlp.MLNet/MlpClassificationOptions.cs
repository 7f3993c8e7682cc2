namespace Mlp.MLNet;

/// <summary>What the trainers can be told whose targets are classes.</summary>
public abstract class MlpClassificationOptions : MlpOptions
{
    private protected MlpClassificationOptions(Loss loss)
        : base(loss)
    {
    }

    /// <inheritdoc cref="TrainingSettings.LabelSmoothing"/>
    public double LabelSmoothing { get; set; }

    internal override TrainingSettings ToTrainingSettings(Loss loss, int seed) =>
        base.ToTrainingSettings(loss, seed) with { LabelSmoothing = LabelSmoothing };
}
