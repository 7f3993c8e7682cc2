using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Numerics;

/// <summary>The lanes of a Vector256.</summary>
internal readonly struct Lanes256<T> : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<T> vector) => _vector = vector;

    internal Vector256<T> Vector => _vector;

    public static int Count => Vector256<T>.Count;

    public static int TileRows => Avx512F.VL.IsSupported ? 12 : 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Create(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, ref T destination, nuint offset) => value._vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadUInt16(ref readonly ushort source, nuint offset)
    {
        if (typeof(T) == typeof(double))
            return new(
                Vector256.Create(Lanes128<T>.LoadUInt16(in source, offset).Vector, Lanes128<T>.LoadUInt16(in source, offset + 2).Vector));
        Vector256<ushort> integers = Vector128.LoadUnsafe(in source, offset).ToVector256Unsafe();
        return new(Vector256.ConvertToSingle(Vector256.WidenLower(integers).AsInt32()).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes256<T> LoadFirst(ref readonly T source, nuint offset, int count)
    {
        ref T first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        if (!Avx.IsSupported)
        {
            Span<T> lanes = stackalloc T[Vector256<T>.Count];
            lanes.Clear();
            MemoryMarshal.CreateSpan(ref first, count).CopyTo(lanes);
            return new(Vector256.Create<T>(lanes));
        }
        // A lane that the mask leaves out cannot fault.
        return typeof(T) == typeof(float)
            ? new(Avx.MaskLoad((float*)Unsafe.AsPointer(ref first), FirstSingles(count)).As<float, T>())
            : new(Avx.MaskLoad((double*)Unsafe.AsPointer(ref first), FirstDoubles(count)).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreFirst(Lanes256<T> value, ref T destination, nuint offset, int count)
    {
        ref T first = ref Unsafe.Add(ref destination, offset);
        if (!Avx.IsSupported)
        {
            Span<T> lanes = stackalloc T[Vector256<T>.Count];
            value._vector.CopyTo(lanes);
            lanes[..count].CopyTo(MemoryMarshal.CreateSpan(ref first, count));
        }
        else if (typeof(T) == typeof(float))
        {
            Avx.MaskStore((float*)Unsafe.AsPointer(ref first), FirstSingles(count), value._vector.AsSingle());
        }
        else
        {
            Avx.MaskStore((double*)Unsafe.AsPointer(ref first), FirstDoubles(count), value._vector.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FirstSingles(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FirstDoubles(int count) =>
        Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._vector + right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left._vector - right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._vector * right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left._vector / right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> value) => new(-value._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> left, Lanes256<T> right, Lanes256<T> addend) => typeof(T) == typeof(float)
        ? new(Vector256.MultiplyAddEstimate(left._vector.AsSingle(), right._vector.AsSingle(), addend._vector.AsSingle()).As<float, T>())
        : new(Vector256.MultiplyAddEstimate(left._vector.AsDouble(), right._vector.AsDouble(), addend._vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> value) => new(Vector256.Abs(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> value) => new(Vector256.Sqrt(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> left, Lanes256<T> right) => new(Vector256.Max(left._vector, right._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> left, Lanes256<T> right) => new(Vector256.Min(left._vector, right._vector));

    // The second operand comes back when one of them is NaN, or both orders give NaN, depending on the processor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AtLeast(Lanes256<T> limit, Lanes256<T> value) => new(Vector256.MaxNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AtMost(Lanes256<T> limit, Lanes256<T> value) => new(Vector256.MinNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> value) => typeof(T) == typeof(float)
        ? new(Vector256.Round(value._vector.AsSingle()).As<float, T>())
        : new(Vector256.Round(value._vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SelectGreater(Lanes256<T> left, Lanes256<T> right, Lanes256<T> whenTrue, Lanes256<T> whenFalse) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left._vector, right._vector), whenTrue._vector, whenFalse._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> CopySign(Lanes256<T> magnitude, Lanes256<T> sign) =>
        new(Vector256.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> PowerOfTwo(Lanes256<T> exponent) => typeof(T) == typeof(float)
        ? new(Vector256.ShiftLeft(Vector256.ConvertToInt32Native(exponent._vector.AsSingle()) + Vector256.Create(127), 23).As<int, T>())
        : new(Vector256.ShiftLeft(Vector256.ConvertToInt64Native(exponent._vector.AsDouble()) + Vector256.Create(1023L), 52).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Exponent(Lanes256<T> value) => typeof(T) == typeof(float)
        ? new(Vector256.ConvertToSingle(Vector256.ShiftRightLogical(value._vector.AsInt32(), 23) - Vector256.Create(127)).As<float, T>())
        : new(Vector256.ConvertToDouble(Vector256.ShiftRightLogical(value._vector.AsInt64(), 52) - Vector256.Create(1023L))
            .As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> value) => Sum(value._vector);

    /// <summary>The sum of a vector's lanes. Vector256.Sum would add up each half by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Sum(Vector256<T> vector) => Vector128.Sum(vector.GetLower() + vector.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDoubles(Lanes256<T> value, ref double destination, nuint offset)
    {
        if (typeof(T) == typeof(double))
        {
            value._vector.AsDouble().StoreUnsafe(ref destination, offset);
            return;
        }
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(value._vector.AsSingle());
        lower.StoreUnsafe(ref destination, offset);
        upper.StoreUnsafe(ref destination, offset + (nuint)Vector256<double>.Count);
    }
}
