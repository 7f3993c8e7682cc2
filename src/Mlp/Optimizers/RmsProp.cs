using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp;

/// <summary>Steps divided by a running root mean square of the gradient.</summary>
/// <remarks>
/// q ← ρq + (1 − ρ)g²; d = g / (√q + ε), or with <see cref="Centered"/> g / (√(q − a²) + ε) where a ← ρa + (1 − ρ)g;
/// b ← momentum·b + d; p ← p − α·b. Sources: Tieleman and Hinton 2012; Graves 2013, section 4.2; in PyTorch's form.
/// </remarks>
public sealed record RmsProp : Optimizer
{
    /// <summary>The step size α, in (0, ∞). Default: 0.01. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public override double LearningRate { get; init; } = 0.01;

    /// <summary>ρ, the memory of the mean square, in [0, 1). Default: 0.99. scikit-learn: none; PyTorch: alpha.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>How much of the last step is kept, in [0, 1). Default: 0. scikit-learn: none; PyTorch: momentum.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether to divide by an estimate of the standard deviation. Default: false. scikit-learn: none; PyTorch:
    /// centered.</summary>
    public bool Centered { get; init; }

    /// <summary>ε, which bounds the step where gradients vanish, in (0, ∞). Default: 1e-8. scikit-learn: none; PyTorch: eps.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RangeCheck.Fraction(Decay);
        RangeCheck.Fraction(Momentum);
        RangeCheck.Positive(Epsilon);
    }

    internal override double StateBytes(int valueBytes, int numberOfEpochs) => (Centered ? 3 : 2) * valueBytes;

    internal override OptimizerState<T> CreateState<T>(int parameterCount) => new State<T>(this, parameterCount);

    private sealed class State<T>(RmsProp settings, int parameterCount) : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly AlignedBuffer<T> _meanSquare = new(parameterCount);
        private readonly AlignedBuffer<T> _mean = new(settings.Centered ? parameterCount : 0);
        private readonly AlignedBuffer<T> _velocity = new(parameterCount);

        private StepRates _rates;

        public override void Begin(StepRates rates, long step) => _rates = rates;

        public override void Update(Span<T> parameters, ReadOnlySpan<T> gradients, int start)
        {
            var loop = new Loop<T>(
                _rates.LearningRate, _rates.Momentum ?? settings.Momentum, settings, parameters, gradients, _meanSquare.Span[start..],
                settings.Centered ? _mean.Span[start..] : [], _velocity.Span[start..]);
            Run(loop, parameters.Length);
        }

        public override void Exchange(StateExchange state)
        {
            state.Exchange("mean squared gradients", _meanSquare.Span);
            state.Exchange("mean gradients", _mean.Span);
            state.Exchange("velocity", _velocity.Span);
        }
    }

    private readonly ref struct Loop<T>(
        double rate, double momentum, RmsProp settings, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> meanSquare, Span<T> mean,
            Span<T> velocity) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _negativeRate = Tiny.Round<T>(-rate);
        private readonly T _momentum = T.CreateTruncating(momentum);
        private readonly T _decay = T.CreateTruncating(settings.Decay);
        private readonly T _newPart = T.CreateTruncating(1 - settings.Decay);
        private readonly T _epsilon = Positive<T>(settings.Epsilon);
        private readonly T _smallest = SmallestGradient<T>(1 - settings.Decay);
        private readonly bool _centered = settings.Centered;
        private readonly ref T _parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly T _gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref T _meanSquare = ref MemoryMarshal.GetReference(meanSquare);
        private readonly ref T _mean = ref MemoryMarshal.GetReference(mean);
        private readonly ref T _velocity = ref MemoryMarshal.GetReference(velocity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes smallest = TLanes.Create(_smallest), g = Tiny.Flush<TLanes, T>(smallest, TLanes.Load(in _gradients, offset));
            TLanes decay = TLanes.Create(_decay), newPart = TLanes.Create(_newPart);
            // Where gradients stay 0, all three states decay.
            TLanes q = Tiny.FlushSquares<TLanes, T>(TLanes.MultiplyAdd(decay, TLanes.Load(in _meanSquare, offset), newPart * (g * g)));
            TLanes.Store(q, ref _meanSquare, offset);
            if (_centered)
            {
                TLanes a = Tiny.Flush<TLanes, T>(smallest, TLanes.MultiplyAdd(decay, TLanes.Load(in _mean, offset), newPart * g));
                TLanes.Store(a, ref _mean, offset);
                // Never below 0 in exact arithmetic; rounding must not make its root NaN.
                q = Tiny.FlushSquares<TLanes, T>(q - a * a);
            }
            TLanes direction = g / (TLanes.Sqrt(q) + TLanes.Create(_epsilon));
            TLanes b = Tiny.Flush<TLanes, T>(TLanes.MultiplyAdd(TLanes.Create(_momentum), TLanes.Load(in _velocity, offset), direction));
            TLanes.Store(b, ref _velocity, offset);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Create(_negativeRate), b, TLanes.Load(in _parameters, offset)), ref _parameters, offset);
        }
    }
}
