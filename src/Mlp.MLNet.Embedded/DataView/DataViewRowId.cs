using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit number that stays with a row wherever the row goes.</summary>
/// <remarks>Ids are derived from others with the round function of MurmurHash3 x64 128 (Austin Appleby, public domain).</remarks>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>The id of a row made from this one. Its constant enters after the mixing, unlike a block of the hash.</summary>
    public DataViewRowId Fork()
    {
        DataViewRowId next = Next();
        return new DataViewRowId(next.Low ^ (BitOperations.RotateLeft(C1, 31) * C2), next.High);
    }

    /// <summary>The id that follows this one.</summary>
    public DataViewRowId Next() => Mix(0, 0);

    /// <summary>The id of a row made from two.</summary>
    public DataViewRowId Combine(DataViewRowId other)
    {
        other = other.Fork();
        return Mix(BitOperations.RotateLeft(other.Low * C1, 31) * C2, BitOperations.RotateLeft(other.High * C2, 33) * C1);
    }

    public int CompareTo(DataViewRowId other) => (High, Low).CompareTo((other.High, other.Low));

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object? obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => (Low ^ BitOperations.RotateLeft(High, 7)).GetHashCode();

    public override string ToString() => $"{High:x16}{Low:x16}";

    private DataViewRowId Mix(ulong k1, ulong k2)
    {
        ulong h1 = ((BitOperations.RotateLeft(Low ^ k1, 27) + High) * 5) + 0x52dce729;
        ulong h2 = ((BitOperations.RotateLeft(High ^ k2, 31) + h1) * 5) + 0x38495ab5;
        return new DataViewRowId(h1, h2);
    }
}
