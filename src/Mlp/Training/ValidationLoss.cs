using System.Numerics;

namespace Mlp;

/// <summary>The loss of rows that training does not see, computed by forward passes in portions.</summary>
internal sealed class ValidationLoss<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PortionRowCount = 512;

    private readonly MiniBatches<T> _batches;
    private readonly Backpropagation<T> _forward;
    private readonly LossReduction _reduction;

    public ValidationLoss(Network<T> network, IRowSource<T> rows, TrainingSettings settings)
    {
        int portion = Math.Min(PortionRowCount, rows.RowCount);
        _reduction = settings.LossReduction;
        _batches = new MiniBatches<T>(rows, portion, random: null);
        _forward = new Backpropagation<T>(network, settings.Loss, settings.LossReduction, portion, settings.NumberOfThreads);
    }

    /// <summary>Mean (or sum) of the rows' losses, with their weights, without penalties.</summary>
    public double Compute()
    {
        double lossSum = 0, weightSum = 0;
        _batches.StartEpoch();
        while (_batches.MoveNext())
        {
            BatchLoss loss = _forward.ComputeLoss(_batches.Inputs, _batches.Targets, _batches.ExampleWeights);
            (lossSum, weightSum) = (lossSum + loss.LossSum, weightSum + loss.WeightSum);
        }
        return _reduction == LossReduction.Mean && weightSum > 0 ? lossSum / weightSum : lossSum;
    }

    public void Dispose() => _forward.Dispose();
}
