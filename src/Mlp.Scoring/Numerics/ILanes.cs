using System.Numerics;

namespace Mlp.Scoring.Numerics;

/// <summary>A vector of as many numbers as its width holds, so that one formula serves all widths.</summary>
internal interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    static abstract TSelf Create(T value);
    static abstract TSelf Load(ref readonly T source, nuint offset);
    static abstract void Store(TSelf value, ref T destination, nuint offset);

    static abstract TSelf operator +(TSelf left, TSelf right);
    static abstract TSelf operator -(TSelf left, TSelf right);
    static abstract TSelf operator *(TSelf left, TSelf right);
    static abstract TSelf operator /(TSelf left, TSelf right);
    static abstract TSelf operator -(TSelf value);

    /// <summary>left · right + addend, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Abs(TSelf value);
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The larger one; NaN if either is NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The limit where the value is below it. The limit is neither 0 nor NaN; a NaN value stays.</summary>
    static abstract TSelf AtLeast(TSelf limit, TSelf value);

    /// <summary>The limit where the value is above it. The limit is neither 0 nor NaN; a NaN value stays.</summary>
    static abstract TSelf AtMost(TSelf limit, TSelf value);

    /// <summary>The nearest integer, halves to even.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>Lane by lane <c>left &gt; right ? whenTrue : whenFalse</c>; a comparison with NaN is false.</summary>
    static abstract TSelf SelectGreater(TSelf left, TSelf right, TSelf whenTrue, TSelf whenFalse);

    /// <summary>The magnitude of the first with the sign of the second.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>2^exponent for integral exponents of normal numbers.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);
}
