namespace Mlp.MLNet;

/// <summary>What a trainer learns to predict.</summary>
internal enum MlpTask
{
    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of several classes.</summary>
    Multiclass,

    /// <summary>A number, or several.</summary>
    Regression,

    /// <summary>Which of several labels hold.</summary>
    MultiLabel,
}
