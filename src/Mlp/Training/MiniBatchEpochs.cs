using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;
using Mlp.State;

namespace Mlp.Training;

/// <summary>Mini-batches → forward, backward, step: what an epoch is for every optimizer that takes a step per batch.</summary>
internal sealed class MiniBatchEpochs<T> : EpochMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // One of the two: batches as a whole, or by shards.
    private readonly Backpropagation<T>? _backpropagation;
    private readonly ShardedGradient<T>? _sharded;
    private readonly OptimizerState<T> _optimizer;
    private readonly ScheduleState _schedule;
    private readonly Dropout<T>? _dropout;
    private readonly CategoryDropout? _categoryDropout;
    private readonly TouchedRows? _touched;
    private readonly CategoryRates? _categoryRates;
    // Of earlier trainings.
    private readonly long _stepsBefore;
    private T[] _before = [];
    private StepRates _rates;
    private double _lossSum, _weightSum, _gradientNorm;
    private bool _isInEpoch;

    public MiniBatchEpochs(Network<T> network, IRowSource<T> rows, TrainingSettings settings)
        : base(network, settings)
    {
        long rowCount = FeatureRows.CountOf(rows);
        int batchSize = settings.BatchSizeFor(rowCount);
        if (network.Inputs.Categories.Count > 0 && settings.CategoryDropoutRate > 0)
            _categoryDropout = new CategoryDropout(settings.CategoryDropoutRate, settings.Seed);
        Batches = new MiniBatches<T>(
            rows, batchSize, settings.Shuffle ? new RandomSource(settings.Seed) : null, settings.SmoothingFor(rows.TargetCount),
            _categoryDropout);
        _dropout = settings.CreateDropout<T>(network.Layers.Count - 1);
        if (settings.GradientShards > 1)
            _sharded = new ShardedGradient<T>(network, settings, batchSize, _dropout);
        else
        {
            _backpropagation = new Backpropagation<T>(
                network, settings.Loss, settings.LossReduction, batchSize, settings.NumberOfThreads, _dropout);
        }
        // A training that is to return what it has when it is cancelled must come to have something.
        _categoryRates = CategoryRates.Of(network, rows, settings.ReturnBestOnCancellation ? null : settings.CheckCancellation);
        _touched = _sharded is null ? _backpropagation!.Workspace.Touched : _sharded.Touched;
        _optimizer = settings.Optimizer.CreateState<T>(network.Parameters.Length);
        _optimizer.Team = _sharded?.Team ?? _backpropagation!.Team;
        _stepsBefore = settings.Moments?.GiveTo(settings.Optimizer, _optimizer, network.Parameters) ?? 0;
        long stepsPerEpoch = (rowCount + batchSize - 1) / batchSize;
        _schedule = settings.Schedule.Start(new ScheduleLength(settings.Optimizer.LearningRate, stepsPerEpoch, settings.NumberOfEpochs));
    }

    protected override MiniBatches<T> Batches { get; }

    // The report needs the norm of an epoch's last step only; clipping needs it in every step.
    private bool GradientNormWanted => Batches.IsLast || !double.IsInfinity(Settings.MaximumGradientNorm);

    private Span<T> Gradients => _sharded is null ? _backpropagation!.Gradients : _sharded.Gradients;

    /// <summary>What weights lose in this step, as a part of themselves.</summary>
    private double Decay => LearningRate * Settings.Optimizer.WeightDecay;

    public override OptimizerMoments? Moments =>
        OptimizerMoments.Of(Settings.Optimizer, _optimizer, _stepsBefore + StepCount, Network.Parameters);

    public override EpochSummary RunEpoch(int epoch)
    {
        if (!_isInEpoch)
        {
            (_lossSum, _weightSum, _gradientNorm) = (0, 0, 0);
            Batches.StartEpoch();
            _isInEpoch = true;
        }
        while (Batches.HasNext)
        {
            Settings.BeforeStep();
            Batches.MoveNext();
            _rates = _schedule.At(StepCount);
            LearningRate = _rates.LearningRate;
            BatchLoss loss = _sharded?.Compute(Batches, StepCount)
                ?? _backpropagation!.Compute(Batches.Inputs, Batches.Targets, Batches.ExampleWeights);
            if (!double.IsFinite(loss.Loss))
                throw Diverged("training loss", loss.Loss, epoch);
            (_lossSum, _weightSum) = (_lossSum + loss.LossSum, _weightSum + loss.WeightSum);
            _gradientNorm = StepDownhill();
            AfterStep?.Invoke();
        }
        _isInEpoch = false;
        if (!double.IsFinite(_gradientNorm))
            throw Diverged("norm of the gradient", _gradientNorm, epoch);
        double epochLoss = Settings.LossReduction == LossReduction.Mean && _weightSum > 0 ? _lossSum / _weightSum : _lossSum;
        return new EpochSummary(epochLoss, _gradientNorm, LearningRate);
    }

    public override void EpochEnded(double loss) => _schedule.EpochEnded(loss);

    public override void Exchange(StateExchange state)
    {
        base.Exchange(state);
        state.Exchange("being in an epoch", ref _isInEpoch);
        state.Exchange("sum of the losses", ref _lossSum);
        state.Exchange("sum of the example weights", ref _weightSum);
        state.Exchange("norm of the gradient", ref _gradientNorm);
        Batches.Exchange(state);
        _optimizer.Exchange(state);
        _schedule.Exchange(state);
        // With shards what is dropped does not depend on what was dropped before.
        if (_sharded is null)
            _dropout?.Exchange(state);
        _categoryDropout?.Exchange(state);
    }

    public override void Dispose()
    {
        _backpropagation?.Dispose();
        _sharded?.Dispose();
    }

    /// <summary>Clips the gradient, adds the penalties', updates the parameters. Returns the gradient's norm before all that.</summary>
    private double StepDownhill()
    {
        Span<T> gradients = Gradients, parameters = Network.Parameters.Values;
        double norm = GradientNormWanted ? Math.Sqrt(SumOfSquares()) : 0;
        // As PyTorch has it; the small number keeps a norm of 0 from dividing by 0.
        double shortening = Settings.MaximumGradientNorm / (norm + 1e-6);
        StepCount++;
        _optimizer.Begin(_rates, _stepsBefore + StepCount);
        int denseLength = Network.Parameters.DenseLength;
        Clip(shortening, gradients[..denseLength]);
        AddPenalties(gradients);
        DecayWeights();
        _optimizer.Update(parameters[..denseLength], gradients[..denseLength], start: 0);
        // Of tables the rows that the batch has. The others do not decay, and no penalty draws them to 0.
        for (int index = 0; index < (_touched?.Count ?? 0); index++)
        {
            (int start, int length) = _touched![index];
            Span<T> row = parameters.Slice(start, length), gradient = gradients.Slice(start, length);
            Clip(shortening, gradient);
            AddPenalties(row, gradient);
            if (Decay > 0)
                Elementwise.Shrink(T.CreateTruncating(1 - Decay), row);
            UpdateRow(row, gradient, start);
        }
        return norm;
    }

    /// <summary>Moves a row of a table as far as its rate says.</summary>
    private void UpdateRow(Span<T> row, ReadOnlySpan<T> gradient, int start)
    {
        var rate = T.CreateTruncating(_categoryRates?.At(start) ?? 1);
        if (rate == T.One)
        {
            _optimizer.Update(row, gradient, start);
            return;
        }
        if (_before.Length < row.Length)
            _before = new T[row.Length];
        row.CopyTo(_before);
        _optimizer.Update(row, gradient, start);
        for (int index = 0; index < row.Length; index++)
            row[index] = _before[index] + rate * (row[index] - _before[index]);
    }

    private double SumOfSquares()
    {
        Span<T> gradients = Gradients;
        double sum = Elementwise.SumOfSquares<T>(gradients[..Network.Parameters.DenseLength]);
        for (int index = 0; index < (_touched?.Count ?? 0); index++)
        {
            (int start, int length) = _touched![index];
            sum += Elementwise.SumOfSquares<T>(gradients.Slice(start, length));
        }
        return sum;
    }

    private void Clip(double shortening, Span<T> gradients)
    {
        if (shortening < 1)
            Elementwise.Shrink(T.CreateTruncating(shortening), gradients);
        if (!double.IsInfinity(Settings.MaximumGradientValue))
            Elementwise.Clamp(T.CreateTruncating(Settings.MaximumGradientValue), gradients);
    }

    private void AddPenalties(Span<T> gradients)
    {
        if (Settings.L2Regularization == 0 && Settings.L1Regularization == 0)
            return;
        // By index: an enumerator of the list would be allocated in every step.
        IReadOnlyList<ParameterTensor> tensors = Network.Parameters.Tensors;
        for (int index = 0; index < tensors.Count; index++)
        {
            ParameterTensor tensor = tensors[index];
            if (IsPenalized(tensor) && !tensor.IsTable)
                AddPenalties(Network.Parameters[tensor], gradients.Slice(tensor.Offset, tensor.Length));
        }
    }

    /// <summary>∂/∂w of ½ λ₂ Σ w² + λ₁ Σ |w|.</summary>
    private void AddPenalties(ReadOnlySpan<T> weights, Span<T> gradients)
    {
        if (Settings.L2Regularization > 0)
            Elementwise.AddScaled(T.CreateTruncating(Settings.L2Regularization), weights, gradients);
        if (Settings.L1Regularization > 0)
            Elementwise.AddScaledSign(T.CreateTruncating(Settings.L1Regularization), weights, gradients);
    }

    private void DecayWeights()
    {
        if (Decay == 0)
            return;
        IReadOnlyList<ParameterTensor> tensors = Network.Parameters.Tensors;
        for (int index = 0; index < tensors.Count; index++)
        {
            if (IsPenalized(tensors[index]) && !tensors[index].IsTable)
                Elementwise.Shrink(T.CreateTruncating(1 - Decay), Network.Parameters[tensors[index]]);
        }
    }
}
