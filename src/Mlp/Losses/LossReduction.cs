namespace Mlp;

/// <summary>How the loss of a mini-batch combines the losses of its rows.</summary>
public enum LossReduction
{
    /// <summary>(Σ wᵢ lossᵢ) / Σ wᵢ over the mini-batch, with example weights w.</summary>
    Mean = 0,

    /// <summary>Σ wᵢ lossᵢ: the step grows with the batch.</summary>
    Sum = 1,
}
