namespace Mlp;

/// <summary>Where one weight matrix or bias vector lies in the parameters of a network.</summary>
/// <param name="LayerIndex">Zero-based, first hidden layer first.</param>
/// <param name="IsBias">A bias vector, otherwise a weight matrix.</param>
/// <param name="Offset">Index of the first value in the flat parameters.</param>
/// <param name="RowCount">Units of the layer.</param>
/// <param name="ColumnCount">Inputs of the layer; 1 for a bias vector.</param>
public sealed record ParameterTensor(int LayerIndex, bool IsBias, int Offset, int RowCount, int ColumnCount)
{
    /// <summary>Number of values.</summary>
    public int Length => RowCount * ColumnCount;

    /// <summary>For messages: "weights of layer 2 (64 x 32)".</summary>
    public string Name => IsBias ? $"biases of layer {LayerIndex + 1} ({RowCount})" : $"weights of layer {LayerIndex + 1} ({RowCount} x {ColumnCount})";
}
