namespace Mlp;

/// <summary>How far backpropagation and central differences are apart in one weight matrix or bias vector.</summary>
/// <param name="Tensor">Which one.</param>
/// <param name="MaxAbsoluteDifference">The largest difference of a component.</param>
/// <param name="MaxAbsoluteGradient">The largest component of either gradient.</param>
public sealed record TensorGradientCheck(ParameterTensor Tensor, double MaxAbsoluteDifference, double MaxAbsoluteGradient)
{
    /// <summary>The difference in units of the largest component; 0 where both gradients vanish.</summary>
    public double RelativeDifference => MaxAbsoluteGradient == 0 ? 0 : MaxAbsoluteDifference / MaxAbsoluteGradient;

    /// <summary>For example "weights of layer 1 (4 x 784): 3.1e-9 of 0.12".</summary>
    public override string ToString() =>
        $"{Tensor.Name}: {MaxAbsoluteDifference:G3} of {MaxAbsoluteGradient:G3}";
}
