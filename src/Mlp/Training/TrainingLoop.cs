using System.Diagnostics;
using System.Numerics;

namespace Mlp;

/// <summary>Epoch after epoch: steps downhill, validation, report, and whether to go on. All state of one training lives here.</summary>
internal sealed class TrainingLoop<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly TrainingSettings _settings;
    private readonly EpochMethod<T> _method;
    private readonly Validation<T>? _validation;
    private readonly BestParameters<T>? _best;

    public TrainingLoop(
        Network<T> network, IRowSource<T> rows, IRowSource<T>? validation, TrainingSettings settings, TargetScaling<T>? targetScaling)
    {
        (_network, _settings) = (network, settings);
        _method = settings.Optimizer is Lbfgs lbfgs
            ? new LbfgsEpochs<T>(network, rows, settings, lbfgs)
            : new MiniBatchEpochs<T>(network, rows, settings);
        _validation = validation is null ? null : new Validation<T>(network, validation, settings, targetScaling);
        _best = settings.EarlyStopping is null ? null : new BestParameters<T>(settings.EarlyStopping, network);
    }

    public TrainingResult Run()
    {
        var history = new List<EpochReport>();
        long start = Stopwatch.GetTimestamp();
        int lastEpoch = Math.Min(_settings.NumberOfEpochs, _settings.StopAfterEpoch ?? int.MaxValue);
        for (int epoch = 1; epoch <= lastEpoch; epoch++)
        {
            EpochSummary summary = _method.RunEpoch(epoch);
            ValidationSummary? validation = _validation?.Compute();
            double? validationLoss = validation?.Loss;
            // Neither early stopping nor a schedule could compare it with anything.
            if (validationLoss is { } loss && !double.IsFinite(loss))
                throw _method.Diverged("validation loss", loss, epoch);
            var report = new EpochReport(
                epoch, _settings.NumberOfEpochs, summary.Loss, validationLoss, summary.LearningRate, summary.GradientNorm,
                Stopwatch.GetElapsedTime(start).TotalSeconds)
            {
                ValidationMetric = validation?.Metric,
            };
            history.Add(report);
            _method.EpochEnded(validationLoss ?? summary.Loss);
            bool improving = _best is null || _best.Continue(epoch, validationLoss!.Value);
            _settings.EpochCallback?.Invoke(report);
            if (summary.IsLast || !improving || report.StopRequested)
                break;
        }
        _best?.Restore();
        CheckParameters(history.Count);
        return new TrainingResult(history, BestEpoch: _best?.Epoch ?? history.Count);
    }

    public void Dispose()
    {
        _method.Dispose();
        _validation?.Dispose();
    }

    /// <summary>The last step can overflow parameters without any later loss to show it.</summary>
    private void CheckParameters(int epoch)
    {
        foreach (ParameterTensor tensor in _network.Parameters.Tensors)
        {
            foreach (T value in _network.Parameters[tensor])
            {
                if (!T.IsFinite(value))
                    throw _method.Diverged($"largest of the {tensor.Name}", double.CreateTruncating(value), epoch);
            }
        }
    }
}
