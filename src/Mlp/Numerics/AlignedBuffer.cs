using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlp.Numerics;

/// <summary>A zeroed array whose first element lies on a 64-byte boundary, so that vector loads from it do not split cache lines.</summary>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private readonly T[] _array;
    private readonly int _start;

    /// <exception cref="ArgumentOutOfRangeException">The length is negative or more than an array can hold.</exception>
    public unsafe AlignedBuffer(int length)
    {
        int padding = Alignment / Unsafe.SizeOf<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - padding);
        Length = length;
        // Pinned, so that the alignment found here stays.
        _array = GC.AllocateArray<T>(length + padding, pinned: true);
        var misalignment = (int)((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array)) % Alignment);
        _start = misalignment == 0 ? 0 : (Alignment - misalignment) / Unsafe.SizeOf<T>();
    }

    public int Length { get; }

    // Several times for each layer of each row: the range, which was checked once, is not checked again.
    public Span<T> Span => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start), Length);

    /// <summary>The first element. It stays where it is, as long as the buffer is referenced.</summary>
    public unsafe T* Pointer => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array)) + _start;
}
