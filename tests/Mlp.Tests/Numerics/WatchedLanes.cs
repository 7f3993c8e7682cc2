using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Tests.Numerics;

/// <summary>One lane that notes when arithmetic takes or gives a subnormal number, or underflows to 0 on its way: what costs time on some
/// processors and can be seen on none by its result.</summary>
internal readonly struct WatchedLanes<T> : ILanes<WatchedLanes<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static string? _firstNote;

    private readonly Lanes1<T> _lane;

    private WatchedLanes(Lanes1<T> lane) => _lane = lane;

    public static int Count => 1;

    public static int TileRows => Lanes1<T>.TileRows;

    private T Value => Lanes1<T>.Sum(_lane);

    /// <summary>The first operation with a subnormal number since the last call; null when there was none.</summary>
    public static string? TakeNote()
    {
        string? note = _firstNote;
        _firstNote = null;
        return note;
    }

    public static WatchedLanes<T> Create(T value) => new(Lanes1<T>.Create(value));

    public static WatchedLanes<T> Load(ref readonly T source, nuint offset) => new(Lanes1<T>.Load(in source, offset));

    public static void Store(WatchedLanes<T> value, ref T destination, nuint offset) =>
        Lanes1<T>.Store(value._lane, ref destination, offset);

    public static WatchedLanes<T> LoadUInt16(ref readonly ushort source, nuint offset) => new(Lanes1<T>.LoadUInt16(in source, offset));

    public static WatchedLanes<T> LoadFirst(ref readonly T source, nuint offset, int count) => Load(in source, offset);

    public static void StoreFirst(WatchedLanes<T> value, ref T destination, nuint offset, int count) =>
        Store(value, ref destination, offset);

    public static WatchedLanes<T> operator +(WatchedLanes<T> left, WatchedLanes<T> right) =>
        Watch("+", new(left._lane + right._lane), left, right);

    public static WatchedLanes<T> operator -(WatchedLanes<T> left, WatchedLanes<T> right) =>
        Watch("-", new(left._lane - right._lane), left, right);

    public static WatchedLanes<T> operator *(WatchedLanes<T> left, WatchedLanes<T> right) =>
        Watch("*", new(left._lane * right._lane), left, right, underflows: left.Value != T.Zero && right.Value != T.Zero);

    public static WatchedLanes<T> operator /(WatchedLanes<T> left, WatchedLanes<T> right) =>
        Watch("/", new(left._lane / right._lane), left, right, underflows: left.Value != T.Zero && T.IsFinite(right.Value));

    public static WatchedLanes<T> operator -(WatchedLanes<T> value) => new(-value._lane);

    public static WatchedLanes<T> MultiplyAdd(WatchedLanes<T> left, WatchedLanes<T> right, WatchedLanes<T> addend)
    {
        var result = new WatchedLanes<T>(Lanes1<T>.MultiplyAdd(left._lane, right._lane, addend._lane));
        return Watch("multiply-add", Watch("multiply-add", result, left, right), addend, addend);
    }

    public static WatchedLanes<T> Abs(WatchedLanes<T> value) => new(Lanes1<T>.Abs(value._lane));

    public static WatchedLanes<T> Sqrt(WatchedLanes<T> value) => Watch("root", new(Lanes1<T>.Sqrt(value._lane)), value, value);

    public static WatchedLanes<T> Max(WatchedLanes<T> left, WatchedLanes<T> right) => new(Lanes1<T>.Max(left._lane, right._lane));

    public static WatchedLanes<T> Min(WatchedLanes<T> left, WatchedLanes<T> right) => new(Lanes1<T>.Min(left._lane, right._lane));

    public static WatchedLanes<T> AtLeast(WatchedLanes<T> limit, WatchedLanes<T> value) =>
        new(Lanes1<T>.AtLeast(limit._lane, value._lane));

    public static WatchedLanes<T> AtMost(WatchedLanes<T> limit, WatchedLanes<T> value) =>
        new(Lanes1<T>.AtMost(limit._lane, value._lane));

    public static WatchedLanes<T> Round(WatchedLanes<T> value) => new(Lanes1<T>.Round(value._lane));

    public static WatchedLanes<T> SelectGreater(
        WatchedLanes<T> left, WatchedLanes<T> right, WatchedLanes<T> whenTrue, WatchedLanes<T> whenFalse) =>
        new(Lanes1<T>.SelectGreater(left._lane, right._lane, whenTrue._lane, whenFalse._lane));

    public static WatchedLanes<T> CopySign(WatchedLanes<T> magnitude, WatchedLanes<T> sign) =>
        new(Lanes1<T>.CopySign(magnitude._lane, sign._lane));

    public static WatchedLanes<T> PowerOfTwo(WatchedLanes<T> exponent) => new(Lanes1<T>.PowerOfTwo(exponent._lane));

    public static WatchedLanes<T> Exponent(WatchedLanes<T> value) => new(Lanes1<T>.Exponent(value._lane));

    public static T Sum(WatchedLanes<T> value) => value.Value;

    public static void StoreDoubles(WatchedLanes<T> value, ref double destination, nuint offset) =>
        Lanes1<T>.StoreDoubles(value._lane, ref destination, offset);

    private static WatchedLanes<T> Watch(
        string operation, WatchedLanes<T> result, WatchedLanes<T> left, WatchedLanes<T> right, bool underflows = false)
    {
        bool isSubnormal = T.IsSubnormal(result.Value) || T.IsSubnormal(left.Value) || T.IsSubnormal(right.Value);
        if (isSubnormal || (underflows && result.Value == T.Zero))
            _firstNote ??= $"{left.Value} {operation} {right.Value} = {result.Value}";
        return result;
    }
}
