namespace Mlp.MLNet;

/// <summary>How much a column has changed.</summary>
public enum DriftLevel
{
    /// <summary>The index is below 0.1, or no more than chance gives.</summary>
    None,

    /// <summary>The index is from 0.1 to 0.25: look at the column.</summary>
    Moderate,

    /// <summary>The index is 0.25 or more: the model is asked about other rows than those it has learnt from.</summary>
    Large,
}
