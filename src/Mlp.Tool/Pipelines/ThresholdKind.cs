namespace Mlp.Tool.Pipelines;

/// <summary>How a threshold is chosen.</summary>
internal enum ThresholdKind
{
    /// <summary>The user gave it.</summary>
    Given,

    /// <summary>From what two errors cost.</summary>
    Cost,

    /// <summary>The best F1 score.</summary>
    F1,

    /// <summary>The best mean of both classes' recall.</summary>
    Recall,
}
