using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Training.Sharding;

namespace Mlp.Training;

/// <summary>Loss and metric of rows that training does not see, computed by forward passes in portions.</summary>
internal sealed class Validation<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MiniBatches<T> _batches;
    private readonly Backpropagation<T> _forward;
    private readonly TrainingSettings _settings;
    private readonly ValidationMetric<T> _metric;
    // Of trainings with shards: portions are dealt out to the ranks.
    private readonly PortionSums? _portions;

    public Validation(Network<T> network, IRowSource<T> rows, TrainingSettings settings, TargetScaling<T>? targetScaling)
    {
        int portion = FeatureRows.PortionOf(rows);
        _settings = settings;
        _batches = new MiniBatches<T>(rows, portion, random: null);
        _forward = new Backpropagation<T>(
            network, settings.Loss, settings.LossReduction, portion, settings.NumberOfThreads, hasGradients: false);
        _metric = new ValidationMetric<T>(rows, settings.Loss, targetScaling);
        _portions = settings.GradientShards == 1
            ? null : new PortionSums(settings.ManyRanks, (int)((FeatureRows.CountOf(rows) + portion - 1) / portion));
    }

    /// <summary>Mean (or sum) of the rows' losses, with their weights, without penalties; and the metric.</summary>
    public ValidationSummary Compute()
    {
        double lossSum = 0, weightSum = 0;
        _metric.Clear();
        _batches.StartEpoch();
        for (int portion = 0; _batches.MoveNext(); portion++)
        {
            _settings.BeforeStep();
            if (_portions?.IsMine(portion) == false)
                continue;
            BatchLoss loss = _forward.ComputeLoss(_batches.Inputs, _batches.Targets, _batches.ExampleWeights);
            (lossSum, weightSum) = (lossSum + loss.LossSum, weightSum + loss.WeightSum);
            _metric.Add(_forward.Outputs(_batches.ExampleWeights.Length), _batches.Targets, _batches.ExampleWeights);
            if (_portions is not null)
            {
                _portions[portion] = new(lossSum, weightSum, _metric.Sums.Sum, _metric.Sums.WeightSum);
                (lossSum, weightSum) = (0, 0);
                _metric.Clear();
            }
        }
        if (_portions is not null)
        {
            PortionSum all = _portions.Total();
            (lossSum, weightSum, _metric.Sums) = (all.LossSum, all.WeightSum, (all.MetricSum, all.MetricWeightSum));
        }
        return new(_settings.LossReduction == LossReduction.Mean && weightSum > 0 ? lossSum / weightSum : lossSum, _metric.Value);
    }

    public void Dispose() => _forward.Dispose();
}

/// <summary>What the validation rows came to.</summary>
/// <param name="Loss">As <see cref="EpochResult.ValidationLoss"/>.</param>
/// <param name="Metric">As <see cref="EpochResult.ValidationMetric"/>.</param>
internal readonly record struct ValidationSummary(double Loss, double Metric);
