namespace Mlp.MLNet;

/// <summary>How well labels that do not exclude each other were predicted.</summary>
public sealed class MultiLabelMetrics
{
    internal MultiLabelMetrics(IReadOnlyList<LabelMetrics> labels, double microF1Score, double hammingLoss, double subsetAccuracy) =>
        (Labels, MicroF1Score, HammingLoss, SubsetAccuracy) = (labels, microF1Score, hammingLoss, subsetAccuracy);

    /// <summary>Each label, in the order of the slots.</summary>
    public IReadOnlyList<LabelMetrics> Labels { get; }

    /// <summary>F1 of all labels' counts together: frequent labels count more. scikit-learn: f1_score with average="micro".</summary>
    public double MicroF1Score { get; }

    /// <summary>The mean of the labels' F1: each label counts the same. scikit-learn: f1_score with average="macro".</summary>
    public double MacroF1Score => Labels.Average(label => label.F1Score);

    /// <summary>The share of all labels of all rows that were predicted wrongly. scikit-learn: hamming_loss.</summary>
    public double HammingLoss { get; }

    /// <summary>The share of rows with all labels right. scikit-learn: accuracy_score.</summary>
    public double SubsetAccuracy { get; }
}
