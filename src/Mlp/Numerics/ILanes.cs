using System.Numerics;

namespace Mlp.Numerics;

/// <summary>
/// A vector of <see cref="Count"/> floating-point lanes. Kernels are written once against this interface and compiled by the JIT for
/// each width: <see cref="Lanes512{T}"/>, <see cref="Lanes256{T}"/>, <see cref="Lanes128{T}"/> and the scalar <see cref="Lanes1{T}"/>.
/// </summary>
/// <remarks>
/// Every operation is done lane by lane and rounds like its scalar twin, so a loop gives the same bits whatever the width a
/// value happens to be processed at, and the tail of a span the same as its body. The exception is <see cref="MultiplyAdd"/>: one
/// rounding where the processor fuses (all widths alike), two where it does not.
/// </remarks>
internal interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    /// <summary>Rows of a register tile two vectors wide: 12 where the processor has 32 vector registers, 6 where it has 16.</summary>
    static abstract int TileRows { get; }

    static abstract TSelf Create(T value);
    static abstract TSelf Load(ref readonly T source, nuint offset);
    static abstract void Store(TSelf value, ref T destination, nuint offset);

    /// <summary>Loads integers and converts them; exact.</summary>
    static abstract TSelf LoadUInt16(ref readonly ushort source, nuint offset);

    /// <summary>Loads the first lanes, 1 to <see cref="Count"/> of them; the others become 0 and their memory is not touched.</summary>
    static abstract TSelf LoadFirst(ref readonly T source, nuint offset, int count);

    /// <summary>Stores the first lanes, 1 to <see cref="Count"/> of them; the memory of the others is not touched.</summary>
    static abstract void StoreFirst(TSelf value, ref T destination, nuint offset, int count);

    static abstract TSelf operator +(TSelf left, TSelf right);
    static abstract TSelf operator -(TSelf left, TSelf right);
    static abstract TSelf operator *(TSelf left, TSelf right);
    static abstract TSelf operator /(TSelf left, TSelf right);
    static abstract TSelf operator -(TSelf value);

    /// <summary>left · right + addend.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Abs(TSelf value);
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The larger one; NaN if either is NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller one; NaN if either is NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The limit where the value is below it. The limit is neither 0 nor NaN; a NaN value stays.</summary>
    /// <remarks>One instruction, where <see cref="Max"/> needs several for the sign of 0 and a NaN on either side.</remarks>
    static abstract TSelf AtLeast(TSelf limit, TSelf value);

    /// <summary>The limit where the value is above it. The limit is neither 0 nor NaN; a NaN value stays.</summary>
    static abstract TSelf AtMost(TSelf limit, TSelf value);

    /// <summary>The nearest integer, halves to even.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>Lane by lane <c>left &gt; right ? whenTrue : whenFalse</c>; a comparison with NaN is false.</summary>
    static abstract TSelf SelectGreater(TSelf left, TSelf right, TSelf whenTrue, TSelf whenFalse);

    /// <summary>The magnitude of the first with the sign of the second.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>2^exponent for integral exponents within the normal range of <typeparamref name="T"/>.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    /// <summary>The exponent e of a positive normal value = m · 2^e with m in [1, 2).</summary>
    static abstract TSelf Exponent(TSelf value);

    /// <summary>The sum of the lanes, halves added to halves. The one operation whose rounding depends on the width.</summary>
    static abstract T Sum(TSelf value);

    /// <summary>Stores the lanes as doubles; exact.</summary>
    static abstract void StoreDoubles(TSelf value, ref double destination, nuint offset);
}
