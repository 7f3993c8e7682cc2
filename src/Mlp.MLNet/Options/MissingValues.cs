namespace Mlp.MLNet;

/// <summary>What a trainer does with features that are NaN.</summary>
public enum MissingValues
{
    /// <summary>
    /// A missing value is learnt from: a feature with some in the training rows gets a learnt value in their place and an indicator beside
    /// it. Where a feature had none in training, a missing value is predicted from as the feature's middle, and the log says so once.
    /// </summary>
    Learn,

    /// <summary>A missing value ends Fit with the number of its row; a prediction from one is NaN.</summary>
    Refuse,
}
