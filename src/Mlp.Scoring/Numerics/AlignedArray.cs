using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlp.Scoring.Numerics;

/// <summary>Numbers from a boundary of a cache line on, so that no vector lies across two; zeros at first.</summary>
internal sealed class AlignedArray
{
    private const int LineBytes = 64;

    private readonly float[] _values;
    private readonly int _start;

    public AlignedArray(int length)
    {
        Length = length;
        _values = GC.AllocateArray<float>(checked(length + LineBytes / sizeof(float)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
        _start = (int)(-address & (LineBytes - 1)) / sizeof(float);
    }

    public int Length { get; }

    public Span<float> Span => _values.AsSpan(_start, Length);

    /// <summary>The first of them.</summary>
    public ref float First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), _start);
    }
}
