using System.Diagnostics;

namespace Mlp.Soak.Concurrency;

/// <summary>What a process holds, after a garbage collection.</summary>
/// <param name="HeapBytes">Managed memory that is in use.</param>
/// <param name="WorkingSetBytes">Memory of any kind.</param>
/// <param name="ThreadCount">Threads of the operating system.</param>
/// <param name="HandleCount">Open files and the like.</param>
internal readonly record struct ProcessSize(long HeapBytes, long WorkingSetBytes, int ThreadCount, int HandleCount)
{
    // A leak of a kilobyte per training shows in the heap after a thousand; pages, threads of the pool and handles come and go.
    private const long MaxHeapGrowth = 1 << 20, MaxWorkingSetGrowth = 24 << 20;
    private const int MaxThreadGrowth = 4, MaxHandleGrowth = 8;

    public static ProcessSize Measure()
    {
        for (int round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        using var process = Process.GetCurrentProcess();
        return new ProcessSize(
            GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.Threads.Count, process.HandleCount);
    }

    /// <summary>What grew beyond what comes and goes by itself; null for nothing.</summary>
    public string? GrowthTo(ProcessSize later)
    {
        bool hasGrown = later.HeapBytes - HeapBytes > MaxHeapGrowth || later.WorkingSetBytes - WorkingSetBytes > MaxWorkingSetGrowth
            || later.ThreadCount - ThreadCount > MaxThreadGrowth || later.HandleCount - HandleCount > MaxHandleGrowth;
        return hasGrown ? $"The process grew from {this} to {later}." : null;
    }

    public override string ToString() => FormattableString.Invariant(
        $"{HeapBytes / 1024.0:N0} KB heap, {WorkingSetBytes / 1048576.0:N0} MB working set, {ThreadCount} threads, {HandleCount} handles");
}
