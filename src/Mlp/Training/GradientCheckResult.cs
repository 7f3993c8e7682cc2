namespace Mlp;

/// <summary>How far backpropagation and central differences are apart, tensor by tensor.</summary>
/// <param name="Tensors">One entry per weight matrix and bias vector, in the order of the parameters.</param>
public sealed record GradientCheckResult(IReadOnlyList<TensorGradientCheck> Tensors)
{
    /// <summary>The largest relative difference of all tensors; 0 to rounding for a correct backward pass.</summary>
    public double MaxRelativeDifference => Tensors.Max(tensor => tensor.RelativeDifference);

    /// <summary>A line per tensor.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Tensors);
}
