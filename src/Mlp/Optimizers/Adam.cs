using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp;

/// <summary>Steps scaled by running means of the gradient and of its square.</summary>
/// <remarks>
/// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − α / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
/// With <see cref="AmsGrad"/> the largest v so far stands for v. Sources: Kingma and Ba 2015, Algorithm 1; Reddi et al. 2018,
/// Algorithm 2; both in PyTorch's form.
/// </remarks>
public record Adam : Optimizer
{
    /// <summary>The step size α, in (0, ∞). Default: 0.001. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public override double LearningRate { get; init; } = 0.001;

    /// <summary>β₁, the memory of the mean gradient, in [0, 1). Default: 0.9. scikit-learn: beta_1; PyTorch: betas[0].</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, the memory of the mean squared gradient, in [0, 1). Default: 0.999. scikit-learn: beta_2; PyTorch: betas[1].</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, which bounds the step where gradients vanish, in (0, ∞). Default: 1e-8. scikit-learn: epsilon; PyTorch: eps.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Whether a parameter's step may never grow again after a large gradient. Default: false. scikit-learn: none; PyTorch:
    /// amsgrad.</summary>
    public bool AmsGrad { get; init; }

    /// <summary>
    /// Whether ε is added to √v before its bias correction, as in the paper's shorter form: p ← p − α·√(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v +
    /// ε). Default: false. scikit-learn: true; PyTorch: false.
    /// </summary>
    public bool UncorrectedEpsilon { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RangeCheck.Fraction(Beta1);
        RangeCheck.Fraction(Beta2);
        RangeCheck.Positive(Epsilon);
    }

    internal override double StateBytes(int valueBytes, int numberOfEpochs) => (AmsGrad ? 3 : 2) * valueBytes;

    internal override OptimizerState<T> CreateState<T>(int parameterCount) => new State<T>(this, parameterCount);

    private sealed class State<T>(Adam settings, int parameterCount) : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly AlignedBuffer<T> _mean = new(parameterCount);
        private readonly AlignedBuffer<T> _meanSquare = new(parameterCount);
        private readonly AlignedBuffer<T> _largestMeanSquare = new(settings.AmsGrad ? parameterCount : 0);

        private double _rate, _correction, _beta1;

        public override void Begin(StepRates rates, long step)
        {
            _beta1 = rates.Momentum ?? settings.Beta1;
            _rate = rates.LearningRate / (1 - Math.Pow(_beta1, step));
            _correction = 1 / Math.Sqrt(1 - Math.Pow(settings.Beta2, step));
            if (settings.UncorrectedEpsilon)
                (_rate, _correction) = (_rate / _correction, 1);
        }

        public override void Update(Span<T> parameters, ReadOnlySpan<T> gradients, int start)
        {
            var loop = new AdamLoop<T>(
                -_rate, _correction, _beta1, settings, parameters, gradients, _mean.Span[start..], _meanSquare.Span[start..],
                settings.AmsGrad ? _largestMeanSquare.Span[start..] : []);
            Run(loop, parameters.Length);
        }

        public override void Exchange(StateExchange state)
        {
            state.Exchange("mean gradients", _mean.Span);
            state.Exchange("mean squared gradients", _meanSquare.Span);
            state.Exchange("largest mean squared gradients", _largestMeanSquare.Span);
        }
    }

    private readonly ref struct AdamLoop<T>(
        double negativeRate, double correction, double beta1, Adam settings,
        Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> mean, Span<T> meanSquare, Span<T> largestMeanSquare) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _negativeRate = Tiny.Round<T>(negativeRate), _correction = T.CreateTruncating(correction);
        private readonly T _epsilon = Positive<T>(settings.Epsilon), _smallest = SmallestGradient<T>(1 - settings.Beta2);
        private readonly bool _amsGrad = settings.AmsGrad;
        private readonly T _beta1 = T.CreateTruncating(beta1), _newPart1 = T.CreateTruncating(1 - beta1);
        private readonly T _beta2 = T.CreateTruncating(settings.Beta2), _newPart2 = T.CreateTruncating(1 - settings.Beta2);
        private readonly ref T _parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly T _gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref T _mean = ref MemoryMarshal.GetReference(mean);
        private readonly ref T _meanSquare = ref MemoryMarshal.GetReference(meanSquare);
        private readonly ref T _largestMeanSquare = ref MemoryMarshal.GetReference(largestMeanSquare);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes g = TLanes.Load(in _gradients, offset), smallest = TLanes.Create(_smallest);
            TLanes m = TLanes.MultiplyAdd(TLanes.Create(_beta1), TLanes.Load(in _mean, offset), TLanes.Create(_newPart1) * g);
            // Where gradients stay 0, m decays to 0 and v to the square of the smallest gradient: a lower bound costs less than to make
            // both g and v 0, and √v is then far below ε.
            m = Tiny.Flush<TLanes, T>(smallest, m);
            TLanes size = TLanes.AtLeast(smallest, TLanes.Abs(g));
            TLanes v = TLanes.MultiplyAdd(
                TLanes.Create(_beta2), TLanes.Load(in _meanSquare, offset), TLanes.Create(_newPart2) * (size * size));
            TLanes.Store(m, ref _mean, offset);
            TLanes.Store(v, ref _meanSquare, offset);
            if (_amsGrad)
            {
                v = TLanes.Max(v, TLanes.Load(in _largestMeanSquare, offset));
                TLanes.Store(v, ref _largestMeanSquare, offset);
            }
            TLanes divisor = TLanes.MultiplyAdd(TLanes.Sqrt(v), TLanes.Create(_correction), TLanes.Create(_epsilon));
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Create(_negativeRate), m / divisor, TLanes.Load(in _parameters, offset)), ref _parameters,
                offset);
        }
    }
}
