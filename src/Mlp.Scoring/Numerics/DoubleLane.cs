using System.Runtime.CompilerServices;

namespace Mlp.Scoring.Numerics;

/// <summary>A single number in double precision.</summary>
internal readonly struct DoubleLane : ILanes<DoubleLane, double>
{
    private DoubleLane(double value) => Value = value;

    public double Value { get; }

    public static int Count => 1;

    public static DoubleLane Create(double value) => new(value);

    public static DoubleLane Load(ref readonly double source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public static void Store(DoubleLane value, ref double destination, nuint offset) => Unsafe.Add(ref destination, offset) = value.Value;

    public static DoubleLane operator +(DoubleLane left, DoubleLane right) => new(left.Value + right.Value);

    public static DoubleLane operator -(DoubleLane left, DoubleLane right) => new(left.Value - right.Value);

    public static DoubleLane operator *(DoubleLane left, DoubleLane right) => new(left.Value * right.Value);

    public static DoubleLane operator /(DoubleLane left, DoubleLane right) => new(left.Value / right.Value);

    public static DoubleLane operator -(DoubleLane value) => new(-value.Value);

    public static DoubleLane MultiplyAdd(DoubleLane left, DoubleLane right, DoubleLane addend) =>
        new(double.MultiplyAddEstimate(left.Value, right.Value, addend.Value));

    public static DoubleLane Abs(DoubleLane value) => new(Math.Abs(value.Value));

    public static DoubleLane Sqrt(DoubleLane value) => new(Math.Sqrt(value.Value));

    public static DoubleLane Max(DoubleLane left, DoubleLane right) => new(Math.Max(left.Value, right.Value));

    public static DoubleLane AtLeast(DoubleLane limit, DoubleLane value) => value.Value < limit.Value ? limit : value;

    public static DoubleLane AtMost(DoubleLane limit, DoubleLane value) => value.Value > limit.Value ? limit : value;

    public static DoubleLane Round(DoubleLane value) => new(Math.Round(value.Value));

    public static DoubleLane SelectGreater(DoubleLane left, DoubleLane right, DoubleLane whenTrue, DoubleLane whenFalse) =>
        left.Value > right.Value ? whenTrue : whenFalse;

    public static DoubleLane CopySign(DoubleLane magnitude, DoubleLane sign) => new(Math.CopySign(magnitude.Value, sign.Value));

    public static DoubleLane PowerOfTwo(DoubleLane exponent) =>
        new(BitConverter.Int64BitsToDouble(((long)exponent.Value + 1023) << 52));
}
