using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Kernels;
using Mlp.Optimizers;

namespace Mlp;

/// <summary>Stochastic gradient descent, with momentum and Nesterov's variant of it.</summary>
/// <remarks>
/// b ← momentum·b + g (b ← g in the first step); p ← p − α·(g + momentum·b) with Nesterov, p ← p − α·b otherwise.
/// Source: Sutskever et al. 2013, in PyTorch's form.
/// </remarks>
public sealed record Sgd : Optimizer
{
    /// <summary>The step size α, in (0, ∞); 0.1 unless set. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public override double LearningRate { get; init; } = 0.1;

    /// <summary>How much of the last step is kept, in [0, 1); 0 unless set. scikit-learn, PyTorch: momentum.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether to look one momentum step ahead; false unless set, and only with a positive <see cref="Momentum"/>.
    /// scikit-learn: nesterovs_momentum; PyTorch: nesterov.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckLearningRate();
        CheckRange(Momentum is >= 0 and < 1, Momentum, "in [0, 1)", nameof(Momentum));
        if (Nesterov && Momentum == 0)
            throw new ArgumentOutOfRangeException(nameof(Nesterov), true, "Nesterov is true and Momentum is 0; it needs a positive Momentum, for example 0.9.");
    }

    internal override OptimizerState<T> CreateState<T>(int parameterCount) =>
        Momentum == 0 ? new PlainState<T>() : new MomentumState<T>(this, parameterCount);

    private sealed class PlainState<T> : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Step(Span<T> parameters, ReadOnlySpan<T> gradients, double learningRate, long step) =>
            Elementwise.AddScaled(T.CreateTruncating(-learningRate), gradients, parameters);
    }

    private sealed class MomentumState<T>(Sgd settings, int parameterCount) : OptimizerState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly AlignedBuffer<T> _velocity = new(parameterCount);

        public override void Step(Span<T> parameters, ReadOnlySpan<T> gradients, double learningRate, long step)
        {
            // The velocity starts at 0, so the first step's b = momentum·0 + g is the b = g that the rule asks for.
            var loop = new MomentumLoop<T>(
                T.CreateTruncating(-learningRate), T.CreateTruncating(settings.Momentum), settings.Nesterov, parameters, gradients, _velocity.Span);
            VectorLoop.Run<T, MomentumLoop<T>>(loop, parameters.Length);
        }
    }

    private readonly ref struct MomentumLoop<T>(
        T negativeRate, T momentum, bool nesterov, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> velocity) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _negativeRate = negativeRate, _momentum = momentum;
        private readonly bool _nesterov = nesterov;
        private readonly ref T _parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly T _gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref T _velocity = ref MemoryMarshal.GetReference(velocity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes momentum = TLanes.Create(_momentum), gradient = TLanes.Load(in _gradients, offset);
            TLanes velocity = TLanes.MultiplyAdd(momentum, TLanes.Load(in _velocity, offset), gradient);
            TLanes direction = _nesterov ? TLanes.MultiplyAdd(momentum, velocity, gradient) : velocity;
            TLanes.Store(velocity, ref _velocity, offset);
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Create(_negativeRate), direction, TLanes.Load(in _parameters, offset)), ref _parameters, offset);
        }
    }
}
