namespace Mlp.Scoring.Numerics;

/// <summary>What a layer applies to its sums: names and numbers of the engine's public enumeration, which is in its files.</summary>
internal enum ActivationKind
{
    Identity = 0,
    Sigmoid = 1,
    Tanh = 2,
    Relu = 3,
    LeakyRelu = 4,
    Elu = 5,
    Selu = 6,
    Gelu = 7,
    Silu = 8,
    Mish = 9,
    Softplus = 10,
}
