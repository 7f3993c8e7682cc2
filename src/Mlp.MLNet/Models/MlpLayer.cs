namespace Mlp.MLNet;

/// <summary>One layer of a trained network, read-only: a = f(xWᵀ + b).</summary>
public sealed class MlpLayer
{
    private readonly DenseLayer<float> _layer;

    internal MlpLayer(DenseLayer<float> layer) => _layer = layer;

    /// <summary>Inputs of each unit: the length of x.</summary>
    public int InputCount => _layer.InputCount;

    /// <summary>Outputs: the length of a.</summary>
    public int UnitCount => _layer.UnitCount;

    /// <summary>The function f.</summary>
    public Activation Activation => _layer.Activation;

    /// <summary>W, row-major, <see cref="UnitCount"/> x <see cref="InputCount"/>: one row per unit.</summary>
    public ReadOnlySpan<float> Weights => _layer.Weights;

    /// <summary>b, one value per unit; empty for a layer without biases.</summary>
    public ReadOnlySpan<float> Biases => _layer.Biases;
}
