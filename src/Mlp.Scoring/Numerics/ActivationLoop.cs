using System.Runtime.CompilerServices;
using Mlp.Activations;

namespace Mlp.Scoring.Numerics;

/// <summary>An activation, applied in place to whole vectors.</summary>
internal static class ActivationLoop
{
    /// <param name="activation">The function f.</param>
    /// <param name="values">The first of them.</param>
    /// <param name="count">Whole vectors of <typeparamref name="TLanes"/>.</param>
    public static void Apply<TLanes>(ActivationKind activation, ref float values, int count)
        where TLanes : struct, ILanes<TLanes, float>
    {
        switch (activation)
        {
            case ActivationKind.Identity: break;
            case ActivationKind.Sigmoid: Run<TLanes, Sigmoid<float>>(ref values, count); break;
            case ActivationKind.Tanh: Run<TLanes, Tanh<float>>(ref values, count); break;
            case ActivationKind.Relu: Run<TLanes, Relu<float>>(ref values, count); break;
            case ActivationKind.LeakyRelu: Run<TLanes, LeakyRelu<float>>(ref values, count); break;
            case ActivationKind.Elu: Run<TLanes, Elu<float>>(ref values, count); break;
            case ActivationKind.Selu: Run<TLanes, Selu<float>>(ref values, count); break;
            case ActivationKind.Gelu: Run<TLanes, Gelu<float>>(ref values, count); break;
            case ActivationKind.Silu: Run<TLanes, Silu<float>>(ref values, count); break;
            case ActivationKind.Mish: Run<TLanes, Mish<float>>(ref values, count); break;
            case ActivationKind.Softplus: Run<TLanes, Softplus<float>>(ref values, count); break;
            default: throw new ArgumentOutOfRangeException(nameof(activation), $"Activation {activation} has no function.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TFunction>(ref float values, int count)
        where TLanes : struct, ILanes<TLanes, float>
        where TFunction : struct, IActivationFunction<float>
    {
        for (nuint offset = 0; offset < (nuint)count; offset += (nuint)TLanes.Count)
            TLanes.Store(TFunction.Value(TLanes.Load(ref values, offset)), ref values, offset);
    }
}
