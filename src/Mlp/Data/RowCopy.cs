using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Data;

/// <summary>Copying of single rows out of many.</summary>
internal static class RowCopy
{
    public static void Copy<T>(ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source.Length > 8)
        {
            source.CopyTo(destination);
            return;
        }
        // For so few the call costs more than the copying.
        for (int index = 0; index < source.Length && index < destination.Length; index++)
            destination[index] = source[index];
    }

    /// <summary>Asks for a row that will be read next: in a random order the processor cannot foresee it.</summary>
    public static unsafe void Prefetch<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int LineBytes = 64;
        if (!Sse.IsSupported || row.Length * sizeof(T) <= LineBytes)
            return;
        // An address for a hint, which may be wrong by the time it is used.
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row));
        for (int offset = 0; offset < row.Length * sizeof(T); offset += LineBytes)
            Sse.Prefetch0(start + offset);
    }
}
