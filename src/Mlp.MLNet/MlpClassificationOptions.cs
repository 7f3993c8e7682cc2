namespace Mlp.MLNet;

/// <summary>What the trainers can be told whose targets are classes.</summary>
public abstract class MlpClassificationOptions : MlpOptions
{
    private protected MlpClassificationOptions(Loss loss)
        : base(loss)
    {
    }

    /// <inheritdoc cref="TrainingSettings.LabelSmoothing"/>
    public double LabelSmoothing
    {
        get;
        set
        {
            field = value;
            NoteSet();
        }
    }

    /// <inheritdoc cref="EnsembleSettings.CalibrateProbabilities"/>
    public bool CalibrateProbabilities { get; set; }

    internal override TrainingSettings ToTrainingSettings(Loss loss, int seed) =>
        base.ToTrainingSettings(loss, seed) with { LabelSmoothing = SmoothingFor(loss) };

    internal override EnsembleSettings ToEnsembleSettings() => base.ToEnsembleSettings() with { CalibrateProbabilities = CalibrateProbabilities };

    private protected override IEnumerable<(string Name, object? Value)> Values() =>
        [.. base.Values(), (nameof(LabelSmoothing), LabelSmoothing), (nameof(CalibrateProbabilities), CalibrateProbabilities)];

    /// <summary>The preset's gives way to a loss that compares numbers; the user's does not, and is refused.</summary>
    private double SmoothingFor(Loss loss) =>
        !IsSet(nameof(LabelSmoothing)) && loss.Link is not (OutputLink.Sigmoid or OutputLink.Softmax) ? 0 : LabelSmoothing;
}
