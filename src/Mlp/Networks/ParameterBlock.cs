using System.Numerics;
using Mlp.Numerics;

namespace Mlp;

/// <summary>All parameters of a network in one buffer; gradients and optimizer moments share its layout.</summary>
/// <remarks>Layout: W of layer 1 [units x inputs], row-major, b of layer 1 [units], W of layer 2, …; what a batch has gradients of
/// for some rows alone comes last.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ParameterBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _values;

    internal ParameterBlock(IReadOnlyList<ParameterTensor> tensors)
    {
        Tensors = tensors;
        Length = tensors.Sum(tensor => tensor.Length);
        DenseLength = tensors.Where(tensor => !tensor.IsTable).Sum(tensor => tensor.Length);
        _values = new AlignedBuffer<T>(Length);
    }

    /// <summary>The named parts, in order, without gaps.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>Number of parameters.</summary>
    public int Length { get; }

    /// <summary>Parameters that every batch has gradients for: all before the first table.</summary>
    internal int DenseLength { get; }

    /// <summary>All values. Writing to them changes the network.</summary>
    public Span<T> Values => _values.Span;

    /// <summary>The values of one part, row-major.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    public Span<T> this[ParameterTensor tensor] => Values.Slice(tensor.Offset, tensor.Length);
}
