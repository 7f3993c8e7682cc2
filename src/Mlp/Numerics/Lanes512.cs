using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Numerics;

/// <summary>The lanes of a Vector512.</summary>
internal readonly struct Lanes512<T> : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes512(Vector512<T> vector) => _vector = vector;

    public static int Count => Vector512<T>.Count;

    public static int TileRows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Create(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> value, ref T destination, nuint offset) => value._vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadUInt16(ref readonly ushort source, nuint offset)
    {
        if (typeof(T) == typeof(double))
            return new(
                Vector512.Create(Lanes256<T>.LoadUInt16(in source, offset).Vector, Lanes256<T>.LoadUInt16(in source, offset + 4).Vector));
        Vector512<ushort> integers = Vector256.LoadUnsafe(in source, offset).ToVector512Unsafe();
        return new(Vector512.ConvertToSingle(Vector512.WidenLower(integers).AsInt32()).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes512<T> LoadFirst(ref readonly T source, nuint offset, int count)
    {
        ref T first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        if (!Avx512F.IsSupported)
        {
            Span<T> lanes = stackalloc T[Vector512<T>.Count];
            lanes.Clear();
            MemoryMarshal.CreateSpan(ref first, count).CopyTo(lanes);
            return new(Vector512.Create<T>(lanes));
        }
        // A lane that the mask leaves out cannot fault.
        return typeof(T) == typeof(float)
            ? new(Avx512F.MaskLoad((float*)Unsafe.AsPointer(ref first), FirstSingles(count), Vector512<float>.Zero).As<float, T>())
            : new(Avx512F.MaskLoad((double*)Unsafe.AsPointer(ref first), FirstDoubles(count), Vector512<double>.Zero).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreFirst(Lanes512<T> value, ref T destination, nuint offset, int count)
    {
        ref T first = ref Unsafe.Add(ref destination, offset);
        if (!Avx512F.IsSupported)
        {
            Span<T> lanes = stackalloc T[Vector512<T>.Count];
            value._vector.CopyTo(lanes);
            lanes[..count].CopyTo(MemoryMarshal.CreateSpan(ref first, count));
        }
        else if (typeof(T) == typeof(float))
        {
            Avx512F.MaskStore((float*)Unsafe.AsPointer(ref first), FirstSingles(count), value._vector.AsSingle());
        }
        else
        {
            Avx512F.MaskStore((double*)Unsafe.AsPointer(ref first), FirstDoubles(count), value._vector.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstSingles(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FirstDoubles(int count) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._vector + right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._vector - right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._vector * right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._vector / right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> value) => new(-value._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> left, Lanes512<T> right, Lanes512<T> addend) => typeof(T) == typeof(float)
        ? new(Vector512.MultiplyAddEstimate(left._vector.AsSingle(), right._vector.AsSingle(), addend._vector.AsSingle()).As<float, T>())
        : new(Vector512.MultiplyAddEstimate(left._vector.AsDouble(), right._vector.AsDouble(), addend._vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> value) => new(Vector512.Abs(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> value) => new(Vector512.Sqrt(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Max(left._vector, right._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Min(left._vector, right._vector));

    // The second operand comes back when one of them is NaN, or both orders give NaN, depending on the processor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AtLeast(Lanes512<T> limit, Lanes512<T> value) => new(Vector512.MaxNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AtMost(Lanes512<T> limit, Lanes512<T> value) => new(Vector512.MinNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.Round(value._vector.AsSingle()).As<float, T>())
        : new(Vector512.Round(value._vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectGreater(Lanes512<T> left, Lanes512<T> right, Lanes512<T> whenTrue, Lanes512<T> whenFalse) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left._vector, right._vector), whenTrue._vector, whenFalse._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CopySign(Lanes512<T> magnitude, Lanes512<T> sign) =>
        new(Vector512.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> PowerOfTwo(Lanes512<T> exponent) => typeof(T) == typeof(float)
        ? new(Vector512.ShiftLeft(Vector512.ConvertToInt32Native(exponent._vector.AsSingle()) + Vector512.Create(127), 23).As<int, T>())
        : new(Vector512.ShiftLeft(Vector512.ConvertToInt64Native(exponent._vector.AsDouble()) + Vector512.Create(1023L), 52).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Exponent(Lanes512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.ConvertToSingle(Vector512.ShiftRightLogical(value._vector.AsInt32(), 23) - Vector512.Create(127)).As<float, T>())
        : new(Vector512.ConvertToDouble(Vector512.ShiftRightLogical(value._vector.AsInt64(), 52) - Vector512.Create(1023L))
            .As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> value) => Lanes256<T>.Sum(value._vector.GetLower() + value._vector.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDoubles(Lanes512<T> value, ref double destination, nuint offset)
    {
        if (typeof(T) == typeof(double))
        {
            value._vector.AsDouble().StoreUnsafe(ref destination, offset);
            return;
        }
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(value._vector.AsSingle());
        lower.StoreUnsafe(ref destination, offset);
        upper.StoreUnsafe(ref destination, offset + (nuint)Vector512<double>.Count);
    }
}
