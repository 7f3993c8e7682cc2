using System.Numerics;
using System.Runtime.ExceptionServices;
using Mlp.Data;
using Mlp.State;
using Mlp.Training.Checkpoints;
using Mlp.Training.Ensembles;
using Mlp.Training.Sharding;

namespace Mlp;

/// <summary>Trains one network or several side by side, finds their best epochs and their temperature.</summary>
public static class EnsembleTraining
{
    /// <summary>Trains networks on the same rows.</summary>
    /// <param name="createNetwork">Makes a network with its first parameters, given its zero-based index and a seed; all of the same shape.
    /// Refits follow the networks that hold rows out.
    /// Called from several threads.</param>
    /// <param name="rows">Read by several threads at once.</param>
    /// <param name="validation">The rows that decide the best epoch of every network; null to hold some out of <paramref name="rows"/>
    /// where <see cref="TrainingSettings.EarlyStopping"/> asks for it.</param>
    /// <param name="classIndices">One per row, so that held-out parts have the classes in the same shares; empty where there are
    /// none.</param>
    /// <param name="settings">Of each network. Its seed gives those of all; its threads are shared among the networks.</param>
    /// <param name="ensemble">How many networks, and what they hold out.</param>
    /// <param name="targetScaling">As in
    /// <see cref="Trainer.Fit{T}(Network{T}, IRowSource{T}, IRowSource{T}, TrainingSettings, TargetScaling{T})"/>.</param>
    /// <remarks>
    /// Repeatable like a single training: each network is trained by itself, so that neither the number of threads nor their timing
    /// shows in a bit. A single network without held-out rows is trained exactly as by <see cref="Trainer"/>. With a single row nothing
    /// is held out. A row of weight 0 is as if absent, whatever it holds. With a <see cref="TrainingSettings.Checkpoint"/> each training
    /// has a file of its own; one that is done is not done again.
    /// </remarks>
    /// <exception cref="InvalidOperationException">All rows weigh 0; or the training needs more memory than there is; or a checkpoint is
    /// that of another training, or in use by one.</exception>
    /// <exception cref="ModelFileException">There are checkpoints of a training, but none is intact.</exception>
    /// <exception cref="ArgumentException">Rows, networks and settings do not fit each other, or a setting is out of range.</exception>
    /// <exception cref="TrainingDivergedException">The loss or the parameters of a network became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public static EnsembleResult<T> Fit<T>(
        Func<int, int, Network<T>> createNetwork, IRowSource<T> rows, IRowSource<T>? validation, ReadOnlySpan<int> classIndices,
        TrainingSettings settings, EnsembleSettings ensemble, TargetScaling<T>? targetScaling = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(createNetwork);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(ensemble);
        settings.Validate();
        ensemble.Validate();
        if (!classIndices.IsEmpty && classIndices.Length != rows.RowCount)
            throw new ArgumentException($"There are {classIndices.Length} class indices for {rows.RowCount} rows.", nameof(classIndices));
        if (ensemble.Part is not null && settings.ManyRanks is not null)
        {
            throw new ArgumentException(
                $"Part is {ensemble.Part} and Ranks has {settings.Ranks!.Count} ranks. Either the networks of an ensemble are shared among "
                    + "jobs, or all ranks train each of them together: leave one of the two out.", nameof(ensemble));
        }
        using RankAgreement? agreement = TrainingSettings.Agree(ref settings);
        try
        {
            using ClaimedCheckpoint? claimed = settings.Checkpoint?.Claim();
            return new Trainings<T>(
                createNetwork, rows, validation, classIndices, settings with { Checkpoint = claimed?.Checkpoint }, ensemble, targetScaling)
                    .Run();
        }
        catch (Exception exception) when (Trainer.TellOthers(settings, exception))
        {
            throw;
        }
    }

    /// <summary>The trainings of one ensemble, spread over threads: first every network with its held-out rows, then every refit.</summary>
    private sealed class Trainings<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Func<int, int, Network<T>> _createNetwork;
        private readonly IRowSource<T> _rows;
        private readonly IRowSource<T>? _validation;
        // Where some rows weigh 0: the indices of the others.
        private readonly int[]? _weighing, _weighingValidation;
        private readonly RowSplit[] _splits;
        // Rows that hold out parts of themselves in place of splits.
        private readonly IStreamedRows<T>? _streamed;
        private readonly TrainingSettings _settings;
        private readonly EnsembleSettings _ensemble;
        private readonly TargetScaling<T>? _targetScaling;
        private readonly int _networkCount, _sideBySideCount, _threadCount;
        // The trainings of this process, those of the whole ensemble unless it is one of several jobs. All arrays below are by the index
        // in the whole ensemble.
        private readonly int[] _jobs;
        private readonly int[] _seeds;
        private readonly Network<T>[] _networks;
        private readonly TrainingResult?[] _results;
        private readonly HeldOutOutputs<T>?[] _heldOut;
        private readonly ManualResetEventSlim[] _finished;
        private readonly Exception?[] _failures;
        private readonly Lock _callbackLock = new();
        private int _nextTurn = -1;

        /// <inheritdoc cref="Fit"/>
        public Trainings(
            Func<int, int, Network<T>> createNetwork, IRowSource<T> rows, IRowSource<T>? validation, ReadOnlySpan<int> classIndices,
            TrainingSettings settings, EnsembleSettings ensemble, TargetScaling<T>? targetScaling)
        {
            _weighing = WeighingRows.Find(rows, "training", settings.BeforeStep);
            if (_weighing is not null)
            {
                rows = new SelectedRows<T>(rows, _weighing);
                if (!classIndices.IsEmpty)
                    classIndices = Select(classIndices, _weighing);
            }
            (_createNetwork, _rows, _ensemble, _targetScaling) = (createNetwork, rows, ensemble, targetScaling);
            _weighingValidation = validation is null ? null : WeighingRows.Find(validation, "validation", settings.BeforeStep);
            _validation = validation is null || _weighingValidation is null
                ? validation : new SelectedRows<T>(validation, _weighingValidation);
            bool holdsOut = validation is null && settings.EarlyStopping is not null && FeatureRows.CountOf(rows) > 1;
            _streamed = holdsOut ? rows as IStreamedRows<T> : null;
            _splits = holdsOut && _streamed is null ? GivenSplits() ?? Split(rows.RowCount, classIndices, ensemble, settings) : [];
            // By the rows of the table, not by those that are left of it: a refit takes steps of the same size as its first training.
            _settings = settings.BatchSize is null && settings.Optimizer is not Lbfgs
                ? settings with { BatchSize = settings.BatchSizeFor(FeatureRows.CountOf(rows)) } : settings;
            _networkCount = ensemble.NumberOfNetworks;
            int jobCount = _networkCount + (holdsOut ? ensemble.RefitCount : 0);
            _jobs = ensemble.JobsFor(holdsOut);
            // All ranks together train one network after the other.
            _sideBySideCount = settings.ManyRanks is null ? _jobs.Count(job => job < _networkCount) : 1;
            _threadCount = Math.Min(settings.NumberOfThreads, _sideBySideCount);
            _seeds = CreateSeeds(settings.Seed, jobCount);
            _networks = new Network<T>[jobCount];
            _results = new TrainingResult?[jobCount];
            _heldOut = new HeldOutOutputs<T>?[_networkCount];
            _finished = [.. Enumerable.Range(0, _networkCount).Select(_ => new ManualResetEventSlim())];
            _failures = new Exception?[jobCount];

            RowSplit[]? GivenSplits() => ensemble.Folds is not { } folds ? null
                : (_weighing is null ? folds : new RowFolds(Select(folds.OfRows, _weighing))).ToSplits(ensemble.NumberOfNetworks);
        }

        private bool FindsTemperature =>
            _ensemble.CalibrateProbabilities && _settings.Loss.Link is OutputLink.Sigmoid or OutputLink.Softmax;

        /// <summary>For the work between the trainings and after them; null where a cancelled training is to return what it has, which
        /// takes that work.</summary>
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
            bool wasCanceled = _jobs.Any(job => _results[job] is null or { WasCanceled: true });
            int[] jobs = wasCanceled ? JobsOfCanceled() : _jobs;
            var held = new EnsembleOutcome<T>(
                _settings.Loss.Link, (int)Math.Min(int.MaxValue, FeatureRows.CountOf(_rows)), _rows.TargetCount, _validation is not null,
                _heldOut);
            return new EnsembleResult<T>(
                [.. jobs.Select(job => _networks[job])], FindsTemperature ? held.FindTemperature(CheckCancellation) : 1,
                [.. jobs.Select(job => _results[job]!.BestEpoch)], history)
            {
                WasCanceled = wasCanceled,
                Part = wasCanceled || _ensemble.Part is null ? null
                    : new TrainedPart<T>(Describe(), _ensemble.Part, _networkCount, _networks.Length - _networkCount, held),
                HeldOut = _ensemble.KeepsHeldOutOutputs ? JoinHeldOut() : null,
                Folds = wasCanceled || _splits.Length == 0 ? null : FindFolds(),
                Moments = [.. jobs.Select(job => _results[job]!.Moments)],
            };
        }

        private RowFolds FindFolds()
        {
            var folds = RowFolds.Of(_splits, _rows.RowCount);
            if (_weighing is null)
                return folds;
            var ofAll = new int[_weighing[^1] + 1];
            Array.Fill(ofAll, RowFolds.None);
            for (int row = 0; row < _weighing.Length; row++)
                ofAll[_weighing[row]] = folds.OfRows[row];
            return new RowFolds(ofAll);
        }

        /// <summary>What the parts of one training have in common, and those of others have not.</summary>
        private TrainingIdentity Describe() => EnsembleDescription.Of(
            _createNetwork(0, _seeds[0]), _rows, _validation, _settings, _ensemble,
            _targetScaling);

        /// <summary>
        /// The networks of the first round with an epoch behind them: a refit that was cut short has not come to its best epoch, and the
        /// others are left out with it. A network alone is returned as it is, as by <see cref="Trainer"/>.
        /// </summary>
        /// <exception cref="OperationCanceledException">There are none.</exception>
        private int[] JobsOfCanceled()
        {
            int[] jobs = [.. _jobs.Where(job => job < _networkCount
                && _results[job] is { } result && (result.History.Count > 0 || _networks.Length == 1))];
            return jobs.Length > 0 ? jobs : throw new OperationCanceledException(
                "The training was cancelled before the first epoch of a network was over.", _settings.CancellationToken);
        }

        /// <summary>The first network has the settings' own seed, so that one alone is what it always was.</summary>
        private static int[] CreateSeeds(int seed, int count)
        {
            var random = new RandomSource(seed);
            return [.. Enumerable.Range(0, count).Select(index => index == 0 ? seed : (int)random.NextUInt64())];
        }

        /// <summary>Takes the next job until there is none. A refit waits for its first training, which an earlier turn has
        /// begun.</summary>
        private void Work(CancellationTokenSource stop)
        {
            for (int turn; (turn = Interlocked.Increment(ref _nextTurn)) < _jobs.Length;)
            {
                int job = _jobs[turn];
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
            _networks[job] = _createNetwork(job, _seeds[job]);
            bool continues = refits && _ensemble.RefitsContinue;
            if (continues)
                _networks[job - _networkCount].Parameters.Values.CopyTo(_networks[job].Parameters.Values);
            IRowSource<T> all = _ensemble is { TaughtRowCount: > 0, TaughtLabelPart: < 1, ContinuesTraining: true } && _weighing is null
                ? new TaughtRows<T>(_rows, _networks[job], _ensemble.TaughtRowCount, _ensemble.TaughtLabelPart, _settings) : _rows;
            (IRowSource<T> rows, IRowSource<T>? validation) = refits ? (all, null) : RowsOf(job, all);
            var settings = _settings with
            {
                Seed = _seeds[job],
                NumberOfThreads = Math.Max(1, _settings.NumberOfThreads / _sideBySideCount),
                Checkpoint = _networks.Length == 1 ? _settings.Checkpoint : _settings.Checkpoint?.ForJob(job),
                CancellationToken = stop.Token,
                EpochCallback = _settings.EpochCallback is null ? null : report => Report(report, job),
                WarningCallback = _settings.WarningCallback is null ? null : Warn,
                EarlyStopping = validation is null ? null : _settings.EarlyStopping,
                Moments = _ensemble.Moments.ElementAtOrDefault(job),
                StopAfterEpoch = refits ? _results[job - _networkCount]!.BestEpoch : _settings.StopAfterEpoch,
            };
            if (continues)
                settings = settings with { NumberOfEpochs = EnsembleSettings.EpochsOfContinuedRefit(settings.StopAfterEpoch!.Value) };
            Trainer.CheckFits(_networks[job], rows, validation, settings);
            if (!_ensemble.ContinuesTraining && !continues)
                UnseenSlots.Clear(_networks[job], rows, CheckCancellation);
            if (job == _jobs[0])
            {
                MemoryEstimate.OfTraining(_networks[job], _rows, _validation, _settings, _ensemble.OfPart()).Check();
            }
            TrainingResult result = Trainer.Run(_networks[job], rows, validation, settings, _targetScaling);
            _results[job] = result with { History = [.. result.History.Select(report => report with { NetworkIndex = job })] };
            if (result.WasCanceled)
                stop.Cancel();
            if (validation is not null && result.History.Count > 0 && (_ensemble.KeepsHeldOutOutputs || FindsTemperature))
                _heldOut[job] = HeldOutOutputs<T>.Compute(_networks[job], validation, CheckCancellation);
        }

        /// <summary>What a network is trained on, and what it looks at after every epoch.</summary>
        /// <param name="job">That does not refit.</param>
        /// <param name="all">The rows with the targets that they have for this network.</param>
        private (IRowSource<T> Rows, IRowSource<T>? Validation) RowsOf(int job, IRowSource<T> all)
        {
            if (_streamed is not null)
                return _streamed.HoldOut(job % _streamed.FoldCount);
            return _splits.Length == 0 ? (all, _validation)
                : (new SelectedRows<T>(all, _splits[job].Training), new SelectedRows<T>(_rows, _splits[job].Validation));
        }

        private void Report(EpochResult result, int job)
        {
            EpochResult numbered = result with { NetworkIndex = job };
            lock (_callbackLock)
                _settings.EpochCallback!(numbered);
            if (numbered.StopRequested)
                result.StopTraining();
        }

        private void Warn(string warning)
        {
            lock (_callbackLock)
                _settings.WarningCallback!(warning);
        }

        /// <summary>Null where no network has held rows out, or none of those was trained to the end of an epoch.</summary>
        private HeldOutRows<T>? JoinHeldOut()
        {
            int[] jobs = [.. Enumerable.Range(0, _networkCount).Where(job => _heldOut[job] is not null)];
            if (jobs.Length == 0)
                return null;
            if (_validation is not null)
            {
                var mean = HeldOutOutputs<T>.Average(
                    [.. jobs.Select(job => _heldOut[job]!)], _settings.Loss.Link, _rows.TargetCount, CheckCancellation);
                return HeldOutRows<T>.Join([mean], _weighingValidation ?? Enumerable.Range(0, _validation.RowCount));
            }
            // More networks than folds begin again with the first fold.
            int[] first = [.. jobs.DistinctBy(job => _streamed is null ? _splits[job].Validation[0] : job % _streamed.FoldCount)];
            HeldOutOutputs<T>[] parts = [.. first.Select(job => _heldOut[job]!)];
            // Rows of a stream cannot be picked: they are counted as they come.
            IEnumerable<int> rowIndices = _streamed is not null ? Enumerable.Range(0, parts.Sum(part => part.ExampleWeights.Length))
                : first.SelectMany(job => _splits[job].Validation).Select(row => _weighing?[row] ?? row);
            return HeldOutRows<T>.Join(parts, rowIndices) with
            {
                NetworkCount = _networks.Length,
                Seen = first.Length == 1 ? null : SeenPredictions.Compute(
                    [.. first.Select(job => (_networks[job], RowsOf(job, _rows).Validation!))], _settings.Loss.Link, CheckCancellation),
            };
        }

        private static int[] Select(ReadOnlySpan<int> values, int[] indices)
        {
            var selected = new int[indices.Length];
            for (int index = 0; index < selected.Length; index++)
                selected[index] = values[indices[index]];
            return selected;
        }

        /// <summary>What each network holds out; empty where nothing can be.</summary>
        private static RowSplit[] Split(int rowCount, ReadOnlySpan<int> classIndices, EnsembleSettings ensemble, TrainingSettings settings)
        {
            ReadOnlySpan<int> classes = classIndices.IsEmpty ? new int[rowCount] : classIndices;
            int count = ensemble.NumberOfNetworks;
            if (count == 1)
                return [RowSplit.HoldOutStratified(classes, ensemble.ValidationFraction, settings.Seed)];
            IReadOnlyList<RowSplit> folds = RowSplit.Folds(
                classes, Math.Max(count, (int)Math.Round(1 / ensemble.ValidationFraction)), settings.Seed, settings.BeforeStep);
            return [.. Enumerable.Range(0, count).Select(index => folds[index % folds.Count])];
        }
    }
}
