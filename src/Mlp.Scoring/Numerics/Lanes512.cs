using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mlp.Scoring.Numerics;

/// <summary>The lanes of a Vector512.</summary>
internal readonly struct Lanes512 : ILanes<Lanes512, float>
{
    private readonly Vector512<float> _vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes512(Vector512<float> vector) => _vector = vector;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref readonly float source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, ref float destination, nuint offset) => value._vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._vector + right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._vector - right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._vector * right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left._vector / right._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 value) => new(-value._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.MultiplyAddEstimate(left._vector, right._vector, addend._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Abs(Lanes512 value) => new(Vector512.Abs(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 value) => new(Vector512.Sqrt(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector512.Max(left._vector, right._vector));

    // The second operand comes back when one of them is NaN, or both orders give NaN, depending on the processor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtLeast(Lanes512 limit, Lanes512 value) => new(Vector512.MaxNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtMost(Lanes512 limit, Lanes512 value) => new(Vector512.MinNative(limit._vector, value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Round(Lanes512 value) => new(Vector512.Round(value._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SelectGreater(Lanes512 left, Lanes512 right, Lanes512 whenTrue, Lanes512 whenFalse) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left._vector, right._vector), whenTrue._vector, whenFalse._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 CopySign(Lanes512 magnitude, Lanes512 sign) => new(Vector512.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 PowerOfTwo(Lanes512 exponent) =>
        new(Vector512.ShiftLeft(Vector512.ConvertToInt32Native(exponent._vector) + Vector512.Create(127), 23).AsSingle());
}
