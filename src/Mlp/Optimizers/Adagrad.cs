using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp;

/// <summary>Steps divided by the root of the sum of all squared gradients so far.</summary>
/// <remarks>
/// q ← q + g²; p ← p − α / (1 + (t − 1)·decay) · g / (√q + ε). Source: Duchi, Hazan and Singer 2011, in PyTorch's form.
/// </remarks>
public sealed record Adagrad : Optimizer
{
    /// <summary>The step size α, in (0, ∞). Default: 0.01. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public override double LearningRate { get; init; } = 0.01;

    /// <summary>How fast the rate itself falls, in [0, ∞). Default: 0. scikit-learn: none; PyTorch: lr_decay.</summary>
    public double LearningRateDecay { get; init; }

    /// <summary>q before the first step, in [0, ∞). Default: 0. scikit-learn: none; PyTorch: initial_accumulator_value.</summary>
    public double InitialAccumulator { get; init; }

    /// <summary>ε, which bounds the first steps, in (0, ∞). Default: 1e-10. scikit-learn: none; PyTorch: eps.</summary>
    public double Epsilon { get; init; } = 1e-10;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RangeCheck.NotNegative(LearningRateDecay);
        RangeCheck.NotNegative(InitialAccumulator);
        RangeCheck.Positive(Epsilon);
    }

    internal override double StateBytes(int valueBytes, int numberOfEpochs) => valueBytes;

    internal override OptimizerState<T> CreateState<T>(int parameterCount) => new State<T>(this, parameterCount);

    private sealed class State<T>(Adagrad settings, int parameterCount) : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly AlignedBuffer<T> _sum = new(parameterCount);

        private double _rate;

        public override void Begin(StepRates rates, long step)
        {
            if (step == 1)
                _sum.Span.Fill(Tiny.Round<T>(settings.InitialAccumulator));
            _rate = rates.LearningRate / (1 + (step - 1) * settings.LearningRateDecay);
        }

        public override void Update(Span<T> parameters, ReadOnlySpan<T> gradients, int start) =>
            Run(new Loop<T>(_rate, settings, parameters, gradients, _sum.Span[start..]), parameters.Length);

        public override void Exchange(StateExchange state) => state.Exchange("sums of squared gradients", _sum.Span);
    }

    private readonly ref struct Loop<T>(
        double rate, Adagrad settings, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> sum) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _negativeRate = Tiny.Round<T>(-rate);
        private readonly T _epsilon = Positive<T>(settings.Epsilon);
        private readonly ref T _parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly T _gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref T _sum = ref MemoryMarshal.GetReference(sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            // A smaller gradient's square would be no normal number.
            TLanes g = Tiny.Flush<TLanes, T>(TLanes.Load(in _gradients, offset));
            TLanes q = TLanes.MultiplyAdd(g, g, TLanes.Load(in _sum, offset));
            TLanes.Store(q, ref _sum, offset);
            TLanes direction = g / (TLanes.Sqrt(q) + TLanes.Create(_epsilon));
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Create(_negativeRate), direction, TLanes.Load(in _parameters, offset)), ref _parameters, offset);
        }
    }
}
