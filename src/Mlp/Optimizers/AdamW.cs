namespace Mlp;

/// <summary><see cref="Adam"/> with decoupled <see cref="Optimizer.WeightDecay"/>. Default: 0.01.</summary>
/// <remarks>Source: Loshchilov and Hutter 2019, Algorithm 2.</remarks>
public sealed record AdamW : Adam
{
    /// <summary>Creates the rule with PyTorch's defaults.</summary>
    public AdamW() => WeightDecay = 0.01;
}
