namespace Mlp;

/// <summary>What turns the outputs of a network into what they stand for.</summary>
public enum OutputLink
{
    /// <summary>Nothing: the outputs are the values.</summary>
    Identity = 0,

    /// <summary>1 / (1 + e^−o): the outputs are logits of independent events.</summary>
    Sigmoid = 1,

    /// <summary>e^oₖ / Σ e^o: the outputs of a row are logits of classes that exclude each other.</summary>
    Softmax = 2,

    /// <summary>e^o: the outputs are logarithms.</summary>
    Exponential = 3,
}
