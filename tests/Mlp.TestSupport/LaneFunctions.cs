using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.TestSupport;

/// <summary>The functions of LaneMath on spans, through the engine's own traversal.</summary>
public static class LaneFunctions
{
    private enum Function
    {
        Exp,
        ExpMinusOne,
        LogOnePlus,
        Sigmoid,
        Softplus,
        Tanh,
        Erf,
        CosineOfTurns,
        SineOfTurns,
    }

    /// <summary>The names that <see cref="Apply{T}(string, ReadOnlySpan{T}, Span{T})"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = Enum.GetNames<Function>();

    /// <summary>destination[i] = the function of source[i].</summary>
    public static void Apply<T>(string name, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorLoop.Run<T, Loop<T>>(new Loop<T>(Enum.Parse<Function>(name), source, destination), source.Length);

    /// <summary>The function of one value.</summary>
    public static T Apply<T>(string name, T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> result = stackalloc T[1];
        Apply(name, [x], result);
        return result[0];
    }

    private readonly ref struct Loop<T>(Function function, ReadOnlySpan<T> source, Span<T> destination) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref readonly T _source = ref MemoryMarshal.GetReference(source);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset)
            where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes x = TLanes.Load(in _source, offset);
            TLanes.Store(
                function switch
                {
                    Function.Exp => LaneMath.Exp<TLanes, T>(x),
                    Function.ExpMinusOne => LaneMath.ExpMinusOne<TLanes, T>(x),
                    Function.LogOnePlus => LaneMath.LogOnePlus<TLanes, T>(x),
                    Function.Sigmoid => LaneMath.Sigmoid<TLanes, T>(x),
                    Function.Softplus => LaneMath.Softplus<TLanes, T>(x),
                    Function.Tanh => LaneMath.Tanh<TLanes, T>(x),
                    Function.Erf => LaneMath.Erf<TLanes, T>(x),
                    Function.CosineOfTurns => LaneMath.CosineOfTurns<TLanes, T>(x, out _),
                    _ => SineOfTurns(x),
                },
                ref _destination, offset);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes SineOfTurns<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes, T>
        {
            LaneMath.CosineOfTurns<TLanes, T>(x, out TLanes sine);
            return sine;
        }
    }
}
