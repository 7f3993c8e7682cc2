namespace Mlp.Tests;

/// <summary>What code allocates.</summary>
internal static class Allocation
{
    /// <summary>Bytes that this thread allocates in an action, the least of several times: a collection may throw away what is left of the
    /// thread's piece of the heap, which counts as allocated, and a method may be compiled again.</summary>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int time = 0; time < 5; time++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
