namespace Mlp.Scoring.Networks;

/// <summary>What turns outputs into what they stand for: names and numbers of the engine's public enumeration, which is in its
/// files.</summary>
internal enum LinkKind
{
    /// <summary>Nothing: the outputs are the values.</summary>
    Identity = 0,

    /// <summary>1 / (1 + e^−o).</summary>
    Sigmoid = 1,

    /// <summary>e^oₖ / Σ e^o.</summary>
    Softmax = 2,

    /// <summary>e^o.</summary>
    Exponential = 3,
}
