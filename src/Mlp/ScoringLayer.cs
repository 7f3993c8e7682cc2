using System.Numerics;
using Mlp.Kernels;

namespace Mlp;

/// <summary>A layer's parameters in the layout that scoring reads them in.</summary>
internal sealed class ScoringLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseLayer<T> _layer;
    private readonly PackedMatrix<T> _weights;
    private readonly AlignedBuffer<T> _biases;
    private readonly int _inputCount;

    /// <param name="layer">Its parameters are copied.</param>
    public ScoringLayer(DenseLayer<T> layer)
    {
        _layer = layer;
        _inputCount = layer.InputCount;
        _weights = new PackedMatrix<T>(rowCount: layer.InputCount, columnCount: layer.UnitCount);
        _biases = new AlignedBuffer<T>(layer.Biases.Length);
        Refresh();
    }

    public void Refresh()
    {
        _weights.Pack(MatrixView<T>.Transposed(_layer.Weights, _inputCount));
        _layer.Biases.CopyTo(_biases.Span);
    }

    /// <summary>a = f(xWᵀ + b), with the same bits as <see cref="DenseLayer{T}.Forward"/>.</summary>
    public void Forward(ReadOnlySpan<T> inputs, Span<T> activations, int rowCount, Gemm<T> gemm) =>
        gemm.Multiply(rowCount, MatrixView<T>.Rows(inputs, _inputCount), _weights, _biases.Span, activations, _layer.ActivationKernel, activations);
}
