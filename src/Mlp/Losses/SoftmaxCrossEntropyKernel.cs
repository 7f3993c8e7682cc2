using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>ln Σₖ e^oₖ − Σₖ tₖ oₖ on logits o and class probabilities t. Every exponential is of oₖ − max o, so none overflows.</summary>
internal sealed class SoftmaxCrossEntropyKernel<T> : LossKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> rowLosses, Span<T> delta)
    {
        int outputCount = rowLosses.Length == 0 ? 0 : outputs.Length / rowLosses.Length;
        for (int row = 0; row < rowLosses.Length; row++)
        {
            ReadOnlySpan<T> logits = outputs.Slice(row * outputCount, outputCount);
            ReadOnlySpan<T> target = targets.Slice(row * outputCount, outputCount);
            T max = Softmax.Max(logits), dot = T.Zero, targetSum = T.Zero;
            for (int k = 0; k < outputCount; k++)
            {
                dot += target[k] * (logits[k] - max);
                targetSum += target[k];
            }
            T sum = Softmax.Exponentials(logits, max, delta.Slice(row * outputCount, outputCount));
            rowLosses[row] = T.Log(sum) - dot + (T.One - targetSum) * max;
            VectorLoop.Run<T, DeltaLoop>(new DeltaLoop(T.One / sum, target, delta.Slice(row * outputCount, outputCount)), outputCount);
        }
    }

    /// <summary>From exponentials to ∂loss/∂o = probabilities − targets.</summary>
    private readonly ref struct DeltaLoop(T factor, ReadOnlySpan<T> targets, Span<T> delta) : IVectorLoop<T>
    {
        private readonly T _factor = factor;
        private readonly ref readonly T _targets = ref MemoryMarshal.GetReference(targets);
        private readonly ref T _delta = ref MemoryMarshal.GetReference(delta);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes probabilities = Tiny.Flush<TLanes, T>(TLanes.Load(in _delta, offset)) * TLanes.Create(_factor);
            TLanes.Store(probabilities - TLanes.Load(in _targets, offset), ref _delta, offset);
        }
    }
}
