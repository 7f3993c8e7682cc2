using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp;

/// <summary>Stochastic gradient descent, with momentum and Nesterov's variant of it.</summary>
/// <remarks>
/// b ← momentum·b + (1 − dampening)·g (b ← g in the first step); p ← p − α·(g + momentum·b) with Nesterov, p ← p − α·b otherwise.
/// Source: Sutskever et al. 2013, in PyTorch's form.
/// </remarks>
public sealed record Sgd : Optimizer
{
    /// <summary>The step size α, in (0, ∞). Default: 0.1. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public override double LearningRate { get; init; } = 0.1;

    /// <summary>How much of the last step is kept, in [0, 1). Default: 0. scikit-learn, PyTorch: momentum.</summary>
    public double Momentum { get; init; }

    /// <summary>The part of the gradient left out of the momentum, in [0, 1]. Default: 0. scikit-learn: none; PyTorch: dampening.</summary>
    public double Dampening { get; init; }

    /// <summary>Whether to look one momentum step ahead. Default: false, and only with a positive <see cref="Momentum"/>.
    /// scikit-learn: nesterovs_momentum; PyTorch: nesterov.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RangeCheck.Fraction(Momentum);
        RangeCheck.Require(Dampening is >= 0 and <= 1, Dampening, "in [0, 1]");
        if (Nesterov && (Momentum == 0 || Dampening != 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Nesterov),
                $"Nesterov is true with Momentum {Momentum} and Dampening {Dampening}; it needs a positive Momentum, for example 0.9, "
                    + "and no Dampening.");
        }
    }

    internal override double StateBytes(int valueBytes, int numberOfEpochs) => valueBytes;

    internal override OptimizerState<T> CreateState<T>(int parameterCount) => new State<T>(this, parameterCount);

    private sealed class State<T>(Sgd settings, int parameterCount) : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Without a momentum of its own, allocated in the first step to which the schedule gives one (OneCycle).
        private AlignedBuffer<T>? _velocity = settings.Momentum == 0 ? null : new AlignedBuffer<T>(parameterCount);

        private StepRates _rates;
        private double _newPart;

        public override void Begin(StepRates rates, long step) =>
            (_rates, _newPart) = (rates, step == 1 ? 1 : 1 - settings.Dampening);

        public override void Update(Span<T> parameters, ReadOnlySpan<T> gradients, int start)
        {
            if (settings.Momentum == 0 && _rates.Momentum is null)
            {
                Elementwise.AddScaled(Tiny.Round<T>(-_rates.LearningRate), gradients, parameters);
                return;
            }
            _velocity ??= new AlignedBuffer<T>(parameterCount);
            var loop = new MomentumLoop<T>(_rates, _newPart, settings, parameters, gradients, _velocity.Span[start..]);
            Run(loop, parameters.Length);
        }

        public override void Exchange(StateExchange state)
        {
            bool hasVelocity = _velocity is not null;
            state.Exchange("presence of a velocity", ref hasVelocity);
            if (!hasVelocity)
                return;
            _velocity ??= new AlignedBuffer<T>(parameterCount);
            state.Exchange("velocity", _velocity.Span);
        }
    }

    private readonly ref struct MomentumLoop<T>(
        StepRates rates, double newPart, Sgd settings, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> velocity) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _negativeRate = Tiny.Round<T>(-rates.LearningRate), _newPart = T.CreateTruncating(newPart);
        private readonly T _momentum = T.CreateTruncating(rates.Momentum ?? settings.Momentum);
        private readonly bool _nesterov = settings.Nesterov;
        private readonly ref T _parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly T _gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref T _velocity = ref MemoryMarshal.GetReference(velocity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes momentum = TLanes.Create(_momentum), gradient = Tiny.Flush<TLanes, T>(TLanes.Load(in _gradients, offset));
            // Where gradients stay 0, it decays.
            TLanes velocity = Tiny.Flush<TLanes, T>(
                TLanes.MultiplyAdd(momentum, TLanes.Load(in _velocity, offset), TLanes.Create(_newPart) * gradient));
            TLanes direction = _nesterov ? TLanes.MultiplyAdd(momentum, velocity, gradient) : velocity;
            TLanes.Store(velocity, ref _velocity, offset);
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Create(_negativeRate), direction, TLanes.Load(in _parameters, offset)), ref _parameters, offset);
        }
    }
}
