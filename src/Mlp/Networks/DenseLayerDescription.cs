namespace Mlp;

/// <summary>A layer in which every unit sees every input: a = f(xWᵀ + b).</summary>
/// <param name="Units">Outputs of the layer, at least 1.</param>
/// <param name="Activation">The function f.</param>
public sealed record DenseLayerDescription(int Units, Activation Activation) : Layer
{
    /// <summary>Whether there is a b. Default: true.</summary>
    public bool HasBiases { get; init; } = true;

    /// <summary>How W is drawn. Default: <see cref="Initializer.DefaultFor"/> the activation.</summary>
    public Initializer? WeightInitializer { get; init; }

    /// <summary>How b is drawn. Default: zero.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zero;
}
