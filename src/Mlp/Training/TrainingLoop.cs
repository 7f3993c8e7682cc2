using System.Diagnostics;
using System.Numerics;
using Mlp.State;
using Mlp.Training.Checkpoints;

namespace Mlp.Training;

/// <summary>Epoch after epoch: steps downhill, validation, report, and whether to go on. All state of one training lives here.</summary>
internal sealed class TrainingLoop<T> : ICheckpointed, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly TrainingSettings _settings;
    private readonly CheckpointKeeper? _checkpoints;
    private readonly EpochMethod<T> _method;
    private readonly Validation<T>? _validation;
    private readonly BestParameters<T>? _best;
    private readonly List<EpochResult> _history = [];
    private EpochSummary? _steppedEpoch;
    private double _secondsBefore;
    private long _start;
    private bool _isOver;

    public TrainingLoop(
        Network<T> network, IRowSource<T> rows, IRowSource<T>? validation, TrainingSettings settings, TargetScaling<T>? targetScaling)
    {
        (_network, _settings) = (network, settings);
        if (settings.Checkpoint is not null || settings.Agreement is not null)
        {
            var identity = TrainingDescription.Of(network, rows, validation, settings);
            if (settings.Agreement is not null)
            {
                TrainingIdentity ofRank = identity.Copy();
                TrainingDescription.AddForRanks(ofRank, settings);
                settings.Agreement.Check(ofRank);
            }
            _checkpoints = settings.Checkpoint is null
                ? null : new CheckpointKeeper(settings.Checkpoint, identity, state: this, settings.WarningCallback);
        }
        Action? afterStep = _checkpoints is null ? null : SaveIfTime;
        _method = settings.Optimizer is Lbfgs lbfgs
            ? new LbfgsEpochs<T>(network, rows, settings, lbfgs)
            : new MiniBatchEpochs<T>(network, rows, settings) { AfterStep = afterStep };
        _validation = validation is null ? null : new Validation<T>(network, validation, settings, targetScaling);
        _best = settings.EarlyStopping is null ? null : new BestParameters<T>(settings.EarlyStopping, network);
    }

    private bool IsRunning => !_isOver && _history.Count < Math.Min(_settings.NumberOfEpochs, _settings.StopAfterEpoch ?? int.MaxValue);

    private double Seconds => _secondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds;

    public TrainingResult Run()
    {
        bool wasCanceled = false;
        _start = Stopwatch.GetTimestamp();
        bool isResumed = _checkpoints?.Resume() == true;
        _settings.Agreement?.ShareState(this, isResumed);
        try
        {
            if (IsRunning)
                RunEpochs();
        }
        catch (OperationCanceledException)
        {
            Save();
            if (!_settings.ReturnBestOnCancellation)
                throw;
            wasCanceled = true;
        }
        if (_best is { Epoch: > 0 })
            _best.Restore();
        if (FindInfinite() is { } infinite)
            throw _method.Diverged($"largest of the {infinite.Name}", infinite.Value, _history.Count);
        return new TrainingResult(_history, BestEpoch: _best?.Epoch ?? _history.Count)
        {
            WasCanceled = wasCanceled,
            Moments = _settings.KeepsMoments ? _method.Moments : null,
        };
    }

    public void Exchange(StateExchange state)
    {
        state.Exchange(_history, reader => ModelFile.ReadHistory(reader), ModelFile.WriteHistory);
        CheckNumberOfEpochs();
        state.Exchange("end of the training", ref _isOver);
        double seconds = Seconds;
        state.Exchange("seconds", ref seconds);
        (_secondsBefore, _start) = (seconds, Stopwatch.GetTimestamp());
        ExchangeSteppedEpoch(state);
        state.ExchangeParameters("parameters", _network.Parameters.Values);
        _method.Exchange(state);
        _best?.Exchange(state);
    }

    public void Dispose()
    {
        _method.Dispose();
        _validation?.Dispose();
    }

    private void RunEpochs()
    {
        while (IsRunning)
        {
            RunEpoch(_history.Count + 1);
            if (IsRunning && _checkpoints?.IsTimeAfter(_history.Count) == true)
                Save();
        }
        Save();
    }

    private void RunEpoch(int epoch)
    {
        // Done already where the training was cancelled during validation.
        EpochSummary summary = _steppedEpoch ??= _method.RunEpoch(epoch);
        ValidationSummary? validation = _validation?.Compute();
        double? validationLoss = validation?.Loss;
        // Neither early stopping nor a schedule could compare it with anything.
        if (validationLoss is { } loss && !double.IsFinite(loss))
            throw _method.Diverged("validation loss", loss, epoch);
        var report = new EpochResult(
            epoch, _settings.NumberOfEpochs, summary.Loss, validationLoss, summary.LearningRate, summary.GradientNorm, Seconds)
        {
            ValidationMetric = validation?.Metric,
        };
        _steppedEpoch = null;
        _history.Add(report);
        _method.EpochEnded(validationLoss ?? summary.Loss);
        bool improving = _best is null || _best.Continue(epoch, validationLoss!.Value);
        _isOver = summary.IsLast || !improving;
        _settings.EpochCallback?.Invoke(report);
        _isOver |= _settings.Agreement?.AnySays(report.StopRequested, ChecksumOfParameters()) ?? report.StopRequested;
    }

    private uint ChecksumOfParameters()
    {
        var checksum = new Crc32C();
        checksum.AddValues<T>(_network.Parameters.Values);
        return checksum.Value;
    }

    private void ExchangeSteppedEpoch(StateExchange state)
    {
        bool isStepped = _steppedEpoch is not null;
        state.Exchange("steps before validation", ref isStepped);
        var (loss, gradientNorm, learningRate, isLast) = _steppedEpoch ?? default;
        state.Exchange("loss of the epoch", ref loss);
        state.Exchange("gradient of the epoch", ref gradientNorm);
        state.Exchange("learning rate of the epoch", ref learningRate);
        state.Exchange("end of the steps", ref isLast);
        _steppedEpoch = isStepped ? new EpochSummary(loss, gradientNorm, learningRate, isLast) : null;
    }

    /// <summary>A checkpoint may be ahead of the epochs that are wanted now.</summary>
    private void CheckNumberOfEpochs()
    {
        if (_history.Count > _settings.NumberOfEpochs)
        {
            throw new InvalidOperationException(
                $"it has {_history.Count} epochs behind it, and NumberOfEpochs is {_settings.NumberOfEpochs}.");
        }
    }

    private void SaveIfTime()
    {
        if (_checkpoints!.IsTime)
            Save();
    }

    /// <summary>Keeps a good file from being replaced by one of a training that has diverged and does not know it yet.</summary>
    private void Save()
    {
        if (_checkpoints is not null && FindInfinite() is null)
            _checkpoints.Save();
    }

    /// <summary>The last step can overflow parameters without any later loss to show it.</summary>
    private (string Name, double Value)? FindInfinite()
    {
        foreach (ParameterTensor tensor in _network.Parameters.Tensors)
        {
            foreach (T value in _network.Parameters[tensor])
            {
                if (!T.IsFinite(value))
                    return (tensor.Name, double.CreateTruncating(value));
            }
        }
        return null;
    }
}
