namespace Mlp.Soak.RandomTrainings;

/// <summary>What a case learns.</summary>
public enum CaseTask
{
    /// <summary>Two classes.</summary>
    Binary,

    /// <summary>Three classes.</summary>
    Multiclass,

    /// <summary>One number.</summary>
    Regression,

    /// <summary>Two numbers.</summary>
    SeveralTargets,

    /// <summary>Three labels, each true or false.</summary>
    MultiLabel,
}
