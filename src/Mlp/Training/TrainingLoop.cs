using System.Diagnostics;
using System.Numerics;
using Mlp.Kernels;
using Mlp.Optimizers;

namespace Mlp;

/// <summary>Epochs → mini-batches → forward, backward, step. All state of one training lives here.</summary>
internal sealed class TrainingLoop<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly IRowSource<T> _rows;
    private readonly TrainingSettings _settings;
    private readonly MiniBatches<T> _batches;
    private readonly Backpropagation<T> _backpropagation;
    private readonly OptimizerState<T> _optimizer;
    private long _step;

    public TrainingLoop(Network<T> network, IRowSource<T> rows, TrainingSettings settings)
    {
        int batchSize = settings.BatchSizeFor(rows.RowCount);
        (_network, _rows, _settings) = (network, rows, settings);
        _batches = new MiniBatches<T>(rows, batchSize, settings.Shuffle ? new RandomSource(settings.Seed) : null);
        _backpropagation = new Backpropagation<T>(network, settings.Loss, settings.LossReduction, batchSize, settings.NumberOfThreads);
        _optimizer = settings.Optimizer.CreateState<T>(network.Parameters.Length);
        _optimizer.Team = _backpropagation.Team;
    }

    public TrainingResult Run()
    {
        var history = new List<EpochReport>();
        long start = Stopwatch.GetTimestamp();
        for (int epoch = 1; epoch <= _settings.NumberOfEpochs; epoch++)
        {
            double lossSum = 0, weightSum = 0, gradientNorm = 0;
            _batches.StartEpoch();
            while (_batches.MoveNext())
            {
                _settings.CancellationToken.ThrowIfCancellationRequested();
                _settings.StepCallback?.Invoke();
                BatchLoss loss = _backpropagation.Compute(_batches.Inputs, _batches.Targets, _batches.ExampleWeights);
                if (!double.IsFinite(loss.Loss))
                    throw Diverged("training loss", loss.Loss, epoch);
                (lossSum, weightSum) = (lossSum + loss.LossSum, weightSum + loss.WeightSum);
                gradientNorm = StepDownhill();
            }
            if (!double.IsFinite(gradientNorm))
                throw Diverged("norm of the gradient", gradientNorm, epoch);

            double epochLoss = _settings.LossReduction == LossReduction.Mean && weightSum > 0 ? lossSum / weightSum : lossSum;
            var report = new EpochReport(
                epoch, _settings.NumberOfEpochs, epochLoss, _settings.Optimizer.LearningRate, gradientNorm, Stopwatch.GetElapsedTime(start).TotalSeconds);
            history.Add(report);
            _settings.EpochCallback?.Invoke(report);
            if (report.StopRequested)
                break;
        }
        CheckParameters(history.Count);
        return new TrainingResult(history);
    }

    public void Dispose() => _backpropagation.Dispose();

    /// <summary>Clips the gradient, adds the penalty's, updates the parameters. Returns the gradient's norm before all that.</summary>
    private double StepDownhill()
    {
        Span<T> gradients = _backpropagation.Gradients;
        double norm = GradientNormWanted ? Math.Sqrt(Elementwise.SumOfSquares<T>(gradients)) : 0;
        // As PyTorch has it; the small number keeps a norm of 0 from dividing by 0.
        double shortening = _settings.MaximumGradientNorm / (norm + 1e-6);
        if (shortening < 1)
            Elementwise.Scale(T.CreateTruncating(shortening), gradients);
        if (!double.IsInfinity(_settings.MaximumGradientValue))
            Elementwise.Clamp(T.CreateTruncating(_settings.MaximumGradientValue), gradients);
        if (_settings.L2Regularization > 0)
            AddPenalty(gradients);
        _step++;
        _optimizer.Step(_network.Parameters.Values, gradients, _settings.Optimizer.LearningRate, _step);
        return norm;
    }

    // The report needs the norm of an epoch's last step only; clipping needs it in every step.
    private bool GradientNormWanted => _batches.IsLast || !double.IsInfinity(_settings.MaximumGradientNorm);

    /// <summary>∂/∂w of ½ λ Σ w².</summary>
    private void AddPenalty(Span<T> gradients)
    {
        foreach (ParameterTensor tensor in _network.Parameters.Tensors)
        {
            if (!tensor.IsBias || _settings.RegularizeBiases)
            {
                Elementwise.AddScaled(
                    T.CreateTruncating(_settings.L2Regularization), _network.Parameters[tensor], gradients.Slice(tensor.Offset, tensor.Length));
            }
        }
    }

    /// <summary>The last step can overflow parameters without any later loss to show it.</summary>
    private void CheckParameters(int epoch)
    {
        foreach (ParameterTensor tensor in _network.Parameters.Tensors)
        {
            foreach (T value in _network.Parameters[tensor])
            {
                if (!T.IsFinite(value))
                    throw Diverged($"largest of the {tensor.Name}", double.CreateTruncating(value), epoch);
            }
        }
    }

    private TrainingDivergedException Diverged(string what, double value, int epoch)
    {
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        _batches.StartEpoch();
        while (_batches.MoveNext())
        {
            foreach (T feature in _batches.Inputs)
            {
                smallest = Math.Min(smallest, double.CreateTruncating(feature));
                largest = Math.Max(largest, double.CreateTruncating(feature));
            }
        }
        return new TrainingDivergedException(what, value, epoch, _step, _settings.Optimizer.LearningRate, smallest, largest);
    }
}
