using Mlp.MLNet.Options;

namespace Mlp.MLNet;

/// <summary>Options of the trainers whose targets are classes.</summary>
public abstract class MlpClassificationOptions : MlpOptions
{
    private protected MlpClassificationOptions(MlpPreset preset)
        : base(preset)
    {
    }

    /// <summary>
    /// ε, the part of a class label that is spread evenly over all classes in training, in [0, 1). Only for cross-entropies: with another
    /// loss a value above 0 is refused, and the preset's is not used. scikit-learn: none; PyTorch: label_smoothing of CrossEntropyLoss.
    /// Source: Szegedy et al. 2016, section 7. Default: 0.05 (Plain: 0).
    /// </summary>
    public double? LabelSmoothing { get; set; }

    /// <summary>
    /// Whether a temperature is found on held-out (or validation) rows, where the loss works on logits. Where only some of the rows were
    /// held out, at least <see cref="EnsembleSettings.LeastRowsToCalibrate"/> of them are needed. scikit-learn: CalibratedClassifierCV, of
    /// another form; PyTorch: none. Default: true (Plain: false).
    /// </summary>
    public bool? CalibrateProbabilities { get; set; }

    internal override IEnumerable<(string Name, object? Value)> Values(ResolvedOptions resolved) =>
    [
        .. base.Values(resolved), (nameof(LabelSmoothing), resolved.LabelSmoothing),
            (nameof(CalibrateProbabilities), resolved.CalibrateProbabilities),
    ];

    internal override ResolvedOptions Resolve()
    {
        ResolvedOptions resolved = base.Resolve();
        bool hasClassTargets = resolved.Loss.Link is OutputLink.Sigmoid or OutputLink.Softmax;
        return resolved with
        {
            LabelSmoothing = LabelSmoothing ?? (hasClassTargets ? PresetValues.Of(Preset).LabelSmoothing : 0),
            CalibrateProbabilities = CalibrateProbabilities ?? PresetValues.Of(Preset).CalibrateProbabilities,
        };
    }
}
