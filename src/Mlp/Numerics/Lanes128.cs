using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Numerics;

/// <summary>The lanes of a Vector128.</summary>
internal readonly struct Lanes128<T> : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<T> vector) => _vector = vector;

    internal Vector128<T> Vector => _vector;

    public static int Count => Vector128<T>.Count;

    public static int TileRows => AdvSimd.IsSupported || Avx512F.VL.IsSupported ? 12 : 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Create(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> value, ref T destination, nuint offset) => value._vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadUInt16(ref readonly ushort source, nuint offset)
    {
        ref ushort first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        return typeof(T) == typeof(double)
            ? new(Vector128.Create((double)first, Unsafe.Add(ref first, 1)).As<double, T>())
            : new(Vector128.ConvertToSingle(
                Vector128.Create((int)first, Unsafe.Add(ref first, 1), Unsafe.Add(ref first, 2), Unsafe.Add(ref first, 3))).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes128<T> LoadFirst(ref readonly T source, nuint offset, int count)
    {
        ref T first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        if (!Avx.IsSupported)
        {
            Span<T> lanes = stackalloc T[Vector128<T>.Count];
            lanes.Clear();
            MemoryMarshal.CreateSpan(ref first, count).CopyTo(lanes);
            return new(Vector128.Create<T>(lanes));
        }
        // A lane that the mask leaves out cannot fault.
        return typeof(T) == typeof(float)
            ? new(Avx.MaskLoad((float*)Unsafe.AsPointer(ref first), FirstSingles(count)).As<float, T>())
            : new(Avx.MaskLoad((double*)Unsafe.AsPointer(ref first), FirstDoubles(count)).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreFirst(Lanes128<T> value, ref T destination, nuint offset, int count)
    {
        ref T first = ref Unsafe.Add(ref destination, offset);
        if (!Avx.IsSupported)
        {
            Span<T> lanes = stackalloc T[Vector128<T>.Count];
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
    private static Vector128<float> FirstSingles(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> FirstDoubles(int count) =>
        Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._vector + right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._vector - right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._vector * right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left._vector / right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> value) => new(-value._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> left, Lanes128<T> right, Lanes128<T> addend) => typeof(T) == typeof(float)
        ? new(Vector128.MultiplyAddEstimate(left._vector.AsSingle(), right._vector.AsSingle(), addend._vector.AsSingle()).As<float, T>())
        : new(Vector128.MultiplyAddEstimate(left._vector.AsDouble(), right._vector.AsDouble(), addend._vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> value) => new(Vector128.Abs(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> value) => new(Vector128.Sqrt(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Max(left._vector, right._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Min(left._vector, right._vector));

    // The second operand comes back when one of them is NaN, or both orders give NaN, depending on the processor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AtLeast(Lanes128<T> limit, Lanes128<T> value) => new(Vector128.MaxNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AtMost(Lanes128<T> limit, Lanes128<T> value) => new(Vector128.MinNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Round(value._vector.AsSingle()).As<float, T>())
        : new(Vector128.Round(value._vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectGreater(Lanes128<T> left, Lanes128<T> right, Lanes128<T> whenTrue, Lanes128<T> whenFalse) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left._vector, right._vector), whenTrue._vector, whenFalse._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> CopySign(Lanes128<T> magnitude, Lanes128<T> sign) =>
        new(Vector128.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> PowerOfTwo(Lanes128<T> exponent) => typeof(T) == typeof(float)
        ? new(Vector128.ShiftLeft(Vector128.ConvertToInt32Native(exponent._vector.AsSingle()) + Vector128.Create(127), 23).As<int, T>())
        : new(Vector128.ShiftLeft(Vector128.ConvertToInt64Native(exponent._vector.AsDouble()) + Vector128.Create(1023L), 52).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Exponent(Lanes128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.ConvertToSingle(Vector128.ShiftRightLogical(value._vector.AsInt32(), 23) - Vector128.Create(127)).As<float, T>())
        : new(Vector128.ConvertToDouble(Vector128.ShiftRightLogical(value._vector.AsInt64(), 52) - Vector128.Create(1023L))
            .As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> value) => Vector128.Sum(value._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDoubles(Lanes128<T> value, ref double destination, nuint offset)
    {
        if (typeof(T) == typeof(double))
        {
            value._vector.AsDouble().StoreUnsafe(ref destination, offset);
            return;
        }
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(value._vector.AsSingle());
        lower.StoreUnsafe(ref destination, offset);
        upper.StoreUnsafe(ref destination, offset + (nuint)Vector128<double>.Count);
    }
}
