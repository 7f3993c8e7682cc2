using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mlp.Scoring.Numerics;

/// <summary>The lanes of a Vector128.</summary>
internal readonly struct Lanes128 : ILanes<Lanes128, float>
{
    private readonly Vector128<float> _vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<float> vector) => _vector = vector;

    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref readonly float source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, ref float destination, nuint offset) => value._vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._vector + right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._vector - right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._vector * right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left._vector / right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 value) => new(-value._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector128.MultiplyAddEstimate(left._vector, right._vector, addend._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Abs(Lanes128 value) => new(Vector128.Abs(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 value) => new(Vector128.Sqrt(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 left, Lanes128 right) => new(Vector128.Max(left._vector, right._vector));

    // The second operand comes back when one of them is NaN, or both orders give NaN, depending on the processor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtLeast(Lanes128 limit, Lanes128 value) => new(Vector128.MaxNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtMost(Lanes128 limit, Lanes128 value) => new(Vector128.MinNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Round(Lanes128 value) => new(Vector128.Round(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SelectGreater(Lanes128 left, Lanes128 right, Lanes128 whenTrue, Lanes128 whenFalse) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left._vector, right._vector), whenTrue._vector, whenFalse._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 CopySign(Lanes128 magnitude, Lanes128 sign) => new(Vector128.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 PowerOfTwo(Lanes128 exponent) =>
        new(Vector128.ShiftLeft(Vector128.ConvertToInt32Native(exponent._vector) + Vector128.Create(127), 23).AsSingle());
}
