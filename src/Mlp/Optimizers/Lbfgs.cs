using Mlp.Numerics;
using Mlp.Optimizers;

namespace Mlp;

/// <summary>Limited-memory BFGS: a quasi-Newton method on all rows at once, for small tables and smooth objectives.</summary>
/// <remarks>
/// Every epoch is one iteration: a direction from the last <see cref="Memory"/> steps, and a line search to the strong Wolfe
/// conditions along it. Vectors are kept in double, whatever the network's precision. Where there are categories, the diagonal of the first
/// inverse Hessian holds numbers of rare values back as steps of the other optimizers do. Source: Nocedal and Wright 2006, Algorithms
/// 7.4, 7.5 and 3.5. scikit-learn: solver="lbfgs"; PyTorch: LBFGS(line_search_fn="strong_wolfe").
/// </remarks>
public sealed record Lbfgs : Optimizer
{
    /// <summary>The first step length the line search tries, in (0, ∞). Default: 1, which is right for all but the first
    /// iterations.</summary>
    public override double LearningRate { get; init; } = 1;

    /// <summary>Steps remembered, at least 1. Default: 10. scikit-learn: none; PyTorch: history_size.</summary>
    public int Memory { get; init; } = 10;

    /// <summary>Training ends when no component of the gradient is larger, at least 0. Default: 1e-4. scikit-learn: tol; PyTorch:
    /// tolerance_grad.</summary>
    public double GradientTolerance { get; init; } = 1e-4;

    /// <summary>Losses computed in one line search, at least 1. Default: 20.</summary>
    public int MaximumLineSearchSteps { get; init; } = 20;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RangeCheck.Require(WeightDecay == 0, WeightDecay, "0: L-BFGS follows the gradient of its objective. Use L2Regularization");
        RangeCheck.AtLeast(1, Memory);
        RangeCheck.NotNegative(GradientTolerance);
        RangeCheck.AtLeast(1, MaximumLineSearchSteps);
    }

    // The point, its gradient, the direction and the gradient now; of every step remembered the step and the change of the gradient.
    internal override double StateBytes(int valueBytes, int numberOfEpochs) =>
        (4 + 2.0 * Math.Min(Memory, numberOfEpochs)) * sizeof(double);

    internal override OptimizerState<T> CreateState<T>(int parameterCount) =>
        throw new InvalidOperationException("L-BFGS takes no single steps; LbfgsEpochs runs it.");
}
