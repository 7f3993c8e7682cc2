using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>An activation applied to whole batches.</summary>
internal static class ActivationKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>f and f′ of an activation: a = f(z), and what ∂loss/∂a becomes ∂loss/∂z by.</summary>
    public static ElementwiseFunction<T> Of(Activation activation) => activation switch
    {
        Activation.Identity => new Elementwise<Identity<T>>(),
        Activation.Sigmoid => new Elementwise<Sigmoid<T>>(),
        Activation.Tanh => new Elementwise<Tanh<T>>(),
        Activation.Relu => new Elementwise<Relu<T>>(),
        Activation.LeakyRelu => new Elementwise<LeakyRelu<T>>(),
        Activation.Elu => new Elementwise<Elu<T>>(),
        Activation.Selu => new Elementwise<Selu<T>>(),
        Activation.Gelu => new Elementwise<Gelu<T>>(),
        Activation.Silu => new Elementwise<Silu<T>>(),
        Activation.Mish => new Elementwise<Mish<T>>(),
        Activation.Softplus => new Elementwise<Softplus<T>>(),
        _ => throw new ArgumentOutOfRangeException(
            nameof(activation),
            $"Activation {(int)activation} is not one of the {Enum.GetValues<Activation>().Length} of the Activation enumeration."),
    };

    private sealed class Elementwise<TFunction> : ElementwiseFunction<T>
        where TFunction : struct, IActivationFunction<T>
    {
        public override bool IsIdentity => typeof(TFunction) == typeof(Identity<T>);

        // The maximum of −0 and 0 is 0.
        public override bool TreatsZerosAlike => typeof(TFunction) == typeof(Relu<T>);

        public override void Apply(ReadOnlySpan<T> values, Span<T> results)
        {
            Debug.Assert(values.Length == results.Length);
            VectorLoop.Run<T, ForwardLoop<TFunction>>(new ForwardLoop<TFunction>(values, results), results.Length);
        }

        public override void ApplyWithSlopes(Span<T> values, Span<T> results)
        {
            Debug.Assert(values.Length == results.Length);
            VectorLoop.Run<T, SlopeLoop<TFunction>>(new SlopeLoop<TFunction>(values, results), results.Length);
        }
    }

    private readonly ref struct ForwardLoop<TFunction>(ReadOnlySpan<T> preActivations, Span<T> activations) : IVectorLoop<T>
        where TFunction : struct, IActivationFunction<T>
    {
        private readonly ref readonly T _preActivations = ref MemoryMarshal.GetReference(preActivations);
        private readonly ref T _activations = ref MemoryMarshal.GetReference(activations);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(TFunction.Value(TLanes.Load(in _preActivations, offset)), ref _activations, offset);
    }

    private readonly ref struct SlopeLoop<TFunction>(Span<T> preActivations, Span<T> activations) : IVectorLoop<T>
        where TFunction : struct, IActivationFunction<T>
    {
        private readonly ref T _preActivations = ref MemoryMarshal.GetReference(preActivations);
        private readonly ref T _activations = ref MemoryMarshal.GetReference(activations);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes z = TLanes.Load(in _preActivations, offset), a = TFunction.Value(z);
            TLanes.Store(a, ref _activations, offset);
            TLanes.Store(TFunction.Derivative(z, a), ref _preActivations, offset);
        }
    }
}
