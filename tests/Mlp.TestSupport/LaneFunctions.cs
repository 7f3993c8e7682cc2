using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Kernels;

namespace Mlp.TestSupport;

/// <summary>The functions of LaneMath on spans, through the engine's own traversal.</summary>
public static class LaneFunctions
{
    private interface IFunction
    {
        static abstract TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;
    }

    /// <summary>The names that <see cref="Apply{T}"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Exp", "ExpMinusOne", "LogOnePlus", "Sigmoid", "Softplus", "Tanh", "Erf", "CosineOfTurns", "SineOfTurns"];

    /// <summary>destination[i] = the function of source[i].</summary>
    public static void Apply<T>(string name, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (name)
        {
            case "Exp": Apply<T, Exp>(source, destination); break;
            case "ExpMinusOne": Apply<T, ExpMinusOne>(source, destination); break;
            case "LogOnePlus": Apply<T, LogOnePlus>(source, destination); break;
            case "Sigmoid": Apply<T, Sigmoid>(source, destination); break;
            case "Softplus": Apply<T, Softplus>(source, destination); break;
            case "Tanh": Apply<T, Tanh>(source, destination); break;
            case "Erf": Apply<T, Erf>(source, destination); break;
            case "CosineOfTurns": Apply<T, CosineOfTurns>(source, destination); break;
            case "SineOfTurns": Apply<T, SineOfTurns>(source, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such function.");
        }
    }

    /// <summary>The function of one value.</summary>
    public static T Apply<T>(string name, T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> result = stackalloc T[1];
        Apply(name, [x], result);
        return result[0];
    }

    private static void Apply<T, TFunction>(ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IFunction =>
        VectorLoop.Run<T, Loop<T, TFunction>>(new Loop<T, TFunction>(source, destination), source.Length);

    private readonly ref struct Loop<T, TFunction>(ReadOnlySpan<T> source, Span<T> destination) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IFunction
    {
        private readonly ref readonly T _source = ref MemoryMarshal.GetReference(source);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(TFunction.Value<TLanes, T>(TLanes.Load(in _source, offset)), ref _destination, offset);
    }

    private readonly struct Exp : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.Exp<TLanes, T>(x);
    }

    private readonly struct ExpMinusOne : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.ExpMinusOne<TLanes, T>(x);
    }

    private readonly struct LogOnePlus : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.LogOnePlus<TLanes, T>(x);
    }

    private readonly struct Sigmoid : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.Sigmoid<TLanes, T>(x);
    }

    private readonly struct Softplus : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.Softplus<TLanes, T>(x);
    }

    private readonly struct Tanh : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.Tanh<TLanes, T>(x);
    }

    private readonly struct Erf : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.Erf<TLanes, T>(x);
    }

    private readonly struct CosineOfTurns : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.CosineOfTurns<TLanes, T>(x, out _);
    }

    private readonly struct SineOfTurns : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value<TLanes, T>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> 
        {
            LaneMath.CosineOfTurns<TLanes, T>(x, out TLanes sine);
            return sine;
        }
    }
}
