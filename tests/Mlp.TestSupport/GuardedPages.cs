using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Mlp.TestSupport;

/// <summary>Pages with an inaccessible page behind them: by mmap and mprotect on Linux and macOS, by VirtualAlloc on Windows.</summary>
internal static unsafe partial class GuardedPages
{
    public static byte* Allocate(nuint bytes, nuint guardBytes)
    {
        if (OperatingSystem.IsWindows())
        {
            const uint ReserveAndCommit = 0x3000, ReadWrite = 4, NoAccess = 1;
            var pages = (byte*)VirtualAlloc(null, bytes + guardBytes, ReserveAndCommit, ReadWrite);
            return pages != null && VirtualProtect(pages + bytes, guardBytes, NoAccess, out _) != 0 ? pages : throw new Win32Exception();
        }
        const int Readable = 1, Writable = 2, None = 0, Private = 2;
        int anonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;
        var start = (byte*)MMap(null, bytes + guardBytes, Readable | Writable, Private | anonymous, -1, 0);
        return start != (byte*)-1 && MProtect(start + bytes, guardBytes, None) == 0 ? start : throw new Win32Exception();
    }

    public static void Free(byte* start, nuint bytes)
    {
        const uint Release = 0x8000;
        _ = OperatingSystem.IsWindows() ? VirtualFree(start, 0, Release) : MUnmap(start, bytes);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MMap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MProtect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(void* address, nuint length);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial void* VirtualAlloc(void* address, nuint length, uint type, uint protection);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int VirtualProtect(void* address, nuint length, uint protection, out uint before);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int VirtualFree(void* address, nuint length, uint type);
}
