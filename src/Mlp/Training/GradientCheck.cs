using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp;

/// <summary>Compares the gradients of backpropagation with central differences of the loss.</summary>
public static class GradientCheck
{
    /// <summary>Checks every parameter of a network on all rows at once.</summary>
    /// <param name="network">Its parameters are moved one by one and put back.</param>
    /// <param name="rows">A few: every parameter costs two forward passes over them.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <param name="step">
    /// Half the distance of the two losses, in (0, ∞). Too small and rounding shows, too large and curvature does: 1e-5 suits double;
    /// float leaves two or three digits at best, with 1e-2.
    /// </param>
    /// <remarks>∂loss/∂p ≈ (loss(p + step) − loss(p − step)) / (2 step), with an error of order step².</remarks>
    /// <exception cref="ArgumentException">Rows, loss and network do not fit each other, or the step is out of range.</exception>
    /// <exception cref="InvalidOperationException">All rows weigh 0.</exception>
    public static GradientCheckResult Run<T>(
        Network<T> network, IRowSource<T> rows, Loss loss, LossReduction reduction = LossReduction.Mean, double step = 1e-5)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(loss);
        Trainer.CheckRows(network, rows);
        RangeCheck.Positive(step);

        rows = WeighingRows.Of(rows, "training");
        using var backpropagation = new Backpropagation<T>(network, loss, reduction, rows.RowCount, threadCount: 1);
        var batch = new MiniBatches<T>(rows, rows.RowCount, random: null);
        batch.StartEpoch();
        batch.MoveNext();
        double LossNow() => backpropagation.Compute(batch.Inputs, batch.Targets, batch.ExampleWeights).Loss;

        LossNow();
        T[] analytic = backpropagation.Gradients.ToArray();
        return new GradientCheckResult(
            [.. network.Parameters.Tensors.Select(tensor => CheckTensor(network.Parameters[tensor], analytic, tensor, step, LossNow))]);
    }

    private static TensorGradientCheck CheckTensor<T>(
        Span<T> parameters, T[] analytic, ParameterTensor tensor, double step, Func<double> loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double maxDifference = 0, maxGradient = 0;
        for (int index = 0; index < parameters.Length; index++)
        {
            T original = parameters[index], above = original + T.CreateTruncating(step), below = original - T.CreateTruncating(step);
            parameters[index] = above;
            double lossAbove = loss();
            parameters[index] = below;
            double lossBelow = loss();
            parameters[index] = original;

            // The distance actually taken: original ± step is rounded.
            double numeric = (lossAbove - lossBelow) / double.CreateTruncating(above - below);
            double backpropagated = double.CreateTruncating(analytic[tensor.Offset + index]);
            // Math.Max carries NaN, so a NaN in either gradient shows in the report.
            maxDifference = Math.Max(maxDifference, Math.Abs(numeric - backpropagated));
            maxGradient = Math.Max(maxGradient, Math.Max(Math.Abs(numeric), Math.Abs(backpropagated)));
        }
        return new TensorGradientCheck(tensor, maxDifference, maxGradient);
    }
}
