namespace Mlp.Reports;

/// <summary>What a model predicts. A report has the metrics and figures of its task.</summary>
public enum PredictionTask
{
    /// <summary>One of two classes: one output, whose link is the sigmoid. Targets are 0 or 1.</summary>
    Binary = 0,

    /// <summary>One of several classes: one output per class. The target is the class's index, or one value per class, the largest of which
    /// marks the class.</summary>
    Multiclass = 1,

    /// <summary>Which of several labels apply: one output per label. Targets are 0 or 1.</summary>
    MultiLabel = 2,

    /// <summary>A number, or several: one output per number.</summary>
    Regression = 3,
}
