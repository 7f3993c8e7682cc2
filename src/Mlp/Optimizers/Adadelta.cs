using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp;

/// <summary>Steps in the unit of the parameters: their own running root mean square over that of the gradients.</summary>
/// <remarks>
/// q ← ρq + (1 − ρ)g²; d = √(a + ε) / √(q + ε) · g; a ← ρa + (1 − ρ)d²; p ← p − α·d.
/// Source: Zeiler 2012, Algorithm 1, in PyTorch's form.
/// </remarks>
public sealed record Adadelta : Optimizer
{
    /// <summary>The step size α, in (0, ∞). Default: 1. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public override double LearningRate { get; init; } = 1;

    /// <summary>ρ, the memory of both means, in [0, 1). Default: 0.9. scikit-learn: none; PyTorch: rho.</summary>
    public double Decay { get; init; } = 0.9;

    /// <summary>ε, which sets the size of the first steps, in (0, ∞). Default: 1e-6. scikit-learn: none; PyTorch: eps.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RangeCheck.Fraction(Decay);
        RangeCheck.Positive(Epsilon);
    }

    internal override double StateBytes(int valueBytes, int numberOfEpochs) => 2 * valueBytes;

    internal override OptimizerState<T> CreateState<T>(int parameterCount) => new State<T>(this, parameterCount);

    private sealed class State<T>(Adadelta settings, int parameterCount) : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly AlignedBuffer<T> _meanSquare = new(parameterCount);
        private readonly AlignedBuffer<T> _meanSquareStep = new(parameterCount);

        private double _rate;

        public override void Begin(StepRates rates, long step) => _rate = rates.LearningRate;

        public override void Update(Span<T> parameters, ReadOnlySpan<T> gradients, int start)
        {
            var loop = new Loop<T>(_rate, settings, parameters, gradients, _meanSquare.Span[start..], _meanSquareStep.Span[start..]);
            Run(loop, parameters.Length);
        }

        public override void Exchange(StateExchange state)
        {
            state.Exchange("mean squared gradients", _meanSquare.Span);
            state.Exchange("mean squared steps", _meanSquareStep.Span);
        }
    }

    private readonly ref struct Loop<T>(
        double rate, Adadelta settings, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> meanSquare, Span<T> meanSquareStep)
            : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _negativeRate = Tiny.Round<T>(-rate);
        private readonly T _decay = T.CreateTruncating(settings.Decay);
        private readonly T _newPart = T.CreateTruncating(1 - settings.Decay);
        private readonly T _epsilon = Positive<T>(settings.Epsilon);
        private readonly T _smallest = SmallestGradient<T>(1 - settings.Decay);
        private readonly ref T _parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly T _gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref T _meanSquare = ref MemoryMarshal.GetReference(meanSquare);
        private readonly ref T _meanSquareStep = ref MemoryMarshal.GetReference(meanSquareStep);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes smallest = TLanes.Create(_smallest), g = Tiny.Flush<TLanes, T>(smallest, TLanes.Load(in _gradients, offset));
            TLanes decay = TLanes.Create(_decay), newPart = TLanes.Create(_newPart), epsilon = TLanes.Create(_epsilon);
            // Where gradients stay 0, both means decay.
            TLanes q = Tiny.FlushSquares<TLanes, T>(TLanes.MultiplyAdd(decay, TLanes.Load(in _meanSquare, offset), newPart * (g * g)));
            TLanes a = TLanes.Load(in _meanSquareStep, offset);
            TLanes direction = Tiny.Flush<TLanes, T>(smallest, TLanes.Sqrt(a + epsilon) / TLanes.Sqrt(q + epsilon) * g);
            TLanes.Store(q, ref _meanSquare, offset);
            a = Tiny.FlushSquares<TLanes, T>(TLanes.MultiplyAdd(decay, a, newPart * (direction * direction)));
            TLanes.Store(a, ref _meanSquareStep, offset);
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Create(_negativeRate), direction, TLanes.Load(in _parameters, offset)), ref _parameters, offset);
        }
    }
}
