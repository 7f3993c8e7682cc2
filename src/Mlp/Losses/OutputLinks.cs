using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>Applies links.</summary>
internal static class OutputLinks
{
    /// <summary>Turns outputs into what they stand for, in place.</summary>
    /// <param name="link">Which function.</param>
    /// <param name="outputs">Row-major, rowCount x <paramref name="outputCount"/>.</param>
    /// <param name="outputCount">Outputs of a row, at least 1.</param>
    /// <remarks>NaN stays NaN; infinite logits give the limits. The bits of a row do not depend on the other rows.</remarks>
    public static void Apply<T>(this OutputLink link, Span<T> outputs, int outputCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RangeCheck.AtLeast(1, outputCount);
        switch (link)
        {
            case OutputLink.Identity:
                break;
            case OutputLink.Sigmoid:
                VectorLoop.Run<T, SigmoidLoop<T>>(new SigmoidLoop<T>(outputs), outputs.Length);
                break;
            case OutputLink.Exponential:
                VectorLoop.Run<T, ExpLoop<T>>(new ExpLoop<T>(outputs), outputs.Length);
                break;
            case OutputLink.Softmax:
                for (int start = 0; start < outputs.Length; start += outputCount)
                {
                    Span<T> row = outputs.Slice(start, outputCount);
                    T sum = Softmax.Exponentials(row, Softmax.Max<T>(row), row);
                    Elementwise.Scale(T.One / sum, row);
                }
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(link), $"OutputLink {(int)link} is not one of the enumeration.");
        }
    }

    private readonly ref struct SigmoidLoop<T>(Span<T> values) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(LaneMath.Sigmoid<TLanes, T>(TLanes.Load(in _values, offset)), ref _values, offset);
    }

    private readonly ref struct ExpLoop<T>(Span<T> values) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(LaneMath.Exp<TLanes, T>(TLanes.Load(in _values, offset)), ref _values, offset);
    }
}
