using System.Runtime.InteropServices;

namespace Mlp.TestSupport;

/// <summary>
/// The processor time of a thread: what a piece of work takes, however busy the machine is. The clock on the wall would also count the time
/// in which others ran.
/// </summary>
public static partial class ThreadTime
{
    // clock_gettime's CLOCK_THREAD_CPUTIME_ID.
    private const int LinuxClock = 3, MacClock = 16;
    private const long NanosecondsPerTick = 100;

    /// <summary>Of the calling thread, since it began.</summary>
    public static TimeSpan Current
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return GetThreadTimes(GetCurrentThread(), out _, out _, out long kernel, out long user)
                    ? TimeSpan.FromTicks(kernel + user)
                    : throw new InvalidOperationException($"GetThreadTimes failed with {Marshal.GetLastPInvokeError()}.");
            }
            return ReadClock(OperatingSystem.IsMacOS() ? MacClock : LinuxClock, out TimeSpec time) == 0
                ? new TimeSpan(time.Seconds * TimeSpan.TicksPerSecond + time.Nanoseconds / NanosecondsPerTick)
                : throw new InvalidOperationException($"clock_gettime failed with {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ReadClock(int clock, out TimeSpec time);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long creation, out long exit, out long kernel, out long user);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
