using Mlp.Networks;

namespace Mlp;

/// <summary>Where one weight matrix or bias vector lies in the parameters of a network.</summary>
/// <param name="LayerIndex">Zero-based, first hidden layer first; −1 for the embedding of the inputs.</param>
/// <param name="IsBias">A bias vector (or an embedding's frequencies and phases), otherwise a weight matrix. Penalties leave it
/// alone.</param>
/// <param name="Offset">Index of the first value in the flat parameters.</param>
/// <param name="RowCount">Units of the layer.</param>
/// <param name="ColumnCount">Inputs of the layer; 1 for a bias vector.</param>
public sealed record ParameterTensor(int LayerIndex, bool IsBias, int Offset, int RowCount, int ColumnCount)
{
    /// <summary>Number of values.</summary>
    public int Length => RowCount * ColumnCount;

    /// <summary>What part of an embedding it is: "frequencies", "phases", "weights" or "biases"; null for a part of a layer.</summary>
    public string? EmbeddingPart { get; init; }

    /// <summary>Whether a batch has gradients for some of the rows alone: one per value of a category, or per sparse slot.</summary>
    internal bool IsTable { get; init; }

    /// <summary>What it belongs to before the layers; null for a part of a layer or of the periodic embedding.</summary>
    internal InputPart? Input { get; init; }

    /// <summary>For messages: "weights of layer 2 (64 x 32)".</summary>
    public string Name
    {
        get
        {
            string size = ColumnCount == 1 && IsBias ? $"({RowCount})" : $"({RowCount} x {ColumnCount})";
            if (Input is { } input)
            {
                return input.Category < 0 ? $"values of missing numbers {size}"
                    : $"{(IsTable ? "embedding" : "embedding of unknown values")} of category {input.Category + 1} {size}";
            }
            if (IsTable)
                return $"weights of the sparse slots {size}";
            return EmbeddingPart is null
                ? $"{(IsBias ? "biases" : "weights")} of layer {LayerIndex + 1} {size}"
                : $"{EmbeddingPart} of the embedding {size}";
        }
    }
}
