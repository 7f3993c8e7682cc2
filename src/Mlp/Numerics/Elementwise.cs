using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mlp.Numerics;

/// <summary>Elementwise arithmetic and sums on flat spans.</summary>
internal static class Elementwise
{
    /// <summary>destination += factor · source, where values of the source below <see cref="Tiny.Factor"/> count as 0.</summary>
    public static void AddScaled<T>(T factor, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(source.Length == destination.Length);
        VectorLoop.Run<T, AddScaledLoop<T>>(new AddScaledLoop<T>(factor, source, destination), source.Length);
    }

    /// <summary>destination += source.</summary>
    public static void Add<T>(ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(source.Length == destination.Length);
        VectorLoop.Run<T, AddLoop<T>>(new AddLoop<T>(source, destination), source.Length);
    }

    /// <summary>destination += source, shared among threads.</summary>
    public static void Add<T>(ReadOnlySpan<T> source, Span<T> destination, ThreadTeam team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(source.Length == destination.Length);
        VectorLoop.Run<T, AddLoop<T>>(new AddLoop<T>(source, destination), source.Length, team);
    }

    /// <summary>destination += factor · sign(source), with sign(0) = 0.</summary>
    public static void AddScaledSign<T>(T factor, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(source.Length == destination.Length);
        VectorLoop.Run<T, AddScaledSignLoop<T>>(new AddScaledSignLoop<T>(factor, source, destination), source.Length);
    }

    /// <summary>values[i] *= factors[i]. Values and results below <see cref="Tiny.Factor"/> become 0.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> factors, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(factors.Length == values.Length);
        VectorLoop.Run<T, MultiplyLoop<T>>(new MultiplyLoop<T>(factors, values), values.Length);
    }

    /// <summary>values *= factor.</summary>
    public static void Scale<T>(T factor, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorLoop.Run<T, ScaleLoop<T>>(new ScaleLoop<T>(factor, values), values.Length);

    /// <summary>values *= factor. Results below <see cref="Tiny.Factor"/> become 0: what shrinks again and again does not become
    /// subnormal.</summary>
    public static void Shrink<T>(T factor, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorLoop.Run<T, ShrinkLoop<T>>(new ShrinkLoop<T>(factor, values), values.Length);

    /// <summary>values ← factor · values + shift.</summary>
    public static void ScaleAndShift<T>(T factor, T shift, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorLoop.Run<T, ScaleAndShiftLoop<T>>(new ScaleAndShiftLoop<T>(factor, shift, values), values.Length);

    /// <summary>Cuts every value to [−limit, limit]; NaN stays.</summary>
    public static void Clamp<T>(T limit, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorLoop.Run<T, ClampLoop<T>>(new ClampLoop<T>(limit, values), values.Length);

    /// <summary>destination ← source, in double; exact.</summary>
    public static void Widen<T>(ReadOnlySpan<T> source, Span<double> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(source.Length == destination.Length);
        VectorLoop.Run<T, WidenLoop<T>>(new WidenLoop<T>(source, destination), source.Length);
    }

    /// <summary>Σ values² in double: sixteen sums of every sixteenth value each, in order, then their sum, then the last values.</summary>
    /// <remarks>Sixteen on every processor, so that only the last additions can differ.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<double> lowerSums = Vector512<double>.Zero, upperSums = Vector512<double>.Zero;
        ref T first = ref MemoryMarshal.GetReference(values);
        int index = 0;
        for (; index <= values.Length - 16; index += 16)
        {
            (Vector512<double> lower, Vector512<double> upper) = typeof(T) == typeof(float)
                ? Vector512.Widen(Vector512.LoadUnsafe(in first, (nuint)index).AsSingle())
                : (Vector512.LoadUnsafe(in first, (nuint)index).AsDouble(), Vector512.LoadUnsafe(in first, (nuint)index + 8).AsDouble());
            lowerSums += lower * lower;
            upperSums += upper * upper;
        }
        double sum = Vector512.Sum(lowerSums + upperSums);
        for (; index < values.Length; index++)
            sum += double.CreateTruncating(values[index]) * double.CreateTruncating(values[index]);
        return sum;
    }

    private readonly ref struct AddLoop<T>(ReadOnlySpan<T> source, Span<T> destination) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref readonly T _source = ref MemoryMarshal.GetReference(source);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(TLanes.Load(in _destination, offset) + TLanes.Load(in _source, offset), ref _destination, offset);
    }

    private readonly ref struct AddScaledLoop<T>(T factor, ReadOnlySpan<T> source, Span<T> destination) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _factor = factor;
        private readonly ref readonly T _source = ref MemoryMarshal.GetReference(source);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes source = Tiny.Flush<TLanes, T>(TLanes.Load(in _source, offset));
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Create(_factor), source, TLanes.Load(in _destination, offset)), ref _destination, offset);
        }
    }

    private readonly ref struct AddScaledSignLoop<T>(T factor, ReadOnlySpan<T> source, Span<T> destination) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _factor = factor;
        private readonly ref readonly T _source = ref MemoryMarshal.GetReference(source);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes x = TLanes.Load(in _source, offset), zero = LaneMath.Constant<TLanes, T>(0), factor = TLanes.Create(_factor);
            TLanes signed = TLanes.SelectGreater(x, zero, factor, TLanes.SelectGreater(zero, x, -factor, zero));
            TLanes.Store(TLanes.Load(in _destination, offset) + signed, ref _destination, offset);
        }
    }

    private readonly ref struct MultiplyLoop<T>(ReadOnlySpan<T> factors, Span<T> values) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref readonly T _factors = ref MemoryMarshal.GetReference(factors);
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes values = Tiny.Flush<TLanes, T>(TLanes.Load(in _values, offset));
            TLanes.Store(Tiny.Flush<TLanes, T>(TLanes.Load(in _factors, offset) * values), ref _values, offset);
        }
    }

    private readonly ref struct ScaleLoop<T>(T factor, Span<T> values) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _factor = factor;
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(TLanes.Create(_factor) * TLanes.Load(in _values, offset), ref _values, offset);
    }

    private readonly ref struct ShrinkLoop<T>(T factor, Span<T> values) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _factor = factor;
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(Tiny.Flush<TLanes, T>(TLanes.Create(_factor) * TLanes.Load(in _values, offset)), ref _values, offset);
    }

    private readonly ref struct ScaleAndShiftLoop<T>(T factor, T shift, Span<T> values) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _factor = factor, _shift = shift;
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Create(_factor), TLanes.Load(in _values, offset), TLanes.Create(_shift)), ref _values, offset);
    }

    private readonly ref struct ClampLoop<T>(T limit, Span<T> values) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _limit = limit;
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes limit = TLanes.Create(_limit);
            TLanes.Store(TLanes.Min(TLanes.Max(TLanes.Load(in _values, offset), -limit), limit), ref _values, offset);
        }
    }

    private readonly ref struct WidenLoop<T>(ReadOnlySpan<T> source, Span<double> destination) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref readonly T _source = ref MemoryMarshal.GetReference(source);
        private readonly ref double _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.StoreDoubles(TLanes.Load(in _source, offset), ref _destination, offset);
    }
}
