using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp.Training;

/// <summary>One L-BFGS iteration per epoch, on all rows.</summary>
internal sealed class LbfgsEpochs<T> : EpochMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Lbfgs _lbfgs;
    private readonly Backpropagation<T> _backpropagation;
    private readonly LbfgsDirection _memory;
    private readonly double[] _start, _startGradient, _direction, _gradient;
    private double _objective, _loss;
    private bool _isEvaluated;

    public LbfgsEpochs(Network<T> network, IRowSource<T> rows, TrainingSettings settings, Lbfgs lbfgs)
        : base(network, settings)
    {
        _lbfgs = lbfgs;
        Batches = new MiniBatches<T>(rows, rows.RowCount, random: null, settings.SmoothingFor(rows.TargetCount));
        Batches.StartEpoch();
        Batches.MoveNext();
        _backpropagation = new Backpropagation<T>(network, settings.Loss, settings.LossReduction, rows.RowCount, settings.NumberOfThreads);
        int count = network.Parameters.Length;
        // A training that is to return what it has when it is cancelled must come to have something.
        var rates = CategoryRates.Of(network, rows, settings.ReturnBestOnCancellation ? null : settings.CheckCancellation);
        _memory = new LbfgsDirection(Math.Min(lbfgs.Memory, settings.NumberOfEpochs), count, rates?.ToArray(count));
        (_start, _startGradient, _direction, _gradient) = (new double[count], new double[count], new double[count], new double[count]);
    }

    protected override MiniBatches<T> Batches { get; }

    public override EpochSummary RunEpoch(int epoch)
    {
        if (!_isEvaluated)
        {
            Settings.BeforeStep();
            Evaluate();
            _isEvaluated = true;
            if (!double.IsFinite(_objective))
                throw Diverged("training loss", _objective, epoch);
        }
        double startLoss = _loss, norm = Math.Sqrt(LbfgsDirection.Dot(_gradient, _gradient));
        if (!double.IsFinite(norm))
            throw Diverged("norm of the gradient", norm, epoch);
        if (MaximumGradient() <= _lbfgs.GradientTolerance)
            return new EpochSummary(startLoss, norm, LearningRate: 0, IsLast: true);

        CopyParameters(_start);
        _gradient.CopyTo(_startGradient, 0);
        _memory.Compute(_gradient, _direction);
        var start = new LinePoint(0, _objective, LbfgsDirection.Dot(_direction, _gradient));
        // Without a memory the direction is the bare gradient, whose length says nothing about the step.
        double firstLength = StepCount == 0 ? Math.Min(1, 1 / norm) * _lbfgs.LearningRate : _lbfgs.LearningRate;
        LinePoint end;
        try
        {
            end = new WolfeLineSearch(EvaluateAt, _lbfgs.MaximumLineSearchSteps).Search(start, firstLength);
            // The search may end with a point other than the last one it tried.
            EvaluateAt(end.Length);
        }
        catch (OperationCanceledException)
        {
            BackToStart(start.Value, startLoss);
            throw;
        }
        StepCount++;
        LearningRate = end.Length;
        if (!double.IsFinite(_objective))
            throw Diverged("training loss", _objective, epoch);

        for (int index = 0; index < _start.Length; index++)
        {
            _start[index] = end.Length * _direction[index];
            _startGradient[index] = _gradient[index] - _startGradient[index];
        }
        _memory.Remember(_start, _startGradient);
        return new EpochSummary(startLoss, norm, end.Length, IsLast: end.Length == 0);
    }

    public override void Exchange(StateExchange state)
    {
        base.Exchange(state);
        state.Exchange("having a gradient", ref _isEvaluated);
        state.Exchange("objective", ref _objective);
        state.Exchange("loss", ref _loss);
        state.Exchange("gradient", _gradient.AsSpan());
        _memory.Exchange(state);
    }

    public override void Dispose() => _backpropagation.Dispose();

    private LinePoint EvaluateAt(double length)
    {
        Settings.BeforeStep();
        Span<T> parameters = Network.Parameters.Values;
        for (int index = 0; index < parameters.Length; index++)
            parameters[index] = Tiny.Round<T>(_start[index] + length * _direction[index]);
        Evaluate();
        return new LinePoint(length, _objective, LbfgsDirection.Dot(_direction, _gradient));
    }

    /// <summary>Undoes a search that did not end.</summary>
    private void BackToStart(double objective, double loss)
    {
        Span<T> parameters = Network.Parameters.Values;
        for (int index = 0; index < parameters.Length; index++)
            parameters[index] = T.CreateTruncating(_start[index]);
        _startGradient.CopyTo(_gradient, 0);
        (_objective, _loss) = (objective, loss);
    }

    /// <summary>Loss, objective and gradient at the network's parameters.</summary>
    private void Evaluate()
    {
        _loss = _backpropagation.Compute(Batches.Inputs, Batches.Targets, Batches.ExampleWeights).Loss;
        _objective = _loss;
        ReadOnlySpan<T> gradients = _backpropagation.Gradients;
        for (int index = 0; index < gradients.Length; index++)
            _gradient[index] = double.CreateTruncating(gradients[index]);
        foreach (ParameterTensor tensor in Network.Parameters.Tensors)
        {
            if (!IsPenalized(tensor) || Settings.L2Regularization == 0)
                continue;
            ReadOnlySpan<T> values = Network.Parameters[tensor];
            _objective += Settings.L2Regularization / 2 * Elementwise.SumOfSquares(values);
            for (int index = 0; index < values.Length; index++)
                _gradient[tensor.Offset + index] += Settings.L2Regularization * double.CreateTruncating(values[index]);
        }
    }

    private double MaximumGradient()
    {
        double largest = 0;
        foreach (double value in _gradient)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private void CopyParameters(Span<double> destination)
    {
        ReadOnlySpan<T> parameters = Network.Parameters.Values;
        for (int index = 0; index < parameters.Length; index++)
            destination[index] = double.CreateTruncating(parameters[index]);
    }
}
