using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>A loss on batches: the loss of each row and its derivative by the outputs.</summary>
internal abstract class LossKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>rowLosses[i] = lossᵢ and delta[i, k] = ∂lossᵢ / ∂outputs[i, k], without example weights.</summary>
    /// <param name="outputs">Row-major, rowCount x outputCount, as are targets and delta.</param>
    /// <param name="targets">What the outputs are compared with.</param>
    /// <param name="rowLosses">One value per row; its length is the row count.</param>
    /// <param name="delta">Overwritten.</param>
    public abstract void Evaluate(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> rowLosses, Span<T> delta);
}

/// <summary>One summand of a loss that is a sum or a mean over the outputs, on lanes.</summary>
internal interface IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>;

    TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>;
}

/// <summary>A loss that adds up or averages <typeparamref name="TLoss"/> over the outputs.</summary>
internal sealed class ElementwiseLossKernel<T, TLoss>(TLoss loss, OutputReduction reduction) : LossKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLoss : struct, IElementLoss<T>
{
    public override void Evaluate(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> rowLosses, Span<T> delta)
    {
        Debug.Assert(outputs.Length == targets.Length && outputs.Length == delta.Length);
        int outputCount = rowLosses.Length == 0 ? 0 : outputs.Length / rowLosses.Length;
        T factor = reduction == OutputReduction.Mean ? T.One / T.CreateChecked(Math.Max(outputCount, 1)) : T.One;

        VectorLoop.Run<T, ValueLoop>(new ValueLoop(loss, outputs, targets, delta), delta.Length);
        for (int row = 0; row < rowLosses.Length; row++)
        {
            T sum = T.Zero;
            foreach (T value in delta.Slice(row * outputCount, outputCount))
                sum += value;
            rowLosses[row] = sum * factor;
        }
        VectorLoop.Run<T, DerivativeLoop>(new DerivativeLoop(loss, factor, outputs, targets, delta), delta.Length);
    }

    private readonly ref struct ValueLoop(TLoss loss, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> destination)
        : IVectorLoop<T>
    {
        private readonly TLoss _loss = loss;
        private readonly ref readonly T _outputs = ref MemoryMarshal.GetReference(outputs);
        private readonly ref readonly T _targets = ref MemoryMarshal.GetReference(targets);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(_loss.Value(TLanes.Load(in _outputs, offset), TLanes.Load(in _targets, offset)), ref _destination, offset);
    }

    private readonly ref struct DerivativeLoop(
        TLoss loss, T factor, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> destination) : IVectorLoop<T>
    {
        private readonly TLoss _loss = loss;
        private readonly T _factor = factor;
        private readonly ref readonly T _outputs = ref MemoryMarshal.GetReference(outputs);
        private readonly ref readonly T _targets = ref MemoryMarshal.GetReference(targets);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes slope = _loss.Derivative(TLanes.Load(in _outputs, offset), TLanes.Load(in _targets, offset));
            TLanes.Store(Tiny.Flush<TLanes, T>(slope * TLanes.Create(_factor)), ref _destination, offset);
        }
    }
}
