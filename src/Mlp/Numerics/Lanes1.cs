using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>A single lane: the scalar tier, and the tail of every traversal.</summary>
internal readonly struct Lanes1<T> : ILanes<Lanes1<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes1(T value) => _value = value;

    public static int Count => 1;

    public static int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Create(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Load(ref readonly T source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes1<T> value, ref T destination, nuint offset) => Unsafe.Add(ref destination, offset) = value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> LoadUInt16(ref readonly ushort source, nuint offset)
    {
        ushort integer = Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        return new(typeof(T) == typeof(float) ? As((float)integer) : As((double)integer));
    }

    public static Lanes1<T> LoadFirst(ref readonly T source, nuint offset, int count) => Load(in source, offset);

    public static void StoreFirst(Lanes1<T> value, ref T destination, nuint offset, int count) => Store(value, ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator +(Lanes1<T> left, Lanes1<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator -(Lanes1<T> left, Lanes1<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator *(Lanes1<T> left, Lanes1<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator /(Lanes1<T> left, Lanes1<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator -(Lanes1<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> MultiplyAdd(Lanes1<T> left, Lanes1<T> right, Lanes1<T> addend) =>
        new(T.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Abs(Lanes1<T> value) => new(T.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Sqrt(Lanes1<T> value) => new(T.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Max(Lanes1<T> left, Lanes1<T> right) => new(T.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Min(Lanes1<T> left, Lanes1<T> right) => new(T.Min(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> AtLeast(Lanes1<T> limit, Lanes1<T> value) => new(value._value < limit._value ? limit._value : value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> AtMost(Lanes1<T> limit, Lanes1<T> value) => new(value._value > limit._value ? limit._value : value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Round(Lanes1<T> value) => new(T.Round(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> SelectGreater(Lanes1<T> left, Lanes1<T> right, Lanes1<T> whenTrue, Lanes1<T> whenFalse) =>
        left._value > right._value ? whenTrue : whenFalse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> CopySign(Lanes1<T> magnitude, Lanes1<T> sign) => new(T.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> PowerOfTwo(Lanes1<T> exponent) => typeof(T) == typeof(float)
        ? new(As(BitConverter.Int32BitsToSingle((ToInt32(exponent._value) + 127) << 23)))
        : new(As(BitConverter.Int64BitsToDouble((ToInt64(exponent._value) + 1023) << 52)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Exponent(Lanes1<T> value) => typeof(T) == typeof(float)
        ? new(As((float)((int)(Unsafe.BitCast<T, uint>(value._value) >> 23) - 127)))
        : new(As((double)((long)(Unsafe.BitCast<T, ulong>(value._value) >> 52) - 1023)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes1<T> value) => value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDoubles(Lanes1<T> value, ref double destination, nuint offset) =>
        Unsafe.Add(ref destination, offset) = double.CreateTruncating(value._value);

    // A NaN's integer is never looked at: it only has to be computed without an exception.
    private static int ToInt32(T value) => (int)Unsafe.BitCast<T, float>(value);
    private static long ToInt64(T value) => (long)Unsafe.BitCast<T, double>(value);
    private static T As<TFrom>(TFrom value) where TFrom : unmanaged => Unsafe.BitCast<TFrom, T>(value);
}
