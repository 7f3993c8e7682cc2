using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mlp.Scoring.Numerics;

/// <summary>The lanes of a Vector256.</summary>
internal readonly struct Lanes256 : ILanes<Lanes256, float>
{
    private readonly Vector256<float> _vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<float> vector) => _vector = vector;

    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref readonly float source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, ref float destination, nuint offset) => value._vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._vector + right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._vector - right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._vector * right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._vector / right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 value) => new(-value._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.MultiplyAddEstimate(left._vector, right._vector, addend._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Abs(Lanes256 value) => new(Vector256.Abs(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Vector256.Max(left._vector, right._vector));

    // The second operand comes back when one of them is NaN, or both orders give NaN, depending on the processor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtLeast(Lanes256 limit, Lanes256 value) => new(Vector256.MaxNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtMost(Lanes256 limit, Lanes256 value) => new(Vector256.MinNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Round(Lanes256 value) => new(Vector256.Round(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SelectGreater(Lanes256 left, Lanes256 right, Lanes256 whenTrue, Lanes256 whenFalse) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left._vector, right._vector), whenTrue._vector, whenFalse._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 CopySign(Lanes256 magnitude, Lanes256 sign) => new(Vector256.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 PowerOfTwo(Lanes256 exponent) =>
        new(Vector256.ShiftLeft(Vector256.ConvertToInt32Native(exponent._vector) + Vector256.Create(127), 23).AsSingle());
}
