using System.Numerics;
using System.Runtime.ExceptionServices;
using Mlp.Data;
using Mlp.State;

namespace Mlp.Training.Ensembles;

/// <summary>The trainings of one ensemble, spread over threads: first every network with its held-out rows, then every refit.</summary>
internal sealed class EnsembleRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Func<int, int, Network<T>> _createNetwork;
    private readonly IRowSource<T> _rows;
    private readonly IRowSource<T>? _validation;
    private readonly RowSplit[] _splits;
    private readonly TrainingSettings _settings;
    private readonly EnsembleSettings _ensemble;
    private readonly TargetScaling<T>? _targetScaling;
    private readonly int _networkCount, _threadCount;
    private readonly int[] _seeds;
    private readonly Network<T>[] _networks;
    private readonly TrainingResult?[] _results;
    private readonly HeldOutOutputs<T>?[] _heldOut;
    private readonly ManualResetEventSlim[] _finished;
    private readonly Exception?[] _failures;
    private readonly Lock _callbackLock = new();
    private int _nextJob = -1;

    /// <param name="createNetwork">Index and seed → first parameters.</param>
    /// <param name="rows">Of all networks.</param>
    /// <param name="validation">Of all networks; null for the splits, or none.</param>
    /// <param name="splits">One per network, or none at all.</param>
    /// <param name="settings">Checked.</param>
    /// <param name="ensemble">Checked.</param>
    /// <param name="targetScaling">Null for none.</param>
    public EnsembleRun(
        Func<int, int, Network<T>> createNetwork, IRowSource<T> rows, IRowSource<T>? validation, RowSplit[] splits, TrainingSettings settings,
        EnsembleSettings ensemble, TargetScaling<T>? targetScaling)
    {
        (_createNetwork, _rows, _validation, _splits) = (createNetwork, rows, validation, splits);
        // By the rows of the table, not by those that are left of it: a refit takes steps of the same size as its first training.
        _settings = settings.BatchSize is null && settings.Optimizer is not Lbfgs
            ? settings with { BatchSize = settings.BatchSizeFor(rows.RowCount) } : settings;
        (_ensemble, _targetScaling) = (ensemble, targetScaling);
        _networkCount = ensemble.NumberOfNetworks;
        int jobCount = _networkCount + (splits.Length > 0 ? ensemble.RefitCount : 0);
        _threadCount = Math.Min(settings.NumberOfThreads, _networkCount);
        _seeds = CreateSeeds(settings.Seed, jobCount);
        _networks = new Network<T>[jobCount];
        _results = new TrainingResult?[jobCount];
        _heldOut = new HeldOutOutputs<T>?[_networkCount];
        _finished = [.. Enumerable.Range(0, _networkCount).Select(_ => new ManualResetEventSlim())];
        _failures = new Exception?[jobCount];
    }

    /// <summary>For the work between the trainings and after them; null where a cancelled training is to return what it has, which takes that
    /// work.</summary>
    private Action? CheckCancellation => _settings.ReturnBestOnCancellation ? null : _settings.BeforeStep;

    public EnsembleResult<T> Run()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_settings.CancellationToken);
        Task[] helpers = [.. Enumerable.Range(1, _threadCount - 1).Select(_ => Task.Factory.StartNew(
            () => Work(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Work(stop);
        Task.WaitAll(helpers);
        foreach (ManualResetEventSlim finished in _finished)
            finished.Dispose();
        // What stopped the others, not that they were stopped.
        if (_failures.FirstOrDefault(failure => failure is not (null or OperationCanceledException)) is { } cause)
            ExceptionDispatchInfo.Throw(cause);
        if (_failures.FirstOrDefault(failure => failure is not null) is { } cancellation && !_settings.ReturnBestOnCancellation)
            ExceptionDispatchInfo.Throw(cancellation);

        List<EpochResult> history = [.. _results.SelectMany(result => result?.History ?? [])];
        bool wasCanceled = _results.Any(result => result is null or { WasCanceled: true });
        int[] jobs = wasCanceled ? JobsOfCanceled() : [.. Enumerable.Range(0, _networks.Length)];
        return new EnsembleResult<T>(
            [.. jobs.Select(job => _networks[job])], FindTemperature(), [.. jobs.Select(job => _results[job]!.BestEpoch)], history)
        {
            WasCanceled = wasCanceled,
        };
    }

    /// <summary>
    /// The networks of the first round with an epoch behind them: a refit that was cut short has not come to its best epoch, and the others
    /// are left out with it. A network alone is returned as it is, as by <see cref="Trainer"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">There are none.</exception>
    private int[] JobsOfCanceled()
    {
        int[] jobs = [.. Enumerable.Range(0, _networkCount).Where(job => _results[job] is { } result && (result.History.Count > 0 || _networks.Length == 1))];
        return jobs.Length > 0 ? jobs : throw new OperationCanceledException("The training was cancelled before the first epoch of a network was over.", _settings.CancellationToken);
    }

    /// <summary>The first network has the settings' own seed, so that one alone is what it always was.</summary>
    private static int[] CreateSeeds(int seed, int count)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(index => index == 0 ? seed : (int)random.NextUInt64())];
    }

    /// <summary>Takes the next job until there is none. A refit waits for its first training, which an earlier turn has begun.</summary>
    private void Work(CancellationTokenSource stop)
    {
        for (int job; (job = Interlocked.Increment(ref _nextJob)) < _networks.Length;)
        {
            try
            {
                if (job >= _networkCount)
                    _finished[job - _networkCount].Wait(stop.Token);
                Train(job, stop);
            }
            catch (Exception exception)
            {
                // Kept for the caller's thread, which throws it.
                _failures[job] = exception;
                stop.Cancel();
            }
            finally
            {
                if (job < _networkCount)
                    _finished[job].Set();
            }
        }
    }

    private void Train(int job, CancellationTokenSource stop)
    {
        stop.Token.ThrowIfCancellationRequested();
        bool refits = job >= _networkCount;
        RowSplit? split = _splits.Length == 0 || refits ? null : _splits[job];
        IRowSource<T> rows = split is null ? _rows : new SelectedRows<T>(_rows, split.Training);
        IRowSource<T>? validation = split is null ? (refits ? null : _validation) : new SelectedRows<T>(_rows, split.Validation);
        var settings = _settings with
        {
            Seed = _seeds[job],
            NumberOfThreads = Math.Max(1, _settings.NumberOfThreads / _networkCount),
            Checkpoint = _networks.Length == 1 ? _settings.Checkpoint : _settings.Checkpoint?.ForJob(job),
            CancellationToken = stop.Token,
            EpochCallback = _settings.EpochCallback is null ? null : report => Report(report, job),
            WarningCallback = _settings.WarningCallback is null ? null : Warn,
            EarlyStopping = validation is null ? null : _settings.EarlyStopping,
            StopAfterEpoch = refits ? _results[job - _networkCount]!.BestEpoch : _settings.StopAfterEpoch,
        };
        _networks[job] = _createNetwork(job, _seeds[job]);
        if (job == 0)
            MemoryEstimate.OfTraining(_networks[0], _rows.RowCount, _validation?.RowCount ?? 0, _settings, _ensemble).Check();
        TrainingResult result = Trainer.Fit(_networks[job], rows, validation, settings, _targetScaling, mayWeighNothing: false);
        _results[job] = result with { History = [.. result.History.Select(report => report with { NetworkIndex = job })] };
        if (result.WasCanceled)
            stop.Cancel();
        if (validation is not null && result.History.Count > 0 && _ensemble.CalibrateProbabilities && _settings.Loss.Link is OutputLink.Sigmoid or OutputLink.Softmax)
            _heldOut[job] = HeldOutOutputs<T>.Compute(_networks[job], validation, CheckCancellation);
    }

    private void Report(EpochResult report, int job)
    {
        EpochResult numbered = report with { NetworkIndex = job };
        lock (_callbackLock)
            _settings.EpochCallback!(numbered);
        if (numbered.StopRequested)
            report.StopTraining();
    }

    private void Warn(string warning)
    {
        lock (_callbackLock)
            _settings.WarningCallback!(warning);
    }

    /// <summary>From the outputs for rows that the network had not seen: those of each network for its own rows, or the mean of all for the
    /// same rows.</summary>
    private double FindTemperature()
    {
        HeldOutOutputs<T>[] heldOut = [.. _heldOut.OfType<HeldOutOutputs<T>>()];
        if (heldOut.Length == 0)
            return 1;
        if (_validation is not null)
            heldOut = [HeldOutOutputs<T>.Average(heldOut, _settings.Loss.Link, _rows.TargetCount, CheckCancellation)];
        else if (heldOut.Length > _rows.RowCount)
            heldOut = heldOut[.._rows.RowCount];
        int rowCount = heldOut.Sum(part => part.ExampleWeights.Length);
        bool isEveryRow = _validation is null && rowCount == _rows.RowCount;
        if (rowCount < EnsembleSettings.LeastRowsToCalibrate && !isEveryRow)
            return 1;
        return TemperatureScaling.Fit<T>(
            _settings.Loss.Link, (T[])[.. heldOut.SelectMany(part => part.Outputs)], (T[])[.. heldOut.SelectMany(part => part.Targets)],
            (T[])[.. heldOut.SelectMany(part => part.ExampleWeights)], _rows.TargetCount, CheckCancellation);
    }
}
