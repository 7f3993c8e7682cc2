using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp;

/// <summary><see cref="Adam"/> with Nesterov's look ahead, and a momentum that warms up.</summary>
/// <remarks>
/// μₜ = β₁(1 − ½·0.96^(t·decay)), Πₜ = μ₁⋯μₜ; m and v as Adam;
/// p ← p − α·[(1 − μₜ)/(1 − Πₜ)·g + μₜ₊₁/(1 − Πₜμₜ₊₁)·m] / (√(v/(1 − β₂ᵗ)) + ε). Source: Dozat 2016, in PyTorch's documented form.
/// </remarks>
public sealed record NAdam : Optimizer
{
    /// <summary>The step size α, in (0, ∞). Default: 0.002. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public override double LearningRate { get; init; } = 0.002;

    /// <summary>β₁, the memory of the mean gradient, in [0, 1). Default: 0.9. scikit-learn: none; PyTorch: betas[0].</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, the memory of the mean squared gradient, in [0, 1). Default: 0.999. scikit-learn: none; PyTorch: betas[1].</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, which bounds the step where gradients vanish, in (0, ∞). Default: 1e-8. scikit-learn: none; PyTorch: eps.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How fast the momentum warms up, in (0, ∞). Default: 0.004. scikit-learn: none; PyTorch: momentum_decay.</summary>
    public double MomentumDecay { get; init; } = 0.004;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RangeCheck.Fraction(Beta1);
        RangeCheck.Fraction(Beta2);
        RangeCheck.Positive(Epsilon);
        RangeCheck.Positive(MomentumDecay);
    }

    internal override double StateBytes(int valueBytes, int numberOfEpochs) => 2 * valueBytes;

    internal override OptimizerState<T> CreateState<T>(int parameterCount) => new State<T>(this, parameterCount);

    private sealed class State<T>(NAdam settings, int parameterCount) : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly AlignedBuffer<T> _mean = new(parameterCount);
        private readonly AlignedBuffer<T> _meanSquare = new(parameterCount);
        private double _momentumProduct = 1, _gradientRate, _meanRate, _correction;

        public override void Begin(StepRates rates, long step)
        {
            double momentum = Momentum(step), next = Momentum(step + 1);
            _momentumProduct = Tiny.Round<double>(_momentumProduct * momentum);
            _gradientRate = rates.LearningRate * (1 - momentum) / (1 - _momentumProduct);
            _meanRate = rates.LearningRate * next / (1 - _momentumProduct * next);
            _correction = 1 / Math.Sqrt(1 - Math.Pow(settings.Beta2, step));
        }

        public override void Update(Span<T> parameters, ReadOnlySpan<T> gradients, int start)
        {
            var loop = new Loop<T>(
                _gradientRate, _meanRate, _correction, settings, parameters, gradients, _mean.Span[start..], _meanSquare.Span[start..]);
            Run(loop, parameters.Length);
        }

        public override void Exchange(StateExchange state)
        {
            state.Exchange("mean gradients", _mean.Span);
            state.Exchange("mean squared gradients", _meanSquare.Span);
            state.Exchange("product of momenta", ref _momentumProduct);
        }

        private double Momentum(long step) => settings.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * settings.MomentumDecay));
    }

    private readonly ref struct Loop<T>(
        double gradientRate, double meanRate, double correction, NAdam settings, Span<T> parameters, ReadOnlySpan<T> gradients,
            Span<T> mean, Span<T> meanSquare) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _gradientRate = Tiny.Round<T>(-gradientRate);
        private readonly T _meanRate = Tiny.Round<T>(-meanRate);
        private readonly T _correction = T.CreateTruncating(correction);
        private readonly T _epsilon = Positive<T>(settings.Epsilon);
        private readonly T _smallest = SmallestGradient<T>(1 - settings.Beta2);
        private readonly T _beta1 = T.CreateTruncating(settings.Beta1);
        private readonly T _newPart1 = T.CreateTruncating(1 - settings.Beta1);
        private readonly T _beta2 = T.CreateTruncating(settings.Beta2);
        private readonly T _newPart2 = T.CreateTruncating(1 - settings.Beta2);
        private readonly ref T _parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly T _gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref T _mean = ref MemoryMarshal.GetReference(mean);
        private readonly ref T _meanSquare = ref MemoryMarshal.GetReference(meanSquare);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes smallest = TLanes.Create(_smallest), g = Tiny.Flush<TLanes, T>(smallest, TLanes.Load(in _gradients, offset));
            TLanes m = TLanes.MultiplyAdd(TLanes.Create(_beta1), TLanes.Load(in _mean, offset), TLanes.Create(_newPart1) * g);
            TLanes v = TLanes.MultiplyAdd(TLanes.Create(_beta2), TLanes.Load(in _meanSquare, offset), TLanes.Create(_newPart2) * (g * g));
            // Where gradients stay 0, both decay.
            m = Tiny.Flush<TLanes, T>(smallest, m);
            v = Tiny.FlushSquares<TLanes, T>(v);
            TLanes.Store(m, ref _mean, offset);
            TLanes.Store(v, ref _meanSquare, offset);
            TLanes divisor = TLanes.MultiplyAdd(TLanes.Sqrt(v), TLanes.Create(_correction), TLanes.Create(_epsilon));
            TLanes direction = TLanes.MultiplyAdd(TLanes.Create(_gradientRate), g, TLanes.Create(_meanRate) * m);
            TLanes.Store(TLanes.Load(in _parameters, offset) + direction / divisor, ref _parameters, offset);
        }
    }
}
